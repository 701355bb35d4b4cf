//! Files appear whole or not at all.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;

use crate::check::{Run, command, finish, fixtures, folder, names, october, png_at, render};

/// The binary started by a shell that first limits something.
fn in_shell(script: &str, arguments: &[&Path]) -> Run {
    let mut shell = Command::new("sh");
    shell.args(["-c", script, env!("CARGO_BIN_EXE_wrapped")]).args(arguments);
    finish(&mut shell)
}

#[test]
fn existing_files_are_replaced_and_others_stay() {
    let out = folder();
    fs::write(out.path().join("songs.png"), "old").unwrap();
    fs::write(out.path().join("mine.txt"), "mine").unwrap();
    render(&october(), out.path(), &[]).expect(0);
    assert_eq!(png_at(&out.path().join("songs.png")).size, (270, 480));
    assert_eq!(names(out.path()), ["artists.png", "mine.txt", "songs.png"]);
    let mode = fs::metadata(out.path().join("songs.png")).unwrap().permissions().mode();
    let mine = fs::metadata(out.path().join("mine.txt")).unwrap().permissions().mode();
    assert_eq!(mode, mine, "as any new file");
}

#[test]
fn a_folder_that_cannot_be_is_told_at_once() {
    let out = folder();
    fs::write(out.path().join("file"), "a file").unwrap();
    let run = render(&october(), &out.path().join("file/cards"), &[]).expect(1);
    assert!(run.stderr.contains("file: is a file"), "{}", run.stderr);
    assert_eq!(fs::read(out.path().join("file")).unwrap(), b"a file");
    fs::create_dir_all(out.path().join("cards/artists.png")).unwrap();
    let run = render(&october(), &out.path().join("cards"), &[]).expect(1);
    assert!(run.stderr.contains("artists.png: is a folder"), "{}", run.stderr);
    // The card that could have been written was not, and nothing lies around.
    assert_eq!(names(&out.path().join("cards")), ["artists.png"]);
}

#[test]
fn a_folder_that_takes_no_files_is_told() {
    let out = folder();
    let cards = out.path().join("cards");
    fs::create_dir(&cards).unwrap();
    fs::set_permissions(&cards, fs::Permissions::from_mode(0o555)).unwrap();
    let is_root = fs::write(cards.join("probe"), "").is_ok();
    if is_root {
        // Root may write anywhere but into the kernel's own folders.
        let run = render(&october(), Path::new("/proc/self/cards"), &[]).expect(1);
        assert!(
            run.stderr.contains("/proc/self/cards/songs.png: cannot be written"),
            "{}",
            run.stderr
        );
    } else {
        let run = render(&october(), &cards, &[]).expect(1);
        assert!(run.stderr.contains("cannot be written: Permission denied"), "{}", run.stderr);
        assert!(names(&cards).is_empty());
    }
}

/// A limit on the size of files stands in for a disk that fills up: the first bytes are written,
/// the next are refused.
#[test]
fn a_write_that_fails_half_way_leaves_what_was_there() {
    let out = folder();
    let cards = out.path().join("cards");
    fs::create_dir(&cards).unwrap();
    fs::write(cards.join("songs.png"), "old").unwrap();
    let script = "trap '' XFSZ; ulimit -f 8; exec \"$0\" render \"$1\" --out \"$2\"";
    let run = in_shell(script, &[&october(), &cards]).expect(1);
    assert!(run.stderr.contains("songs.png: cannot be written: File too large"), "{}", run.stderr);
    assert_eq!(fs::read(cards.join("songs.png")).unwrap(), b"old");
    assert_eq!(names(&cards), ["songs.png"]);
    // Folders that were made for the cards go again, too.
    let new = out.path().join("new");
    in_shell(script, &[&october(), &new.join("deep")]).expect(1);
    assert!(!new.exists());
}

#[test]
fn a_full_device_is_told_with_its_reason() {
    if !Path::new("/dev/full").exists() {
        return;
    }
    let script = "exec \"$0\" render \"$1\" --out - --card songs --scale 0.25 > /dev/full";
    let run = in_shell(script, &[&october()]).expect(1);
    assert!(
        run.stderr.contains("standard output: cannot be written: No space left"),
        "{}",
        run.stderr
    );
    let export = fixtures().join("exports/ok-extended.zip");
    let mut command = command();
    command.args(["import", "spotify-export"]).arg(export).args(["--month", "2026-10"]);
    let run = finish(command.args(["-o", "/dev/full"])).expect(1);
    assert!(run.stderr.contains("/dev/full: cannot be written: No space left"), "{}", run.stderr);
    assert!(Path::new("/dev/full").exists());
}

#[test]
fn devices_and_links_are_written_through() {
    let out = folder();
    fs::write(out.path().join("real.json"), "old").unwrap();
    symlink("real.json", out.path().join("link.json")).unwrap();
    let export = fixtures().join("exports/ok-extended.zip");
    for output in [out.path().join("link.json"), "/dev/null".into()] {
        let mut command = command();
        command.args(["import", "spotify-export"]).arg(&export).args(["--month", "2026-10"]);
        finish(command.arg("-o").arg(output)).expect(0);
    }
    assert!(fs::symlink_metadata(out.path().join("link.json")).unwrap().is_symlink());
    assert!(fs::read_to_string(out.path().join("real.json")).unwrap().contains("\"songs\""));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    // The pipe's reader ends at once; `cat` waits until it has.
    let script = "{ sleep 0.2; \"$0\" \"$@\"; echo $? >&2; } | true";
    let run = in_shell(script, &[Path::new("schema")]);
    assert_eq!(run.stderr.trim(), "0");
    let script =
        "{ \"$0\" render \"$1\" --out - --card songs --scale 0.25; echo code $? >&2; } | true";
    let run = in_shell(script, &[&october()]);
    assert!(run.stderr.contains("code 0") && !run.stderr.contains("error"), "{}", run.stderr);
}
