//! What is one song, how it is spelled, and in which order it stands.

use crate::check::{artists, options, play, play_of, songs, summary};
use crate::synthetic::Entry;

fn minute(number: u32) -> String {
    format!("2026-10-{:02}T{:02}:{:02}:00Z", 1 + number / 1440, number / 60 % 24, number % 60)
}

fn plays(list: &[(&str, &str, Option<&str>)]) -> Vec<Entry> {
    (0_u32..)
        .zip(list)
        .map(|(number, (artist, title, album))| {
            play_of(&minute(number), 60_000, artist, title, *album)
        })
        .collect()
}

#[test]
fn a_song_is_one_entry_across_its_releases() {
    let entries = plays(&[
        ("Björk", "Jóga", Some("Jóga")),
        ("Björk", "Jóga", Some("Homogenic")),
        ("Björk", "Jóga", Some("Homogenic")),
        ("Björk", "jóga", Some("Greatest Hits")),
        ("Someone Else", "Jóga", Some("Covers")),
    ]);
    let summary = summary(&entries, &options("2026-10", "UTC"));
    assert_eq!(songs(&summary), [("Jóga", 4), ("Jóga", 1)]);
    assert_eq!(summary.songs[0].album.as_deref(), Some("Homogenic"));
    assert_eq!(summary.songs[0].artists, ["Björk"]);
    assert_eq!(summary.songs[1].artists, ["Someone Else"]);
    assert_eq!((summary.totals.songs, summary.totals.artists), (Some(2), Some(2)));
}

#[test]
fn the_title_grammar_decides_what_is_one_song() {
    let entries = plays(&[
        ("Queen", "Don't Stop Me Now - Remastered 2011", Some("Jazz")),
        ("Queen", "Don’t Stop Me Now", Some("Greatest Hits")),
        ("Queen", "Don't Stop Me Now - Remastered 2011", Some("Jazz")),
        ("Queen", "Don't Stop Me Now - Live", Some("Live Killers")),
        ("Queen", "\u{200b}", None),
        ("Queen", "\u{200b}\u{200b}", None),
    ]);
    let summary = summary(&entries, &options("2026-10", "UTC"));
    let expected = [
        ("Don't Stop Me Now - Remastered 2011", 3),
        ("Don't Stop Me Now - Live", 1),
        ("\u{200b}", 1),
        ("\u{200b}\u{200b}", 1),
    ];
    assert_eq!(songs(&summary), expected);
    assert_eq!(summary.totals.songs, Some(4));
}

#[test]
fn spellings_that_tie_go_to_the_one_heard_first() {
    let entries = plays(&[
        ("DEADMAU5", "Strobe", Some("B")),
        ("deadmau5", "STROBE", Some("A")),
        ("deadmau5", "STROBE", Some("A")),
        ("DEADMAU5", "Strobe", Some("B")),
    ]);
    for entries in [entries.clone(), entries.into_iter().rev().collect()] {
        let summary = summary(&entries, &options("2026-10", "UTC"));
        assert_eq!(summary.songs[0].title, "Strobe");
        assert_eq!(summary.songs[0].album.as_deref(), Some("B"));
        assert_eq!(artists(&summary), [("DEADMAU5", 4)]);
        assert_eq!(summary.songs[0].artists, ["DEADMAU5"]);
    }
}

#[test]
fn plays_then_minutes_then_names_decide_the_order() {
    let entries = [
        play(&minute(0), 60_000, "C", "One long play"),
        play(&minute(1), 900_000, "B", "One longer play"),
        play(&minute(2), 60_000, "D", "Beta"),
        play(&minute(3), 61_000, "E", "Alpha"),
        play(&minute(4), 30_000, "F", "Two short plays"),
        play(&minute(5), 30_000, "F", "Two short plays"),
        play(&minute(6), 60_000, "E", "Beta"),
    ];
    let summary = summary(&entries, &options("2026-10", "UTC"));
    let order: Vec<(&str, &str)> =
        summary.songs.iter().map(|song| (song.title.as_str(), song.artists[0].as_str())).collect();
    assert_eq!(
        order,
        [
            ("Two short plays", "F"),
            ("One longer play", "B"),
            ("Alpha", "E"),
            ("Beta", "D"),
            ("Beta", "E"),
            ("One long play", "C"),
        ]
    );
    assert_eq!(artists(&summary), [("E", 2), ("F", 2), ("B", 1), ("C", 1), ("D", 1)]);
}

#[test]
fn lists_are_cut_and_totals_are_not() {
    let entries: Vec<Entry> = (0..250)
        .map(|number| play(&minute(number), 60_000, &format!("A{number:03}"), "T"))
        .collect();
    let summary = summary(&entries, &options("2026-10", "UTC"));
    assert_eq!((summary.songs.len(), summary.artists.len()), (100, 100));
    assert_eq!((summary.totals.songs, summary.totals.artists), (Some(250), Some(250)));
    assert_eq!(summary.artists[99].name, "A099");
}
