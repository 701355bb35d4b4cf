//! Every row of "bad input" that concerns an export: who must act, where, and what is said.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use wrapped_core::ErrorKind;
use wrapped_import::{ImportOptions, NamedReader, Source, spotify_export};

use crate::check::{import_json, october, options, play, try_files, try_zip};
use crate::synthetic::{extended, zip_of};

const PLAY: &str = r#"{"ts":"2026-10-03T18:20:11Z","ms_played":200000,
    "master_metadata_track_name":"T","master_metadata_album_artist_name":"A"}"#;

#[track_caller]
fn check_json(json: &str, expected: &str) {
    let error = import_json(json, &october()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
    let text = error.to_string();
    assert!(text.starts_with(expected), "{text}");
}

#[test]
fn broken_json_names_file_and_place() {
    let file = "Streaming_History_Audio_0.json";
    check_json("", &format!("{file}: is empty; expected a JSON array of plays"));
    check_json("nonsense", &format!("{file}: is not valid JSON after 0 whole plays"));
    check_json(&format!("[{PLAY},"), &format!("{file}: is cut off after 1 whole plays"));
    check_json(
        &format!("[{PLAY},{{\"ts\":\"20"),
        &format!("{file}: is cut off after 1 whole plays"),
    );
    check_json(&format!("[{PLAY}] trailing"), &format!("{file}: is not valid JSON after 1 whole"));
    check_json(&format!("[{PLAY} {PLAY}]"), &format!("{file}: is not valid JSON after 1 whole"));
    check_json("{\"items\":[]}", &format!("{file}: invalid type: map, expected an array of plays"));
    check_json("[7]", &format!("{file}[0]: invalid type: integer `7`, expected a play"));
    check_json("[{}]", &format!("{file}[0]: missing field `ts`"));
}

#[test]
fn wrong_fields_name_the_play() {
    let with = |from: &str, to: &str| format!("[{PLAY},{}]", PLAY.replace(from, to));
    let file = "Streaming_History_Audio_0.json[1]";
    check_json(
        &with("2026-10-03T18:20:11Z", "yesterday"),
        &format!("{file}.ts: \"yesterday\" is not a time like 2026-10-31T22:59:59Z"),
    );
    check_json(&with("200000", "\"long\""), &format!("{file}: invalid type: string \"long\""));
    check_json(&with("200000", "null"), &format!("{file}: invalid type: null"));
    check_json(&with("\"T\"", "3"), &format!("{file}: invalid type: integer `3`"));
    // Account data in a file that is named as an extended history.
    let account =
        r#"[{"endTime":"2026-10-03 18:20","artistName":"A","trackName":"T","msPlayed":1}]"#;
    check_json(account, "Streaming_History_Audio_0.json[0]: missing field `ts`");
}

#[test]
fn utf16_is_told_apart_from_damage() {
    let utf16: Vec<u8> = "\u{FEFF}[]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let error = try_files(&[("endsong_0.json".to_owned(), utf16)], &october()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "endsong_0.json: is UTF-16; save it as UTF-8, as it was in the download"
    );
}

#[test]
fn deep_nesting_is_an_error_and_not_a_crash() {
    let json = format!("[{{\"x\":{}", "[".repeat(500_000));
    check_json(&json, "Streaming_History_Audio_0.json: is cut off after 0 whole plays");
    let json = format!("[{{\"ts\":{}", "[".repeat(500_000));
    check_json(&json, "Streaming_History_Audio_0.json[0]: invalid type: sequence");
    let error = import_json(&"[".repeat(500_000), &october()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Data, "{error}");
}

#[test]
fn impossible_lengths_are_left_out_with_a_warning() {
    let lengths = ["-5", "86400001", "1e300", "99999999999999999999", "-0.4", "86400000"];
    let entries: Vec<String> = lengths.iter().map(|ms| PLAY.replace("200000", ms)).collect();
    // Another month's nonsense concerns nobody.
    let other = PLAY.replace("2026-10", "2026-08").replace("200000", "-1");
    let json = format!("[{},{other}]", entries.join(","));
    let imported = import_json(&json, &october()).unwrap();
    let paths: Vec<&str> = imported.warnings.iter().map(|w| w.path.as_str()).collect();
    let file = "Streaming_History_Audio_0.json";
    assert_eq!(paths, [0, 1, 2, 3].map(|index| format!("{file}[{index}]")));
    assert_eq!(
        imported.warnings[0].message,
        "a play of -5 ms was left out; no play has that length"
    );
    assert_eq!(imported.summary.totals.plays, Some(1), "a whole day is just believable");
    assert_eq!(imported.stats.implausible, 4);
}

#[test]
fn warnings_are_bounded_and_the_rest_is_counted() {
    let bad = PLAY.replace("200000", "-5");
    let json = format!("[{}]", vec![bad; 500].join(","));
    let warnings = import_json(&json, &october()).unwrap().warnings;
    assert_eq!(warnings.len(), 51);
    assert_eq!(warnings[50].path, "folder");
    assert_eq!(warnings[50].message, "450 more plays of impossible length were left out");
}

