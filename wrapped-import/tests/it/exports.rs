//! The files of `fixtures/exports/`, as `examples/make_exports.rs` writes them.

use zip::unstable::write::FileOptionsExt;
use zip::write::SimpleFileOptions;

use crate::synthetic::{Entry, account, entries, extended, zip_of, zip_with};

/// 2026-08-20T00:00:00Z, where the invented person's history begins.
const FROM: i64 = 1_787_184_000;
/// 2026-11-04T00:00:00Z, where it ends.
const UNTIL: i64 = 1_793_750_400;

const README: &[u8] = b"%PDF-1.4\n% The real download explains its fields here.\n";

/// The invented person's whole history: August to November 2026.
pub fn history() -> Vec<Entry> {
    entries(2026, FROM, 14).take_while(|entry| entry.end < UNTIL).collect()
}

/// The same person's week around the night in which clocks are set back (2026-10-25).
pub fn week() -> Vec<Entry> {
    const DAY: i64 = 86_400;
    let night = FROM + 66 * DAY;
    history()
        .into_iter()
        .filter(|entry| (night - 3 * DAY..night + 4 * DAY).contains(&entry.end))
        .collect()
}

/// Every fixture: its path under `fixtures/exports/`, and its bytes.
pub fn all() -> Vec<(&'static str, Vec<u8>)> {
    let history = history();
    let (first, second) = history.split_at(history.len() / 2);
    // The second file repeats the end of the first, as two downloads put together do.
    let overlapping = [&first[first.len() - 60..], second].concat();
    let (first_json, second_json) = (extended(first), extended(&overlapping));
    let account_json = account(&history);
    let good = zip_of([
        ("Spotify Extended Streaming History/ReadMeFirst_ExtendedStreamingHistory.pdf", README),
        ("Spotify Extended Streaming History/Streaming_History_Audio_2026_0.json", &first_json),
        ("Spotify Extended Streaming History/Streaming_History_Audio_2026_1.json", &second_json),
        (
            "Spotify Extended Streaming History/Streaming_History_Video_2026.json",
            &extended(&week()),
        ),
    ]);
    let mut half = first_json.clone();
    half.truncate(half.len() / 2);
    let locked = SimpleFileOptions::default()
        .with_deprecated_encryption(b"invented")
        .expect("the password is not empty");
    let bomb = [&b"["[..], &vec![b' '; 24 << 20], b"]"].concat();
    let week = extended(&week());
    let (week_first, week_second) = (&week[..], b"\xEF\xBB\xBF[]".to_vec());
    vec![
        ("ok-extended.zip", good.clone()),
        (
            "ok-account-data.zip",
            zip_of([
                ("Spotify Account Data/Userdata.json", &br#"{"username":"invented"}"#[..]),
                ("Spotify Account Data/StreamingHistory_music_0.json", &account_json),
                ("Spotify Account Data/StreamingHistory_podcast_0.json", b"[]"),
            ]),
        ),
        ("ok-extended-folder/Streaming_History_Audio_2026_0.json", week_first.to_vec()),
        ("ok-extended-folder/Streaming_History_Audio_2026_1.json", week_second),
        ("ok-extended-folder/Streaming_History_Video_2026.json", b"[]".to_vec()),
        (
            "ok-macos-rezipped.zip",
            zip_of([
                ("Meine Musik \u{1F3A7}/.DS_Store", &b"\0\0\0\x01Bud1"[..]),
                ("Meine Musik \u{1F3A7}/ENDSONG_0.JSON", &week),
                ("__MACOSX/Meine Musik \u{1F3A7}/._ENDSONG_0.JSON", b"\0\x05\x16\x07"),
            ]),
        ),
        ("err-bomb.zip", zip_of([("Streaming_History_Audio_2026_0.json", &bomb[..])])),
        ("err-truncated.zip", good[..good.len() * 2 / 3].to_vec()),
        (
            "err-encrypted.zip",
            zip_with([("Streaming_History_Audio_2026_0.json", &week[..])], locked),
        ),
        ("err-not-a-zip.zip", b"<!doctype html><title>Sign in</title>\n".to_vec()),
        (
            "err-wrong-kind.zip",
            zip_of([
                ("Spotify Account Data/Playlist1.json", &br#"{"playlists":[]}"#[..]),
                ("Spotify Account Data/Userdata.json", br#"{"username":"invented"}"#),
                ("Spotify Account Data/YourLibrary.json", br#"{"tracks":[]}"#),
            ]),
        ),
        (
            "err-one-broken-file.zip",
            zip_of([
                ("Streaming_History_Audio_2026_0.json", &week[..]),
                ("Streaming_History_Audio_2026_1.json", &half),
                ("Streaming_History_Audio_2026_2.json", &week),
            ]),
        ),
    ]
}
