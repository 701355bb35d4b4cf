//! Spotify's downloads: the extended streaming history and the account data.
//!
//! What counts, and why:
//!
//! - **The end decides.** A play belongs to the day and month, in the person's time zone, in which
//!   its stream *ended*. The end is the only instant that both formats record; a start would have
//!   to be guessed from it, wrongly whenever a play was paused, and the account data's whole
//!   minutes would then put some plays into another month than the extended history does.
//! - **30 seconds.** Shorter plays add neither a play nor minutes.
//! - **Songs only.** Podcasts, audiobooks, videos and entries without names (removed tracks, and
//!   `Unknown Artist` with `Unknown Track`, as the account data writes them) are left out.
//! - **Once.** The same artist, title, end and length is one play, however many files tell it.
//! - **One source for one time.** Where a file of the extended history covers an instant (from the
//!   end of its first entry to that of its last), plays of the account data are ignored; they fill
//!   only what no such file covers.
//! - **Coverage** counts the days of the month from the first to the last entry of the whole
//!   export, whatever its kind: a podcast also proves that the export reaches that day.
//! - **New artists** were not played for 30 s before the month. The number is left out if the
//!   export does not reach back before the month, where every artist would seem new.
//!
//! The main artist is the one the export names, the album's; guests are part of the title.

mod account;
mod extended;
mod months;
mod run;
mod spans;
mod wrong_kind;

pub use run::import;

/// True if a file of this name holds plays that [`import`] reads. A front-end can use it to open
/// only what matters in a crowded folder.
pub fn is_history(path: &str) -> bool {
    use crate::files::{FileKind, kind};
    matches!(kind(path), FileKind::Extended | FileKind::Account)
}
