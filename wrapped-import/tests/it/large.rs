//! An export of any size, written without holding it in memory.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use zip::write::SimpleFileOptions;

use crate::synthetic::{entries, write_extended};

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
