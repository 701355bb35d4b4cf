//! The import's budget: 100 MB of export in at most 5 s and 150 MB of memory.
//!
//! `cargo bench -p wrapped-import --bench budget` writes such an export to a temporary folder and
//! imports it in a process of its own, so that the memory that is read is the import's alone.
//! Under `cargo test --benches` the export is small and the budget is not judged, since the crate
//! is then built without optimisation.
#![allow(dead_code, reason = "the tests use more of the shared modules than this bench")]
#![allow(clippy::unwrap_used, reason = "a bench may fail loudly, as a test does")]

#[path = "../tests/it/large.rs"]
mod large;
#[path = "../tests/it/synthetic.rs"]
mod synthetic;

use std::fs::File;
use std::ops::ControlFlow;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use wrapped_import::{ImportOptions, Source, spotify_export};

const BUDGET_SECONDS: f64 = 5.0;
const BUDGET_KB: u64 = 150_000;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [command, path] = arguments.as_slice()
        && command == "import-in-child"
    {
        return import(path);
    }
    // Under `cargo test --benches` there is no `--bench`.
    let judged = arguments.iter().any(|argument| argument == "--bench");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    large::write_zip(&path, if judged { 100 } else { 2 }).unwrap();
    run("a listener's eight years", &path, judged);
    large::write_crowded_zip(&path, if judged { 130_000 } else { 2_000 }).unwrap();
    run("a month of different songs only", &path, judged);
}

fn run(name: &str, path: &Path, judged: bool) {
    let output = Command::new(std::env::current_exe().unwrap())
        .arg("import-in-child")
        .arg(path)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    println!("{name}");
    print!("{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "the import failed");
    if judged {
        let figure = |name: &str| -> f64 {
            let line = text.lines().find_map(|line| line.trim().strip_prefix(name));
            line.and_then(|rest| rest.trim().parse().ok()).unwrap()
        };
        assert!(figure("seconds:") <= BUDGET_SECONDS, "more than {BUDGET_SECONDS} s");
        assert!(figure("peak_kb:") <= BUDGET_KB as f64, "more than {BUDGET_KB} kB");
    }
}

fn import(path: &str) {
    let started = Instant::now();
    let options = ImportOptions {
        time_zone: "Europe/Berlin".to_owned(),
        ..ImportOptions::for_month("2026-10").unwrap()
    };
    let source = Source::zip("export.zip", File::open(path).unwrap());
    let imported = spotify_export::import(source, &options, &mut |_| ControlFlow::Continue(()))
        .unwrap()
        .expect("the progress function never said stop");
    println!("  seconds: {:.2}", started.elapsed().as_secs_f64());
    println!("  peak_kb: {}", peak_kb().unwrap_or(0));
    println!("  unpacked_bytes: {}", imported.stats.bytes);
    println!("  entries: {}", imported.stats.entries);
    println!("  month_plays: {}", imported.summary.totals.plays.unwrap_or(0));
}

/// The most memory that this process held, where the system tells (Linux).
fn peak_kb() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().split(' ').next()?.parse().ok()
}
