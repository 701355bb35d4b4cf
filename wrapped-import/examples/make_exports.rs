//! Writes the fixtures, or an export of any size.
//!
//! ```text
//! cargo run -p wrapped-import --example make_exports -- fixtures/exports
//! cargo run -p wrapped-import --example make_exports -- large.zip 100
//! ```
#![allow(dead_code, reason = "the tests use more of the shared modules than this example")]
#![allow(clippy::unwrap_used, reason = "the shared modules are test code")]

#[path = "../tests/it/exports.rs"]
mod exports;
#[path = "../tests/it/large.rs"]
mod large;
#[path = "../tests/it/synthetic.rs"]
mod synthetic;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.as_slice() {
        [folder] => {
            for (name, bytes) in exports::all() {
                let path = Path::new(folder).join(name);
                if let Some(parent) = path.parent() {
                    std::fs::create_dir_all(parent)?;
                }
                std::fs::write(&path, &bytes)?;
                println!("{} ({} bytes)", path.display(), bytes.len());
            }
            Ok(())
        }
        [path, megabytes] => {
            let megabytes = megabytes.parse().map_err(std::io::Error::other)?;
            large::write_zip(Path::new(path), megabytes)
        }
        _ => {
            eprintln!("usage: make_exports FOLDER | make_exports FILE.zip MEGABYTES");
            std::process::exit(2);
        }
    }
}
