//! Rewriting a golden picture on purpose.

use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Result, bail};

use crate::{process, workspace};

/// `cargo xtask bless NAME`: runs the golden tests with `WRAPPED_BLESS=NAME`, so that the test of
/// that name rewrites its reference, and then fails, because nobody has looked at the picture yet.
pub fn run(args: &[String]) -> Result<()> {
    let [name] = args else { bail!("name one golden: cargo xtask bless NAME") };
    if std::env::var_os("CI").is_some() {
        bail!("continuous integration never blesses");
    }
    let started = SystemTime::now();
    // Golden tests live in modules called `golden`. The blessed one fails by design, so the result
    // of this run says nothing; the files do.
    let mut cargo = workspace::cargo();
    cargo.env("WRAPPED_BLESS", name).args(["test", "--workspace", "--test", "it", "--", "golden"]);
    let _ = process::run(&mut cargo);

    let goldens = goldens()?;
    let rewritten: Vec<&PathBuf> = goldens.iter().filter(|file| newer(file, started)).collect();
    if rewritten.is_empty() {
        let names: Vec<_> = goldens.iter().filter_map(|file| file.file_stem()).collect();
        bail!("no golden was rewritten for {name:?}; there are {names:?}");
    }
    for file in &rewritten {
        println!("rewritten: {}", file.display());
    }
    bail!("look at it, then run the tests again; commit goldens by themselves")
}

/// Every reference picture of every crate.
fn goldens() -> Result<Vec<PathBuf>> {
    let files = workspace::files()?;
    let goldens = files.iter().filter(|path| is_golden(path));
    Ok(goldens.map(|path| workspace::root().join(path)).collect())
}

/// Whether a path is a reference picture: `CRATE/tests/golden/NAME.png`.
pub fn is_golden(path: &str) -> bool {
    path.contains("/tests/golden/") && path.ends_with(".png")
}

fn newer(file: &Path, than: SystemTime) -> bool {
    let modified = file.metadata().and_then(|data| data.modified());
    modified.is_ok_and(|modified| modified >= than)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_required() {
        assert!(run(&[]).is_err());
        assert!(run(&["a".to_owned(), "b".to_owned()]).is_err());
    }

    #[test]
    fn goldens_are_pictures_in_the_golden_folder() {
        assert!(is_golden("wrapped-core/tests/golden/block-songs.png"));
        assert!(!is_golden("wrapped-core/tests/golden/README.md"));
        assert!(!is_golden("fixtures/covers/a.png"));
    }
}
