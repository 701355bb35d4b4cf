//! Goldens: few pictures at a third of the size, compared as decoded pixels.
//!
//! `cargo xtask bless NAME` rewrites one and then fails on purpose: look at it, then run again.

use std::path::PathBuf;

use wrapped_core::{CardKind, RenderOptions};

use crate::common::{decode, render};

/// Same size, all channels, difference at most this; no pixel beyond.
const TOLERANCE: u8 = 1;
/// A picture that says more than this says it too loudly for a repository.
const LARGEST_BYTES: usize = 200 << 10;

fn check(name: &str, fixture: &str, card: CardKind) {
    let options = RenderOptions { scale: 1.0 / 3.0, ..RenderOptions::default() };
    let actual = render(fixture, card, &options).png;
    assert!(actual.len() <= LARGEST_BYTES, "{name} has {} bytes", actual.len());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.png"));
    if std::env::var("WRAPPED_BLESS").is_ok_and(|bless| bless == name) {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("golden folder");
        std::fs::write(&path, &actual).expect("a golden");
        panic!("{} was rewritten: look at it, then run again", path.display());
    }
    let expected = std::fs::read(&path)
        .unwrap_or_else(|_| panic!("no golden; make it with: cargo xtask bless {name}"));
    let (expected, pixels) = (decode(&expected), decode(&actual));
    let same_size = (expected.width, expected.height) == (pixels.width, pixels.height);
    let beyond = if same_size {
        let pairs = expected.rgba.chunks_exact(4).zip(pixels.rgba.chunks_exact(4));
        pairs.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > TOLERANCE)).count()
    } else {
        usize::MAX
    };
    if beyond > 0 {
        let shown = path.with_extension("actual.png");
        std::fs::write(&shown, &actual).expect("the actual picture");
        panic!(
            "{name}: {beyond} pixels differ; expected {}, actual {}",
            path.display(),
            shown.display()
        );
    }
}

#[test]
fn block_songs() {
    check("block-songs", "october", CardKind::Songs);
}

#[test]
fn block_artists() {
    check("block-artists", "october", CardKind::Artists);
}

#[test]
fn block_songs_arabic() {
    check("block-songs-ar", "ok-name-arabic", CardKind::Songs);
}

#[test]
fn block_artists_japanese() {
    check("block-artists-ja", "ok-names-japanese", CardKind::Artists);
}

#[test]
fn block_no_songs() {
    check("block-songs-none", "ok-no-songs", CardKind::Songs);
}

#[test]
fn block_no_covers() {
    check("block-songs-no-covers", "ok-no-covers", CardKind::Songs);
}
