//! Ctrl-C: exit 130, nothing half-written.
#![cfg(unix)]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::check::{command, folder, names};

/// A history of many plays, long before any month that is asked for.
fn large_history(folder: &Path, bytes: usize) {
    let play = r#"{"ts" : "2020-01-01T00:00:00Z", "ms_played" : 200000,
 "master_metadata_track_name" : "Alison", "master_metadata_album_artist_name" : "Slowdive",
 "master_metadata_album_album_name" : "Souvlaki", "ip_addr" : "203.0.113.9"}"#;
    let mut file =
        BufWriter::new(File::create(folder.join("Streaming_History_Audio_2020.json")).unwrap());
    file.write_all(b"[").unwrap();
    for _ in 0..bytes / play.len() {
        write!(file, "{play},").unwrap();
    }
    write!(file, "{play}]").unwrap();
}

/// Waits until the process has its handler. On a busy machine its start alone may take a second;
/// where the kernel does not tell, two have to do.
fn until_it_listens(child: &Child) {
    const INTERRUPT: u64 = 1 << (2 - 1);
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(30) {
        let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", child.id())) else {
            std::thread::sleep(Duration::from_secs(2));
            return;
        };
        let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:"));
        let caught = caught.map_or(0, |mask| u64::from_str_radix(mask.trim(), 16).unwrap());
        if caught & INTERRUPT != 0 {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the process does not watch for Ctrl-C");
}

fn ctrl_c(child: &Child) {
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn ctrl_c_ends_a_long_import_and_leaves_nothing() {
    let root = folder();
    let export = root.path().join("export");
    std::fs::create_dir(&export).unwrap();
    large_history(&export, 400 << 20);
    let mut child = command()
        .args(["import", "spotify-export"])
        .arg(&export)
        .args(["--month", "2026-10", "-o"])
        .arg(root.path().join("new/summary.json"))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until_it_listens(&child);
    // Far too short for the import, which takes seconds.
    std::thread::sleep(Duration::from_millis(100));
    assert!(child.try_wait().unwrap().is_none(), "the import is over already");
    ctrl_c(&child);
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130), "{status}");
    assert_eq!(names(root.path()), ["export"]);
}

#[test]
fn ctrl_c_ends_the_wait_for_standard_input() {
    let root = folder();
    let mut child = command()
        .args(["render", "-", "--out"])
        .arg(root.path().join("new"))
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    until_it_listens(&child);
    ctrl_c(&child);
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130), "{status}");
    assert!(names(root.path()).is_empty());
}
