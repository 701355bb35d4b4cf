//! The themes, label files and fonts that ship with wrapped.