#[test]
fn zips_that_are_no_exports_say_what_they_hold() {
    let message = |files: &[(&str, &[u8])]| {
        let error = try_zip(&zip_of(files.iter().copied()), &october()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data);
        assert!(error.message().contains("expected Streaming_History_Audio_*.json"), "{error}");
        error.to_string()
    };
    let found = |files: &[(&str, &[u8])], text: &str| {
        let message = message(files);
        assert!(message.starts_with(&format!("export.zip: {text}; ")), "{message}");
    };
    found(&[], "holds no files");
    found(&[("__MACOSX/._x", b"")], "holds no files");
    found(&[("a/photo.jpg", b"")], "holds no listening history, only a/photo.jpg");
    found(
        &[("my_data.zip", b"")],
        "holds another zip, to be unpacked or imported itself: my_data.zip",
    );
    found(
        &[("Streaming_History_Video_2020.json", b"[]"), ("Userdata.json", b"{}")],
        "holds no songs, only Streaming_History_Video_2020.json",
    );
    found(
        &[
            ("Userdata.json", b""),
            ("Playlist1.json", b""),
            ("Follow.json", b""),
            ("Payments.json", b""),
            ("Marquee.json", b""),
        ],
        "is account data without the listening history; it has Follow.json, Marquee.json, \
         Payments.json, Playlist1.json and 1 more",
    );
}

#[test]
fn a_truncated_zip_names_the_entry_wherever_it_is_cut() {
    let json = extended(&[play("2026-10-03T12:00:00Z", 60_000, "A", "T")]);
    let zip = zip_of([("one/endsong_0.json", &json[..]), ("two/endsong_1.json", &json[..])]);
    let second = zip.windows(4).enumerate().filter(|(_, w)| w == b"PK\x03\x04").nth(1).unwrap().0;
    for length in 4..zip.len() {
        let error = try_zip(&zip[..length], &october()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Data, "{length}: {error}");
        if length > second + 60 {
            assert_eq!(error.place(), Some("two/endsong_1.json"), "{length}: {error}");
        } else if (60..second).contains(&length) {
            assert_eq!(error.place(), Some("one/endsong_0.json"), "{length}: {error}");
        }
    }
}

#[test]
fn flipped_bytes_never_panic_and_never_pass_unseen() {
    let entries = [
        play("2026-10-03T12:00:00Z", 60_000, "Artist", "One"),
        play("2026-10-03T13:00:00Z", 60_000, "Artist", "Two"),
    ];
    let zip = zip_of([("endsong_0.json", &extended(&entries)[..])]);
    let good = try_zip(&zip, &october()).unwrap().summary;
    for at in 0..zip.len() {
        for mask in [0x01, 0x80, 0xFF] {
            let mut damaged = zip.clone();
            damaged[at] ^= mask;
            // Dates, attributes and comments may change; the plays may not, thanks to checksums.
            if let Ok(imported) = try_zip(&damaged, &october()) {
                assert_eq!(imported.summary, good, "byte {at} mask {mask:#x}");
            }
        }
    }
}

/// A reader that fails after some bytes, as a broken disk does.
struct Failing<R>(R, usize);

impl<R: Read> Read for Failing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = buffer.len().min(self.1);
        if length == 0 {
            return Err(io::Error::other("the disk is gone"));
        }
        let read = self.0.read(&mut buffer[..length])?;
        self.1 -= read;
        Ok(read)
    }
}

impl<R: Seek> Seek for Failing<R> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.0.seek(position)
    }
}

#[test]
fn a_failing_device_is_not_blamed_on_the_export() {
    let json = extended(&crate::exports::week());
    let zip = zip_of([("endsong_0.json", &json[..])]);
    let mut kinds = Vec::new();
    for after in (0..zip.len()).step_by(97) {
        let source = Source::zip("export.zip", Failing(Cursor::new(&zip), after));
        let result = spotify_export::import(source, &october(), &mut |_| ControlFlow::Continue(()));
        kinds.push(result.map_err(|error| error.kind()).unwrap_err());
    }
    assert!(kinds.iter().all(|&kind| kind == ErrorKind::Io), "{kinds:?}");
    let reader = NamedReader::new("endsong_0.json", Failing(Cursor::new(&json), 1000));
    let source = Source::files("folder", [reader]);
    let error =
        spotify_export::import(source, &october(), &mut |_| ControlFlow::Continue(())).unwrap_err();
    assert_eq!(error.to_string(), "endsong_0.json: cannot be read: the disk is gone");
    assert_eq!(error.kind(), ErrorKind::Io);
}

#[test]
fn options_are_checked_before_anything_is_read() {
    let usage = |options: &ImportOptions, place: &str| {
        let error = import_json("broken", options).unwrap_err();
        assert_eq!((error.kind(), error.place()), (ErrorKind::Usage, Some(place)), "{error}");
    };
    usage(&options("2026-10", "Europe/Atlantis"), "period.time_zone");
    usage(&options("2026-10", "no zone at all"), "period.time_zone");
    usage(&ImportOptions { month: 13, ..october() }, "period.month");
    usage(&ImportOptions { month: 0, ..october() }, "period.month");
    usage(&ImportOptions { year: 1899, ..october() }, "period.year");
    usage(&ImportOptions { locale: Some("-".to_owned()), ..october() }, "locale");
    usage(&ImportOptions { user_id: Some("../etc".to_owned()), ..october() }, "user.id");
    for month in ["2026", "2026-13", "2026-00", "26-10", "2026-1", "+026-10", "2026-10-01", ""] {
        let error = ImportOptions::for_month(month).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Usage, "{month}");
    }
}
