//! Scenes: what is where, as text. They say *what* moved when a golden only says that something
//! did.

use wrapped_core::{CardKind, RenderOptions};

use crate::common::fill;

/// Compares the scene of a fixture's card with the snapshot of that name.
fn check(snapshot: &str, fixture: &str, card: CardKind) {
    let scene = fill(fixture, card, &RenderOptions::default()).describe();
    insta::assert_snapshot!(snapshot, scene);
}

#[test]
fn a_full_month() {
    check("october-songs", "october", CardKind::Songs);
    check("october-artists", "october", CardKind::Artists);
}

#[test]
fn a_mirrored_month() {
    check("ok-name-arabic-songs", "ok-name-arabic", CardKind::Songs);
}

#[test]
fn a_japanese_month() {
    check("ok-names-japanese-artists", "ok-names-japanese", CardKind::Artists);
}

#[test]
fn sparse_months() {
    check("ok-no-songs-songs", "ok-no-songs", CardKind::Songs);
    check("ok-one-song-songs", "ok-one-song", CardKind::Songs);
    check("ok-two-songs-songs", "ok-two-songs", CardKind::Songs);
    check("ok-no-covers-songs", "ok-no-covers", CardKind::Songs);
    check("ok-no-days-songs", "ok-no-days", CardKind::Songs);
    check("ok-no-totals-artists", "ok-no-totals", CardKind::Artists);
}

#[test]
fn long_names_are_shortened_with_a_warning() {
    let filled = fill("ok-long-names", CardKind::Songs, &RenderOptions::default());
    let report = serde_json::to_value(filled.report()).expect("a report is JSON");
    for slot in report["slots"].as_array().expect("slots") {
        assert_eq!(slot["overflows"], false, "{slot}");
        if slot["shortened"].is_null() {
            continue;
        }
        let path = &slot["path"];
        let warned = report["warnings"].as_array().expect("warnings").iter();
        let warned = warned.filter(|w| w["code"] == "text_shortened" && w["path"] == *path);
        assert!(warned.count() > 0, "{path} was shortened without a word");
    }
    let shortened = report["slots"].as_array().expect("slots").iter();
    assert!(shortened.filter(|slot| !slot["shortened"].is_null()).count() > 0);
}

#[test]
fn rows_of_a_list_share_one_size() {
    let filled = fill("ok-long-names", CardKind::Songs, &RenderOptions::default());
    let slots = &filled.report().slots;
    let rows = (1..5).map(|i| {
        let path = format!("songs[{i}].title");
        slots.iter().find(|slot| slot.path == path).expect("a row").size
    });
    let sizes: Vec<f32> = rows.collect();
    assert!(sizes.windows(2).all(|pair| pair[0] == pair[1]), "{sizes:?}");
}
