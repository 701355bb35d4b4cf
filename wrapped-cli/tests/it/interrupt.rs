//! Ctrl-C: exit 130, nothing half-written.
#![cfg(unix)]

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
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
    // Long enough for the handler to be there, far too short for the import.
    std::thread::sleep(Duration::from_millis(400));
    assert!(child.try_wait().unwrap().is_none(), "the import is over already");
    let start = Instant::now();
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let status = child.wait().unwrap();
    assert_eq!(status.code(), Some(130));
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
    assert_eq!(names(root.path()), ["export"]);
}
