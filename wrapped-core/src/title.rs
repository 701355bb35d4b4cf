//! The grammar of music titles: what belongs to the name of a song and what merely qualifies it.
