//! What the benches share: the fixtures, set up outside the loop, and criterion's settings.

use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use wrapped_core::{Assets, Summary};

/// Samples enough for a stable median of milliseconds, in a bearable time.
pub fn settings() -> Criterion {
    Criterion::default().sample_size(30).measurement_time(Duration::from_secs(5))
}

/// The shipped October summary with its covers.
///
/// # Panics
///
/// If the fixtures are not beside this package.
pub fn october() -> (Summary, Assets) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/summaries");
    let json = std::fs::read(folder.join("october.json")).expect("the October summary");
    let summary = Summary::from_json(&json).expect("a valid summary").value;
    let mut assets = Assets::new();
    let covers = summary.songs.iter().filter_map(|song| song.cover.as_ref());
    for reference in covers.chain(summary.artists.iter().filter_map(|a| a.image.as_ref())) {
        assets.insert(reference.clone(), std::fs::read(folder.join(reference)).expect("a cover"));
    }
    (summary, assets)
}
