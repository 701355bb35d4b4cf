//! Limits: each is reached by something small and answered with kind `limit`.

use std::cell::Cell;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::ops::ControlFlow;

use wrapped_core::{Error, ErrorKind};
use wrapped_import::limits::{MAX_ENTRIES, MAX_MONTH_PLAYS, MAX_PLAY_BYTES, MAX_TOTAL_BYTES};
use wrapped_import::{Imported, NamedReader, Source, spotify_export};

use crate::check::{import_json, october, try_zip};
use crate::synthetic::zip_of;

#[track_caller]
fn check(result: Result<Imported, Error>, place: &str, words: &str) {
    let error = result.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Limit, "{error}");
    assert_eq!(error.place(), Some(place), "{error}");
    assert!(error.message().contains(words), "{error}");
}

#[test]
fn a_bomb_is_refused_by_what_it_declares() {
    let bomb = [&b"["[..], &vec![b' '; 8 << 20], b"]"].concat();
    check(try_zip(&zip_of([("endsong_0.json", &bomb[..])]), &october()), "endsong_0.json", "bomb");
}

#[test]
fn a_bomb_that_lies_about_its_size_is_stopped_while_it_unpacks() {
    let bomb = [&b"["[..], &vec![b' '; 8 << 20], b"]"].concat();
    let mut zip = zip_of([("endsong_0.json", &bomb[..])]);
    let declared = u32::try_from(bomb.len()).unwrap().to_le_bytes();
    let places: Vec<usize> =
        zip.windows(4).enumerate().filter(|(_, w)| *w == declared).map(|(at, _)| at).collect();
    assert!(!places.is_empty());
    for at in places {
        zip[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
    }
    let most = Cell::new(0);
    let source = Source::zip("export.zip", Cursor::new(&zip));
    let result = spotify_export::import(source, &october(), &mut |progress| {
        most.set(progress.bytes);
        ControlFlow::Continue(())
    });
    let error = result.unwrap_err();
    assert_eq!(error.place(), Some("endsong_0.json"), "{error}");
    assert!(matches!(error.kind(), ErrorKind::Limit | ErrorKind::Data), "{error}");
    assert!(most.get() < 6 << 20, "{} bytes were unpacked", most.get());
}

/// A file that is as long as it says without being anywhere: a play, again and again.
struct Endless {
    head: Vec<u8>,
    piece: Vec<u8>,
    at: u64,
    length: u64,
}

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        for (offset, byte) in buffer.iter_mut().enumerate() {
            let at = (self.at + offset as u64) as usize;
            *byte = match self.head.get(at) {
                Some(&byte) => byte,
                None => self.piece[(at - self.head.len()) % self.piece.len()],
            };
        }
        self.at += buffer.len() as u64;
        Ok(buffer.len())
    }
}

impl Seek for Endless {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.at = match position {
            SeekFrom::Start(at) => at,
            _ => self.length,
        };
        Ok(self.at)
    }
}

fn import_endless(head: &str, piece: &str, length: u64) -> (Result<Imported, Error>, u64) {
    let file = Endless { head: head.into(), piece: piece.into(), at: 0, length };
    let read = Cell::new(0);
    let source = Source::files("folder", [NamedReader::new("endsong_0.json", file)]);
    let result = spotify_export::import(source, &october(), &mut |progress| {
        read.set(progress.bytes);
        ControlFlow::Continue(())
    });
    (result.map(Option::unwrap), read.get())
}

#[test]
fn an_endless_play_ends_at_its_limit() {
    let (result, read) = import_endless("[{\"ts\":\"", "x", 1000);
    check(result, "endsong_0.json", "one play is larger");
    assert!(read < MAX_PLAY_BYTES + (1 << 17));
    let (result, _) = import_endless("[", " ", 1000);
    check(result, "endsong_0.json", "one play is larger");
}

#[test]
fn too_much_in_all_is_refused_before_it_is_read() {
    let (result, read) = import_endless("[", " ", MAX_TOTAL_BYTES + 1);
    check(result, "folder", "import fewer files");
    assert_eq!(read, 0);
}

#[test]
fn endless_names_end_at_their_limit() {
    let long = "x".repeat(900_000);
    let mut json = String::from("[");
    for number in 0..60 {
        json.push_str(&format!(
            "{}{{\"ts\":\"2026-10-03T18:20:11Z\",\"ms_played\":200000,\
             \"master_metadata_track_name\":\"{number}{long}\",\
             \"master_metadata_album_artist_name\":\"A\"}}",
            if number > 0 { "," } else { "" }
        ));
    }
    json.push(']');
    check(import_json(&json, &october()), "Streaming_History_Audio_0.json", "different artists");
}

#[test]
fn more_plays_than_a_month_can_hold_are_refused() {
    let mut json = String::from("[");
    for number in 0..=MAX_MONTH_PLAYS {
        json.push_str(&format!(
            "{}{{\"ts\":\"2026-10-03T18:20:11Z\",\"ms_played\":{},\
             \"master_metadata_track_name\":\"T\",\"master_metadata_album_artist_name\":\"A\"}}",
            if number > 0 { "," } else { "" },
            30_000 + number
        ));
    }
    json.push(']');
    check(import_json(&json, &october()), "Streaming_History_Audio_0.json", "plays");
}

#[test]
fn too_many_files_are_refused() {
    let files = (0..=MAX_ENTRIES)
        .map(|number| NamedReader::new(format!("{number}.txt"), Cursor::new(Vec::new())));
    let source = Source::files("folder", files);
    let result = spotify_export::import(source, &october(), &mut |_| ControlFlow::Continue(()));
    check(result.map(Option::unwrap), "folder", "at most 10000");
}

#[test]
fn progress_grows_to_the_total_and_can_stop() {
    let json = crate::synthetic::extended(&crate::exports::history());
    let files = || {
        [("b/endsong_1.json", &json), ("a/endsong_0.json", &json)]
            .map(|(name, bytes)| NamedReader::new(name, Cursor::new(bytes)))
    };
    let mut seen: Vec<(String, u64)> = Vec::new();
    let mut total = 0;
    spotify_export::import(Source::files("folder", files()), &october(), &mut |progress| {
        seen.push((progress.entry.to_owned(), progress.bytes));
        total = progress.bytes_total;
        ControlFlow::Continue(())
    })
    .unwrap()
    .unwrap();
    assert!(seen.is_sorted_by_key(|(_, bytes)| *bytes));
    assert!(seen.is_sorted_by_key(|(entry, _)| entry.clone()));
    assert_eq!(seen.last().unwrap().1, total);
    assert_eq!(total, 2 * json.len() as u64);

    let mut calls = 0;
    let stopped = spotify_export::import(Source::files("folder", files()), &october(), &mut |_| {
        calls += 1;
        if calls < 3 { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    assert_eq!(stopped.unwrap(), None);
    assert_eq!(calls, 3);
}
