//! Covers: where they may come from, and what becomes of those that may not or cannot.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::check::{Run, fixtures, folder, october_value, png_at, render, summary};

/// A folder `month` with October in it, whose first cover is `reference`; a good cover lies in
/// `month/covers` and another beside `month`.
fn month(reference: &str) -> (TempDir, PathBuf) {
    let root = folder();
    let month = root.path().join("month");
    fs::create_dir_all(month.join("covers")).unwrap();
    let cover = fixtures().join("summaries/covers/a.jpg");
    fs::copy(&cover, month.join("covers/a.jpg")).unwrap();
    fs::copy(&cover, root.path().join("outside.jpg")).unwrap();
    let mut summary = october_value();
    let first = summary["songs"][0].take();
    summary["songs"] = Value::Array(vec![first]);
    summary["songs"][0]["cover"] = reference.into();
    summary["artists"] = Value::Array(Vec::new());
    let path = month.join("summary.json");
    fs::write(&path, summary.to_string()).unwrap();
    (root, path)
}

fn run(root: &TempDir, path: &Path, more: &[&str]) -> Run {
    let mut arguments = vec!["--card", "songs", "--report"];
    arguments.extend(more);
    render(path, &root.path().join("out"), &arguments).expect(0)
}

/// What the report says of the first cover.
fn state(root: &TempDir) -> String {
    let report = fs::read(root.path().join("out/songs.report.json")).unwrap();
    let report: Value = serde_json::from_slice(&report).unwrap();
    let cover = report["images"].as_array().unwrap().iter().find(|i| i["path"] == "songs[0].cover");
    cover.expect("the card shows the first cover")["state"].as_str().unwrap().to_owned()
}

#[test]
fn a_cover_in_the_folder_is_shown() {
    for reference in ["covers/a.jpg", "./covers/../covers/a.jpg"] {
        let (root, path) = month(reference);
        run(&root, &path, &[]);
        assert_eq!(state(&root), "ok", "{reference}");
    }
}

#[test]
fn a_cover_outside_the_folder_needs_leave() {
    let (root, path) = month("../outside.jpg");
    let refused = run(&root, &path, &[]);
    assert_eq!(state(&root), "unresolved");
    let words = "warning: songs[0].cover: \"../outside.jpg\" leaves the folder of the summary; \
                 --allow-path allows it";
    assert!(refused.stderr.contains(words), "{}", refused.stderr);
    run(&root, &path, &["--allow-path"]);
    assert_eq!(state(&root), "ok");
}

#[test]
fn an_absolute_cover_needs_leave() {
    let (root, path) = month("to be replaced");
    let outside = root.path().join("outside.jpg");
    let json = fs::read_to_string(&path).unwrap();
    fs::write(&path, json.replace("to be replaced", outside.to_str().unwrap())).unwrap();
    let refused = run(&root, &path, &[]);
    assert_eq!(state(&root), "unresolved");
    assert!(refused.stderr.contains("is an absolute path; --allow-path"), "{}", refused.stderr);
    run(&root, &path, &["--allow-path"]);
    assert_eq!(state(&root), "ok");
}

#[cfg(unix)]
#[test]
fn a_link_does_not_lead_outside() {
    let (root, path) = month("covers/link.jpg");
    let link = root.path().join("month/covers/link.jpg");
    std::os::unix::fs::symlink("../../outside.jpg", &link).unwrap();
    let refused = run(&root, &path, &[]);
    assert_eq!(state(&root), "unresolved");
    assert!(refused.stderr.contains("leaves the folder"), "{}", refused.stderr);
    run(&root, &path, &["--allow-path"]);
    assert_eq!(state(&root), "ok");
    // A link that stays inside is as good as the file.
    fs::remove_file(&link).unwrap();
    std::os::unix::fs::symlink("a.jpg", &link).unwrap();
    run(&root, &path, &[]);
    assert_eq!(state(&root), "ok");
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_not_read() {
    let (root, path) = month("/dev/zero");
    let refused = run(&root, &path, &["--allow-path"]);
    assert!(refused.stderr.contains("\"/dev/zero\" is no file"), "{}", refused.stderr);
    let (root, path) = month("covers/pipe");
    let made =
        std::process::Command::new("mkfifo").arg(root.path().join("month/covers/pipe")).status();
    assert!(made.unwrap().success());
    let refused = run(&root, &path, &[]);
    assert!(refused.stderr.contains("is no file"), "{}", refused.stderr);
}

#[test]
fn what_is_not_there_too_large_or_an_address_is_a_warning() {
    let (root, path) = month("covers/none.jpg");
    assert!(run(&root, &path, &[]).stderr.contains("\"covers/none.jpg\" cannot be read"));
    let (root, path) = month("https://example.org/a.jpg");
    assert!(run(&root, &path, &["--allow-path"]).stderr.contains("nothing is fetched"));
    let (root, path) = month("covers/large.jpg");
    let large = fs::File::create(root.path().join("month/covers/large.jpg")).unwrap();
    // A hole: it takes no room on the disk.
    large.set_len(8 << 30).unwrap();
    let refused = run(&root, &path, &[]);
    assert!(
        refused.stderr.contains("\"covers/large.jpg\" is larger than 20 MiB"),
        "{}",
        refused.stderr
    );
    assert_eq!(state(&root), "unresolved");
}

/// Broken, hostile and odd covers: the placeholder and a warning that names the field.
#[test]
fn a_cover_that_is_no_picture_is_a_warning() {
    let mut pictures = Vec::new();
    for name in [
        "ok-cover-truncated",
        "ok-cover-bomb-dimensions-jpg",
        "ok-cover-bomb-dimensions-png",
        "ok-cover-svg-script",
        "ok-cover-text-named-jpg",
        "ok-cover-missing",
        "ok-cover-empty",
        "ok-cover-header-only",
        "ok-cover-http",
        "ok-cover-absolute",
        "ok-cover-outside-folder",
        "ok-cover-data-uri-broken",
    ] {
        let out = folder();
        let path = summary(&format!("{name}.json"));
        let run = render(&path, out.path(), &["--card", "songs"]).expect(0);
        assert!(run.stderr.contains("warning: songs[1].cover: "), "{name}: {}", run.stderr);
        pictures.push((name, png_at(&out.path().join("songs.png")).pixels));
    }
    for (name, pixels) in &pictures {
        assert!(*pixels == pictures[0].1, "{name} shows another placeholder");
    }
}
