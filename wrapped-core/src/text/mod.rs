//! The one text engine: foreign text made safe, cut into runs of one face, shaped, fitted into
//! its slot and turned into outlines.

pub(crate) mod faces;
pub(crate) mod fit;
pub mod fonts;
pub(crate) mod outline;
pub(crate) mod safe;
pub(crate) mod shape;
