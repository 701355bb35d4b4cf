//! Criterion benches by stage; see `benches/`.
