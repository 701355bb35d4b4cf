//! Both formats, loose and zipped, with what real downloads have in them.

use crate::check::{
    TestFile, artists, import_json, october, options, play, play_of, songs, try_files, try_zip,
};
use crate::synthetic::{Entry, Media, account, extended, zip_of};

fn two_plays() -> Vec<Entry> {
    vec![
        play("2026-10-03T12:00:30Z", 60_000, "Björk", "Jóga"),
        play("2026-10-04T12:00:30Z", 120_000, "AC/DC", "T.N.T."),
    ]
}

fn named(name: &str, bytes: Vec<u8>) -> TestFile {
    (name.to_owned(), bytes)
}

#[test]
fn every_name_a_history_goes_by_is_read() {
    let (long, short) = (extended(&two_plays()), account(&two_plays()));
    for (name, bytes) in [
        ("Streaming_History_Audio_2024-2026_3.json", &long),
        ("endsong_12.json", &long),
        ("MyData/ENDSONG_0.JSON", &long),
        ("folder\\Streaming_History_Audio_2026.json", &long),
        ("Загрузки/音楽/streaming_history_audio_0 (1).json", &long),
        ("StreamingHistory_music_0.json", &short),
        ("MyData/StreamingHistory0.json", &short),
        ("StreamingHistory.json", &short),
    ] {
        let loose = try_files(&[named(name, bytes.clone())], &october()).unwrap();
        assert_eq!(loose.summary.totals.plays, Some(2), "{name}");
        let zipped = try_zip(&zip_of([(name, &bytes[..])]), &october()).unwrap();
        assert_eq!(zipped, loose, "{name}");
        assert!(wrapped_import::spotify_export::is_history(name));
    }
    assert!(!wrapped_import::spotify_export::is_history("StreamingHistory_podcast_0.json"));
}

#[test]
fn what_is_not_a_song_is_left_out() {
    let at = |minute: u32, media| Entry {
        media,
        ..play(&format!("2026-10-03T12:{minute:02}:00Z"), 200_000, "A", "T")
    };
    let mut entries = two_plays();
    entries.extend([at(1, Media::Podcast), at(2, Media::Audiobook), at(3, Media::Nameless)]);
    entries.push(play("2026-10-03T13:00:00Z", 200_000, " ", "T"));
    let imported = try_files(&[named("endsong_0.json", extended(&entries))], &october()).unwrap();
    assert_eq!(imported.summary.totals.plays, Some(2));
    assert_eq!(imported.stats.not_music, 4);
    // In the account data a removed track is `Unknown Artist`, and there are no podcasts.
    let imported =
        try_files(&[named("StreamingHistory0.json", account(&entries))], &october()).unwrap();
    assert_eq!(imported.summary.totals.plays, Some(2));
    assert_eq!(imported.stats.not_music, 2);
    // Videos and podcasts have files of their own.
    let files = [
        named("endsong_0.json", extended(&two_plays())),
        named("Streaming_History_Video_2026.json", extended(&entries)),
        named("StreamingHistory_podcast_0.json", account(&entries)),
    ];
    assert_eq!(try_files(&files, &october()).unwrap().stats.files, 1);
}

#[test]
fn nothing_private_reaches_the_summary() {
    let json = String::from_utf8(extended(&crate::exports::week())).unwrap();
    assert!(json.contains("192.0.2.") && json.contains("\"DE\"") && json.contains("chrome"));
    let imported = import_json(&json, &october()).unwrap();
    let out = format!("{imported:?}{}", serde_json::to_string(&imported.summary).unwrap());
    for private in ["192.0.2", "chrome", "android", "spotify:track", "podcast"] {
        assert!(!out.to_lowercase().contains(private), "{private}");
    }
}

#[test]
fn unknown_absent_and_null_fields_are_no_errors() {
    let json = r#"[
        {"ts":"2026-10-03T18:20:11Z","ms_played":200000,"master_metadata_track_name":"T",
         "master_metadata_album_artist_name":"A","skipped":null,"future":{"a":[1,{"b":null}]}},
        {"ts":"2026-10-03T18:30:11Z","ms_played":200000.4,"master_metadata_track_name":"T",
         "master_metadata_album_artist_name":"A","master_metadata_album_album_name":null},
        {"ts":"2026-10-03T18:40:11Z","ms_played":200000}
    ]"#;
    let imported = import_json(&format!("\u{FEFF}{json}\r\n\n"), &october()).unwrap();
    assert_eq!(imported.summary.totals.plays, Some(2));
    assert_eq!(imported.summary.songs[0].album, None);
    assert_eq!(imported.stats.entries, 3);
}

