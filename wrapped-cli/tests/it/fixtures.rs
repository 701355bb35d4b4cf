//! Every committed summary through the binary: `ok-*` give two cards, `err-*` nothing at all.

use std::fs;
use std::path::PathBuf;
use std::sync::Mutex;

use crate::check::{fixtures, folder, names, png_at, render};

fn summaries(prefix: &str) -> Vec<PathBuf> {
    let found = fs::read_dir(fixtures().join("summaries")).unwrap();
    let mut found: Vec<PathBuf> = found
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with(prefix) && name.ends_with(".json")
        })
        .collect();
    found.sort();
    found
}

/// Calls `check` for every summary, a few at a time.
fn each(prefix: &str, at_least: usize, check: impl Fn(PathBuf) + Sync) {
    let left = summaries(prefix);
    assert!(left.len() >= at_least, "only {} fixtures", left.len());
    let left = Mutex::new(left);
    let take = || left.lock().unwrap().pop();
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(path) = take() {
                    check(path);
                }
            });
        }
    });
}

#[test]
fn every_ok_summary_gives_two_cards() {
    each("ok-", 70, |path| {
        let out = folder();
        let run = render(&path, out.path(), &[]);
        assert_eq!(run.code, Some(0), "{}: {}", path.display(), run.stderr);
        assert_eq!(names(out.path()), ["artists.png", "songs.png"], "{}", path.display());
        for name in names(out.path()) {
            assert_eq!(png_at(&out.path().join(name)).size, (270, 480), "{}", path.display());
        }
    });
}

#[test]
fn every_err_summary_is_refused_and_nothing_is_written() {
    each("err-", 70, |path| {
        let out = folder();
        let run = render(&path, &out.path().join("new"), &[]);
        assert_eq!(run.code, Some(3), "{}: {}", path.display(), run.stderr);
        let place = run.stderr.strip_prefix("error: ").and_then(|text| text.split(": ").next());
        assert!(place.is_some_and(|place| !place.is_empty()), "{}", run.stderr);
        assert_eq!(run.stderr.trim_end().lines().count(), 1, "{}", run.stderr);
        assert!(names(out.path()).is_empty(), "{}", path.display());
        assert!(run.stdout.is_empty());
        // What the terminal would obey is not passed on.
        let controls = run.stderr.chars().any(|c| c.is_control() && c != '\n');
        assert!(!controls, "{:?}", run.stderr);
    });
}
