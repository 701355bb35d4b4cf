//! Every limit on what a stranger can send, each with the reason for its number.

/// The longest summary in bytes.
///
/// A summary of a thousand songs takes about 150 kB; 16 MiB leaves room for a hundred times that
/// and for covers inlined as `data:` URIs, and still parses in well under a second.
pub const MAX_SUMMARY_BYTES: usize = 16 << 20;

/// The most JSON values (numbers, texts, lists, objects) that one summary may hold.
///
/// Bytes alone do not bound memory: `[0,0,0,...]` needs two bytes a value and some thirty in
/// memory. A full list of songs is about 800,000 values.
pub const MAX_SUMMARY_VALUES: usize = 1_500_000;

/// How deep lists and objects of a summary may nest.
///
/// The format itself needs four levels; the rest is for fields of later versions, which are read
/// and ignored. The reader recurses once a level, so this also bounds its stack.
pub const MAX_SUMMARY_DEPTH: usize = 32;

/// The longest list (songs, artists, genres, days, the artists of a song).
///
/// Nobody hears 100,000 different songs in a month: that would be one every 27 seconds.
pub const MAX_LIST: usize = 100_000;

/// The most different unknown fields that are reported one by one.
///
/// They are already grouped by place (`songs[*].popularity` is one), so a real file has a
/// handful; past this number the warnings themselves would be the flood.
pub const MAX_UNKNOWN_FIELDS: usize = 50;

/// The most characters of the caller's data that an error message repeats.
///
/// Enough to recognise a value, too little to leak a text or to fill a log.
pub const MAX_ECHO_CHARS: usize = 40;

/// The longest bracket or dash suffix of a title that is read as a qualifier, in bytes.
///
/// The longest credits of real titles name a dozen artists in about 300 bytes.
pub const MAX_QUALIFIER_BYTES: usize = 1_024;

/// The most shortened forms of one title.
///
/// A real title has at most five qualifiers; a hostile one has tens of thousands, and a form of
/// 100 kB for each would make the work quadratic.
pub const MAX_SHORTENINGS: usize = 12;
