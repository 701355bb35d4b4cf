//! Listening exports become summaries.
