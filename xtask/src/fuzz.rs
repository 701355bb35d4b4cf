//! Fuzzing with libFuzzer on the one stable toolchain.
//!
//! The coverage counters come from LLVM's `sancov-module` pass, which stable rustc can be asked
//! for; the library's code is safe Rust, so no sanitizer is linked and none is missed. A target is
//! one file under `fuzz/fuzz_targets/`, its committed seeds are `fuzz/corpus/TARGET/`. What a run
//! finds and what it crashes on stay under the target folder until somebody commits them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};

use crate::{process, setup, workspace};

/// How long `cargo xtask fuzz` runs a target unless told otherwise.
const DEFAULT_SECONDS: u64 = 60;

/// One input may take this long, ten thousand times what a card is allowed, before it is a find.
const INPUT_LIMIT_SECONDS: u32 = 20;

/// A card needs tens of megabytes; an input that makes a process need this much is a find.
const MEMORY_LIMIT_MB: u32 = 2048;

/// Large enough for a cover or a template; libFuzzer's own limit of 4 kB would cut the seeds.
const INPUT_BYTES: u32 = 64 * 1024;

/// The counters that libFuzzer reads: edges, their table, and the operands of comparisons.
const COVERAGE_FLAGS: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// How many of a failed run's last lines are shown; the rest is in its log.
const SHOWN_LINES: usize = 40;

/// `cargo xtask fuzz [TARGET] [--seconds N]`.
pub fn run(args: &[String]) -> Result<()> {
    let (only, seconds) = parse(args)?;
    setup::ensure(&[setup::CPP_COMPILER])?;
    let targets = match only {
        Some(name) => vec![name],
        None => targets()?,
    };
    build()?;
    fuzz_all(&targets, Duration::from_secs(seconds), Seed::Random)
}

/// Every target over its committed seeds and their neighbours, the same ones each time.
pub fn smoke(each: Duration) -> Result<()> {
    build()?;
    fuzz_all(&targets()?, each, Seed::Fixed)
}

/// Every target for a long time, in another direction each time.
pub fn soak(each: Duration) -> Result<()> {
    build()?;
    fuzz_all(&targets()?, each, Seed::Random)
}

/// A cargo that works in the fuzz crate.
pub fn cargo() -> Command {
    let mut cargo = process::cargo();
    cargo.current_dir(folder());
    cargo
}

/// Where libFuzzer's random choices start.
#[derive(Clone, Copy)]
enum Seed {
    /// So that a run in continuous integration can be repeated.
    Fixed,
    /// So that a long run sees what earlier ones did not.
    Random,
}

fn folder() -> PathBuf {
    workspace::root().join("fuzz")
}

/// What runs leave behind: found inputs, crashing inputs, logs.
fn finds(target: &str) -> PathBuf {
    workspace::target_dir().join("fuzz").join(target)
}

/// The names of all targets, from their files.
fn targets() -> Result<Vec<String>> {
    let folder = folder().join("fuzz_targets");
    let entries = std::fs::read_dir(&folder).with_context(|| format!("cannot list {folder:?}"))?;
    let mut names: Vec<String> = entries
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .filter_map(|path| Some(path.file_stem()?.to_string_lossy().into_owned()))
        .collect();
    names.sort();
    Ok(names)
}

fn build() -> Result<()> {
    share_lock(&workspace::root().join("Cargo.lock"), &folder().join("Cargo.lock"))?;
    // With `--target`, the counters stay out of build scripts and macros, which have no libFuzzer
    // to report to.
    let flags = COVERAGE_FLAGS.join("\x1f");
    let mut build = cargo();
    build
        .args(["build", "--release", "--bins", "--target", &host()?])
        .env("CARGO_TARGET_DIR", workspace::target_dir())
        .env("CARGO_ENCODED_RUSTFLAGS", flags)
        .env_remove("RUSTFLAGS");
    process::run(&mut build)
}

/// Makes the fuzzed versions of all dependencies the shipped ones.
///
/// Cargo adds the harness's own few to the copy, so it is renewed only after the original changed;
/// else every build would have to ask the registry again.
fn share_lock(shipped: &Path, fuzzed: &Path) -> Result<()> {
    let age = |lock: &Path| lock.metadata().and_then(|data| data.modified());
    let changed = age(shipped).with_context(|| format!("cannot find {shipped:?}"))?;
    if age(fuzzed).is_ok_and(|copied| copied > changed) {
        return Ok(());
    }
    let text = std::fs::read(shipped).with_context(|| format!("cannot read {shipped:?}"))?;
    std::fs::write(fuzzed, text).with_context(|| format!("cannot write {fuzzed:?}"))
}

fn fuzz_all(targets: &[String], each: Duration, seed: Seed) -> Result<()> {
    let mut crashed = Vec::new();
    for target in targets {
        if let Err(error) = fuzz_one(target, each, seed) {
            println!("{error:#}");
            crashed.push(target.as_str());
        }
    }
    ensure!(crashed.is_empty(), "fuzzing found something in: {}", crashed.join(", "));
    Ok(())
}

