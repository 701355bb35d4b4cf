//! Every limit on what a stranger's export may cost, with its reason.

/// Unpacked bytes of all histories together: 8 GiB.
///
/// A play takes about 700 bytes; 200,000 plays a year for twenty years are 2.8 GB.
pub const MAX_TOTAL_BYTES: u64 = 8 << 30;

/// How many times larger than its packed form an entry of a zip may be.
///
/// Pretty-printed plays pack 10 to 40 times; deflate itself reaches 1,032 times on a bomb.
pub const MAX_RATIO: u64 = 250;

/// The ratio is judged only from this many unpacked bytes on: below, a few hundred plays that
/// resemble each other may pack better than any real file, and cost nothing.
pub const RATIO_FREE_BYTES: u64 = 4 << 20;

/// Entries of a zip, or files of a folder. A real export has under a hundred.
pub const MAX_ENTRIES: usize = 10_000;

/// Bytes read to find and list a zip's directory. [`MAX_ENTRIES`] need about 1 MiB; a directory is
/// held in memory at several times its size, so that it must be bounded before it is read.
pub const MAX_DIRECTORY_BYTES: u64 = 8 << 20;

/// Bytes of one play. A real one has 700; a title of 100 kB must still come through.
pub const MAX_PLAY_BYTES: u64 = 1 << 20;

/// Plays counted in the month. The longest month holds 89,280 half minutes, the shortest plays
/// that count.
pub const MAX_MONTH_PLAYS: usize = 150_000;

/// Memory for the different names of artists, titles and albums. 48 MiB hold 500,000 names.
pub const MAX_NAMES_BYTES: usize = 48 << 20;

/// Warnings that are kept word for word; what follows is counted.
pub const MAX_WARNINGS: usize = 50;

/// The shortest play that counts, in milliseconds: what the services themselves pay for.
pub const MIN_PLAY_MS: i64 = 30_000;

/// The longest believable play, in milliseconds: a day. Nothing in a catalogue of songs is longer.
pub const MAX_PLAY_MS: i64 = 24 * 60 * 60 * 1000;