#[test]
fn empty_files_among_full_ones_are_fine() {
    let files = [
        named("endsong_0.json", b"[]".to_vec()),
        named("endsong_1.json", extended(&two_plays())),
        named("endsong_2.json", b" [ ] ".to_vec()),
    ];
    assert_eq!(try_files(&files, &october()).unwrap().summary.totals.plays, Some(2));
}

#[test]
fn the_account_data_fills_only_what_the_extended_history_leaves() {
    // The extended history was asked for in mid-October, the account data in November.
    let early = [
        play("2026-10-01T12:00:10Z", 60_000, "A", "One"),
        play("2026-10-14T12:00:50Z", 60_000, "A", "Two"),
    ];
    let late = [
        // Within the span, but only in the account data: the extended history has the say.
        play("2026-10-07T12:00:00Z", 60_000, "A", "Only Here"),
        play("2026-10-14T12:01:00Z", 60_000, "A", "Three"),
        play("2026-10-20T12:00:00Z", 60_000, "A", "One"),
    ];
    let files = [
        named("StreamingHistory_music_0.json", account(&[&early[..], &late].concat())),
        named("Streaming_History_Audio_2026.json", extended(&early)),
    ];
    let imported = try_files(&files, &october()).unwrap();
    assert_eq!(songs(&imported.summary), [("One", 2), ("Three", 1), ("Two", 1)]);
    assert_eq!(imported.stats.superseded, 3);
    assert_eq!(imported.summary.coverage.unwrap().days, 20);
}

#[test]
fn account_data_fills_the_gap_of_a_missing_file() {
    let files = [
        named("endsong_0.json", extended(&[play("2025-01-01T12:00:00Z", 60_000, "A", "T")])),
        named("endsong_9.json", extended(&[play("2026-11-01T12:00:00Z", 60_000, "A", "T")])),
        named("StreamingHistory0.json", account(&two_plays())),
    ];
    assert_eq!(try_files(&files, &october()).unwrap().summary.totals.plays, Some(2));
}

#[test]
fn the_same_stream_under_two_releases_is_one_play_in_any_order() {
    let single = play_of("2026-10-03T12:00:00Z", 60_000, "A", "T", Some("T (Single)"));
    let album = play_of("2026-10-03T12:00:00Z", 60_000, "A", "T", Some("Album"));
    let none = play_of("2026-10-03T12:00:00Z", 60_000, "A", "T", None);
    for order in [[&single, &album, &none], [&none, &album, &single], [&album, &none, &single]] {
        let entries: Vec<Entry> = order.into_iter().cloned().collect();
        let summary = crate::check::summary(&entries, &october());
        assert_eq!(summary.totals.plays, Some(1));
        assert_eq!(summary.songs[0].album.as_deref(), Some("Album"));
    }
    // One second later it is another play.
    let again = play("2026-10-03T12:00:01Z", 60_000, "A", "T");
    let summary = crate::check::summary(&[album, again], &october());
    assert_eq!(songs(&summary), [("T", 2)]);
}

#[test]
fn options_reach_the_summary() {
    let options = wrapped_import::ImportOptions {
        user_id: Some("maya-1".to_owned()),
        name: Some("Maya".to_owned()),
        locale: Some("de".to_owned()),
        ..options("2026-10", "europe/berlin")
    };
    let json = String::from_utf8(extended(&two_plays())).unwrap();
    let summary = import_json(&json, &options).unwrap().summary;
    assert_eq!(summary.user.id.as_deref(), Some("maya-1"));
    assert_eq!(summary.user.name.as_deref(), Some("Maya"));
    assert_eq!(summary.locale.as_deref(), Some("de"));
    assert_eq!(summary.source.as_deref(), Some("spotify-export"));
    assert_eq!(summary.period.time_zone.as_deref(), Some("Europe/Berlin"));
    assert_eq!((summary.version, summary.period.year, summary.period.month), (1, 2026, 10));
    assert_eq!(artists(&summary), [("AC/DC", 1), ("Björk", 1)]);
}
