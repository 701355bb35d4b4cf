//! Exports as files on a disk, of the kind that the budget's bench makes larger.

use std::fs::File;
use std::ops::ControlFlow;

use wrapped_import::{Imported, Source, spotify_export};

use crate::check::october;
use crate::large;

fn import(path: &std::path::Path) -> Imported {
    let source = Source::zip("export.zip", File::open(path).unwrap());
    spotify_export::import(source, &october(), &mut |_| ControlFlow::Continue(())).unwrap().unwrap()
}

#[test]
fn a_generated_export_has_the_size_and_the_month_it_promises() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    large::write_zip(&path, 14).unwrap();
    let imported = import(&path);
    assert!((12_000_000..16_000_000).contains(&imported.stats.bytes), "{:?}", imported.stats);
    assert!(imported.stats.files >= 2);
    assert!(imported.summary.totals.plays > Some(50), "{:?}", imported.summary.totals);
    assert_eq!(imported.summary.coverage.map(|coverage| coverage.days), Some(31));
    assert!(imported.summary.totals.new_artists.is_some());
}

#[test]
fn a_crowded_month_counts_every_song() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.zip");
    large::write_crowded_zip(&path, 5_500).unwrap();
    let totals = import(&path).summary.totals;
    assert_eq!((totals.plays, totals.songs, totals.artists), (Some(5500), Some(5500), Some(5500)));
}
