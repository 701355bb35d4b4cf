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
/// Characters of a text that are laid out; no slot of a card shows more, and the longest real
/// song title that we know of has 305.
pub const MAX_TEXT_CHARS: usize = 1_000;

/// Combining marks kept on one letter; real orthographies need at most four (Vedic Sanskrit,
/// pointed and cantillated Hebrew).
pub const MAX_MARKS_PER_CLUSTER: usize = 4;

/// Entries of a list that a template sees; no card has room for more, and a summary may hold
/// a hundred thousand.
pub const MAX_CONTEXT_ENTRIES: usize = 100;

/// Bytes of a template file; the largest shipped one has 40 kB, Inkscape's with embedded
/// raster art stay below.
pub const MAX_TEMPLATE_BYTES: usize = 4 << 20;

/// Levels of nesting in a template; drawings have under 30, and every stage recurses over it.
pub const MAX_TEMPLATE_DEPTH: usize = 64;

/// Elements of a template, `use` references expanded, so that a chain of them cannot explode.
pub const MAX_TEMPLATE_ELEMENTS: usize = 20_000;

/// Elements of a filled card, `data-each` expanded.
pub const MAX_CARD_ELEMENTS: usize = 20_000;

/// Instructions that one expression of a template may run; the longest shipped one takes 200.
pub const EXPRESSION_FUEL: u64 = 50_000;

/// Bytes of an image file; a 3,000 px JPEG at full quality has 10 MB.
pub const MAX_IMAGE_BYTES: usize = 20 << 20;

/// Pixels of an image before decoding (width × height); 6,000 × 6,000 takes 144 MB as RGBA.
pub const MAX_IMAGE_PIXELS: u64 = 36_000_000;

/// Bytes of decoded and scaled images that a worker keeps.
pub const IMAGE_CACHE_BYTES: usize = 32 << 20;

/// Glyph outlines that a worker keeps; a CJK month uses about a thousand.
pub const GLYPH_CACHE_ENTRIES: usize = 8_192;

/// Characters whose face a worker remembers, misses included.
pub const FACE_CACHE_ENTRIES: usize = 16_384;

/// Bytes of painted static layers that a renderer keeps: a full card takes 8.3 MB.
pub const LAYER_CACHE_BYTES: usize = 64 << 20;

/// Faces of a font set; the default set has 40, and a missing character is looked for in all.
pub const MAX_FACES: usize = 1_000;
