//! The committed exports: `ok-*` give a month, `err-*` an error with kind and place.

use std::path::{Path, PathBuf};

use wrapped_core::ErrorKind;

use crate::check::{TestFile, october, try_files, try_zip};
use crate::exports;
use crate::naive::{naive, of_summary};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/exports")
}

fn read(name: &str) -> Vec<u8> {
    let path = folder().join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn committed_fixtures_are_what_the_generator_writes() {
    for (name, bytes) in exports::all() {
        // Encryption begins with random bytes, and says so by differing every time.
        if name == "err-encrypted.zip" {
            continue;
        }
        assert!(
            read(name) == bytes,
            "{name} differs; run: cargo run -p wrapped-import --example make_exports -- \
             fixtures/exports"
        );
    }
}

#[test]
fn fixtures_stay_small() {
    let bytes: usize = exports::all().iter().map(|(_, bytes)| bytes.len()).sum();
    assert!(bytes < 400_000, "{bytes}");
}

#[test]
fn the_extended_history_has_its_october() {
    let imported = try_zip(&read("ok-extended.zip"), &october()).unwrap();
    let model = naive(&exports::history(), "2026-10", "Europe/Berlin");
    // The fixture's month has more than a hundred songs, and titles that need the grammar.
    let ours = of_summary(&imported.summary);
    assert_eq!(ours.days, model.days);
    assert_eq!(ours.totals.plays, model.totals.plays);
    assert_eq!(ours.totals.minutes, model.totals.minutes);
    assert_eq!(ours.totals.artists, model.totals.artists);
    assert_eq!(ours.totals.new_artists, model.totals.new_artists);
    assert_eq!(imported.summary.coverage.map(|coverage| coverage.days), Some(31));
    assert_eq!((imported.stats.files, imported.warnings.len(), imported.note), (2, 0, None));
}

#[test]
fn the_account_data_tells_the_same_october() {
    let short = try_zip(&read("ok-account-data.zip"), &october()).unwrap().summary;
    let long = try_zip(&read("ok-extended.zip"), &october()).unwrap().summary;
    assert_eq!((&short.days, &short.totals), (&long.days, &long.totals));
    assert_eq!(crate::check::songs(&short), crate::check::songs(&long));
    assert!(short.songs.iter().all(|song| song.album.is_none()));
}

#[test]
fn a_folder_and_a_rezipped_folder_give_the_same() {
    let names = ["Streaming_History_Audio_2026_0.json", "Streaming_History_Audio_2026_1.json"];
    let files: Vec<TestFile> =
        names.map(|name| (name.to_owned(), read(&format!("ok-extended-folder/{name}")))).into();
    let folder = try_files(&files, &october()).unwrap().summary;
    let zip = try_zip(&read("ok-macos-rezipped.zip"), &october()).unwrap().summary;
    assert_eq!(folder, zip);
    assert_eq!(folder.coverage.map(|coverage| coverage.days), Some(7));
    assert!(folder.totals.plays > Some(30));
}

#[test]
fn bad_exports_say_what_and_where() {
    for (name, kind, text) in [
        (
            "err-bomb.zip",
            ErrorKind::Limit,
            "Streaming_History_Audio_2026_0.json: unpacks to more than 250 times its size, as no \
             listening history does; the zip may be a bomb, so ask for the export again",
        ),
        (
            "err-truncated.zip",
            ErrorKind::Data,
            "Spotify Extended Streaming History/Streaming_History_Audio_2026_1.json: export.zip is \
             cut off in or after this entry; download the export again",
        ),
        (
            "err-encrypted.zip",
            ErrorKind::Data,
            "Streaming_History_Audio_2026_0.json: is encrypted; unpack the zip with its password \
             and import the folder",
        ),
        (
            "err-not-a-zip.zip",
            ErrorKind::Data,
            "export.zip: is not a zip; give the zip that was downloaded, or the folder it unpacks \
             to",
        ),
        (
            "err-wrong-kind.zip",
            ErrorKind::Data,
            "export.zip: is account data without the listening history; it has Spotify Account \
             Data/Playlist1.json, Spotify Account Data/Userdata.json, Spotify Account \
             Data/YourLibrary.json; expected Streaming_History_Audio_*.json or endsong_*.json (the \
             extended streaming history), or StreamingHistory_music_*.json or \
             StreamingHistory*.json (the account data)",
        ),
    ] {
        let error = try_zip(&read(name), &october()).unwrap_err();
        assert_eq!(error.to_string(), text, "{name}");
        assert_eq!(error.kind(), kind, "{name}");
    }
}

#[test]
fn one_broken_file_among_good_ones_is_named() {
    let error = try_zip(&read("err-one-broken-file.zip"), &october()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data);
    assert_eq!(error.place(), Some("Streaming_History_Audio_2026_1.json"));
    assert!(error.message().starts_with("is cut off after "), "{error}");
}