fn fuzz_one(target: &str, each: Duration, seed: Seed) -> Result<()> {
    let finds = finds(target);
    let found = finds.join("corpus");
    let artifacts = finds.join("artifacts");
    for folder in [&found, &artifacts] {
        std::fs::create_dir_all(folder).with_context(|| format!("cannot create {folder:?}"))?;
    }
    let binary = workspace::target_dir().join(host()?).join("release").join(target);
    let mut fuzzer = Command::new(&binary);
    // New inputs go into the first corpus folder; the committed seeds are only read.
    fuzzer.arg(&found);
    let seeds = folder().join("corpus").join(target);
    ensure!(seeds.is_dir(), "the fuzz target {target} has no seeds in fuzz/corpus/{target}");
    fuzzer.arg(&seeds);
    fuzzer.arg(format!("-artifact_prefix={}/", artifacts.display()));
    fuzzer.arg(format!("-max_total_time={}", each.as_secs()));
    fuzzer.arg(format!("-timeout={INPUT_LIMIT_SECONDS}"));
    fuzzer.arg(format!("-max_len={INPUT_BYTES}"));
    fuzzer.arg(format!("-rss_limit_mb={MEMORY_LIMIT_MB}"));
    if let Seed::Fixed = seed {
        fuzzer.arg("-seed=1");
    }
    let words = folder().join("words").join(format!("{target}.dict"));
    if words.is_file() {
        fuzzer.arg(format!("-dict={}", words.display()));
    }
    run_quietly(target, &mut fuzzer, &finds.join("log.txt"))
}

/// libFuzzer writes thousands of lines; one is of interest unless it found something.
fn run_quietly(target: &str, fuzzer: &mut Command, log: &Path) -> Result<()> {
    let file = std::fs::File::create(log).with_context(|| format!("cannot write {log:?}"))?;
    let status = fuzzer
        // libFuzzer's own frames would push the panic's message out of the shown lines.
        .env("RUST_BACKTRACE", "0")
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .status()
        .with_context(|| format!("cannot start the fuzz target {target}; does it exist?"))?;
    let bytes = std::fs::read(log).with_context(|| format!("cannot read {log:?}"))?;
    let said = String::from_utf8_lossy(&bytes);
    if !status.success() {
        let lines: Vec<&str> = said.lines().collect();
        let last = lines[lines.len().saturating_sub(SHOWN_LINES)..].join("\n");
        bail!("{last}\nthe fuzz target {target} failed ({status}); all of it is in {log:?}");
    }
    let done = said.lines().rfind(|line| line.starts_with("Done ")).unwrap_or("no count");
    println!("{target}: {done}, nothing found");
    Ok(())
}

/// The triple of this machine.
fn host() -> Result<String> {
    let mut rustc = Command::new("rustc");
    let said = process::output(rustc.current_dir(workspace::root()).arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    host.map(str::to_owned).context("rustc -vV names no host")
}

fn parse(args: &[String]) -> Result<(Option<String>, u64)> {
    let (mut only, mut seconds) = (None, DEFAULT_SECONDS);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        if arg == "--seconds" {
            let number = args.next().context("--seconds needs a number")?;
            seconds = number
                .parse()
                .with_context(|| format!("--seconds {number:?} is not a whole number"))?;
        } else if arg.starts_with('-') || only.is_some() {
            bail!("`cargo xtask fuzz` takes one target and --seconds N, not {arg:?}");
        } else {
            only = Some(arg.clone());
        }
    }
    if let Some(name) = &only {
        let all = targets()?;
        ensure!(all.contains(name), "no fuzz target is called {name:?}; there are {all:?}");
    }
    Ok((only, seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &str) -> Result<(Option<String>, u64)> {
        parse(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn target_and_seconds_come_in_any_order() {
        assert_eq!(parsed("").unwrap(), (None, DEFAULT_SECONDS));
        assert_eq!(parsed("summary --seconds 5").unwrap(), (Some("summary".to_owned()), 5));
        assert_eq!(parsed("--seconds 5 summary").unwrap(), (Some("summary".to_owned()), 5));
    }

    #[test]
    fn an_unknown_target_is_refused_with_the_list() {
        let error = parsed("sumary").unwrap_err().to_string();
        assert!(error.contains("\"summary\""), "{error}");
        assert!(parsed("--seconds soon").is_err());
        assert!(parsed("summary twice").is_err());
    }

    #[test]
    fn the_lock_is_copied_once_and_again_when_it_changed() {
        let folder = workspace::target_dir().join("xtask-test-lock");
        std::fs::create_dir_all(&folder).unwrap();
        let (shipped, fuzzed) = (folder.join("a"), folder.join("b"));
        let _ = std::fs::remove_file(&fuzzed);
        std::fs::write(&shipped, "one").unwrap();
        share_lock(&shipped, &fuzzed).unwrap();
        assert_eq!(std::fs::read(&fuzzed).unwrap(), b"one");
        std::thread::sleep(Duration::from_millis(20));
        std::fs::write(&fuzzed, "one and the harness").unwrap();
        share_lock(&shipped, &fuzzed).unwrap();
        assert_eq!(std::fs::read(&fuzzed).unwrap(), b"one and the harness");
        std::thread::sleep(Duration::from_millis(20));
        std::fs::write(&shipped, "two").unwrap();
        share_lock(&shipped, &fuzzed).unwrap();
        assert_eq!(std::fs::read(&fuzzed).unwrap(), b"two");
    }

    #[test]
    fn every_target_has_seeds_and_an_entry_in_the_manifest() {
        let manifest = std::fs::read_to_string(folder().join("Cargo.toml")).unwrap();
        for target in targets().unwrap() {
            assert!(manifest.contains(&format!("fuzz_targets/{target}.rs")), "{target}");
            let seeds = std::fs::read_dir(folder().join("corpus").join(&target)).unwrap();
            assert!(seeds.count() > 0, "{target} has no seeds");
        }
    }
}
