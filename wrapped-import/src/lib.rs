//! Listening exports become summaries.
//!
//! ```
//! use std::io::Cursor;
//! use std::ops::ControlFlow;
//! use wrapped_import::{ImportOptions, NamedReader, Source, spotify_export};
//!
//! let file = br#"[{
//!   "ts" : "2026-10-03T18:20:11Z", "ms_played" : 252000,
//!   "master_metadata_track_name" : "Pyramid Song",
//!   "master_metadata_album_artist_name" : "Radiohead",
//!   "master_metadata_album_album_name" : "Amnesiac"
//! }]"#;
//! let reader = NamedReader::new("Streaming_History_Audio_2026.json", Cursor::new(&file[..]));
//! let options = ImportOptions {
//!     time_zone: "Europe/Berlin".to_owned(),
//!     ..ImportOptions::for_month("2026-10")?
//! };
//! let imported = spotify_export::import(
//!     Source::files("my export", [reader]),
//!     &options,
//!     &mut |_progress| ControlFlow::Continue(()),
//! )?
//! .expect("the progress function never said stop");
//! assert_eq!(imported.summary.songs[0].title, "Pyramid Song");
//! assert_eq!(imported.summary.totals.minutes, Some(4));
//! # Ok::<(), wrapped_core::Error>(())
//! ```
//!
//! The steps, in the order in which an import takes them:
//!
//! 1. [`Source`]: a zip or loose files become named entries; nothing else is opened.
//! 2. The entries are read as streams: one play is in memory at a time, and only the fields that a
//!    card needs. IP addresses, devices and countries are skipped over, never kept.
//! 3. The month's plays go into a ledger that counts a repeated entry once.
//! 4. The ledger is ranked into a [`wrapped_core::Summary`].
//!
//! The crate opens no file, reads no clock, starts no thread and brings its own time zone data, so
//! that it behaves alike in a browser.

mod archive;
mod clock;
mod files;
mod json_array;
mod ledger;
pub mod limits;
mod meter;
mod names;
mod options;
mod ranking;
mod source;
pub mod spotify_export;

pub use meter::Progress;
pub use options::{ImportOptions, Imported, Stats};
pub use source::{NamedReader, ReadSeek, Source};

// The backend of zip's deflate is chosen by a feature of this package alone.
use flate2 as _;
