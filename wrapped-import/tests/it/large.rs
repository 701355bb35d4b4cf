//! An export of any size, written without holding it in memory.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;

use crate::synthetic::{Entry, Media, entries, write_extended};

/// Unpacked bytes of an entry as it is written here, on average.
const ENTRY_BYTES: u64 = 790;
/// Entries in a file of the real download: 12 MB.
const FILE_ENTRIES: u64 = 15_000;
/// 2019-01-01T00:00:00Z.
const FROM: i64 = 1_546_300_800;

/// Writes a zip that unpacks to about `megabytes` MB, in files of 12 MB.
///
/// It reaches from 2019 to the end of 2026, so that October 2026 has its share of the plays.
pub fn write_zip(path: &Path, megabytes: u64) -> io::Result<()> {
    let total = (megabytes * 1_000_000 / ENTRY_BYTES).max(1);
    let days = 8 * 365;
    let per_day = (total / days).max(1);
    let mut history = entries(8, FROM, per_day);
    let mut zip = zip::ZipWriter::new(BufWriter::new(File::create(path)?));
    let mut left = total;
    for number in 0.. {
        let name =
            format!("Spotify Extended Streaming History/Streaming_History_Audio_{number}.json");
        zip.start_file(name, SimpleFileOptions::default())?;
        let part: Vec<_> = history.by_ref().take(left.min(FILE_ENTRIES) as usize).collect();
        write_extended(&part, &mut zip)?;
        left = left.saturating_sub(FILE_ENTRIES);
        if left == 0 {
            break;
        }
    }
    zip.finish()?.flush()
}

/// 2026-10-02T00:00:00Z.
const CROWDED_FROM: i64 = 1_790_899_200;

/// Writes a zip of plays that all lie in October 2026 and are all of different songs by different
/// artists: the most that an export can ask of memory.
pub fn write_crowded_zip(path: &Path, plays: u64) -> io::Result<()> {
    let play = |number: u64| Entry {
        end: CROWDED_FROM + (number * 18) as i64,
        ms: 30_000 + (number % 1000) as i64,
        media: Media::Song {
            artist: format!("Invented Artist {number}"),
            title: format!("Song Number {number}"),
            album: Some(format!("Album {number}")),
        },
        dice: number,
    };
    let mut zip = zip::ZipWriter::new(BufWriter::new(File::create(path)?));
    zip.start_file("endsong_0.json", SimpleFileOptions::default())?;
    for start in (0..plays).step_by(1000) {
        let part: Vec<Entry> = (start..plays.min(start + 1000)).map(play).collect();
        let mut json = Vec::new();
        write_extended(&part, &mut json)?;
        // Each part is an array of its own; commas join them to one.
        let inner = &json[1..json.len() - 1];
        zip.write_all(if start == 0 { b"[" } else { b"," })?;
        zip.write_all(inner)?;
    }
    zip.write_all(b"]")?;
    zip.finish()?.flush()
}
