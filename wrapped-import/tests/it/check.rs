//! How the tests call the import; a change of its API touches this file alone.

use std::io::Cursor;
use std::ops::ControlFlow;

use wrapped_core::{Error, Summary};
use wrapped_import::{ImportOptions, Imported, NamedReader, Source, spotify_export};

use crate::synthetic::{Entry, Media};

/// A loose file of a test.
pub type TestFile = (String, Vec<u8>);

pub fn options(month: &str, time_zone: &str) -> ImportOptions {
    ImportOptions { time_zone: time_zone.to_owned(), ..ImportOptions::for_month(month).unwrap() }
}

pub fn october() -> ImportOptions {
    options("2026-10", "Europe/Berlin")
}

pub fn try_files(files: &[TestFile], options: &ImportOptions) -> Result<Imported, Error> {
    let readers =
        files.iter().map(|(name, bytes)| NamedReader::new(name, Cursor::new(bytes.as_slice())));
    try_source(Source::files("folder", readers), options)
}

pub fn try_zip(bytes: &[u8], options: &ImportOptions) -> Result<Imported, Error> {
    try_source(Source::zip("export.zip", Cursor::new(bytes)), options)
}

fn try_source(source: Source<'_>, options: &ImportOptions) -> Result<Imported, Error> {
    spotify_export::import(source, options, &mut |_| ControlFlow::Continue(()))
        .map(|imported| imported.expect("the progress function never said stop"))
        .inspect(|imported| {
            // Whatever is imported must be a summary that the core takes, without a warning.
            imported.summary.validate().unwrap();
            let json = serde_json::to_vec(&imported.summary).unwrap();
            let read = Summary::from_json(&json).unwrap();
            assert_eq!((&read.value, read.warnings), (&imported.summary, Vec::new()));
        })
}

/// The import of one extended history.
pub fn import_json(json: &str, options: &ImportOptions) -> Result<Imported, Error> {
    try_files(&[("Streaming_History_Audio_0.json".to_owned(), json.into())], options)
}

/// The summary of one extended history with these entries.
pub fn summary(entries: &[Entry], options: &ImportOptions) -> Summary {
    let file = ("Streaming_History_Audio_0.json".to_owned(), crate::synthetic::extended(entries));
    try_files(&[file], options).unwrap().summary
}

/// A play that ends at a time such as `2026-10-03T18:20:11Z`.
pub fn play(end: &str, ms: i64, artist: &str, title: &str) -> Entry {
    play_of(end, ms, artist, title, Some("Album"))
}

pub fn play_of(end: &str, ms: i64, artist: &str, title: &str, album: Option<&str>) -> Entry {
    let end = end.parse::<jiff::Timestamp>().unwrap().as_second();
    let media = Media::Song {
        artist: artist.to_owned(),
        title: title.to_owned(),
        album: album.map(str::to_owned),
    };
    Entry { end, ms, media, dice: end as u64 }
}

/// Titles of the songs with their plays, in order.
pub fn songs(summary: &Summary) -> Vec<(&str, u64)> {
    summary.songs.iter().map(|song| (song.title.as_str(), song.plays.unwrap())).collect()
}

/// Names of the artists with their plays, in order.
pub fn artists(summary: &Summary) -> Vec<(&str, u64)> {
    summary.artists.iter().map(|artist| (artist.name.as_str(), artist.plays.unwrap())).collect()
}
