//! Names that broke some renderer, in every place a name can stand.

use std::collections::BTreeSet;

use wrapped_core::{Assets, CardKind, RenderOptions, Summary};

use crate::common::{fixtures, load, renderer};

/// The corpus: name and text.
fn corpus() -> Vec<(String, String)> {
    let json = std::fs::read(fixtures().join("hard-names.json")).expect("the corpus");
    let entries: Vec<serde_json::Value> = serde_json::from_slice(&json).expect("JSON");
    let text = |entry: &serde_json::Value, key: &str| entry[key].as_str().expect(key).to_owned();
    entries.iter().map(|entry| (text(entry, "name"), text(entry, "text"))).collect()
}

/// October with a name in every place.
fn everywhere(text: &str) -> (Summary, Assets) {
    let (mut summary, assets) = load("october");
    summary.user.name = Some(text.to_owned());
    for song in &mut summary.songs {
        song.title = text.to_owned();
        song.artists = vec![text.to_owned(), text.to_owned()];
        song.album = Some(text.to_owned());
    }
    for artist in &mut summary.artists {
        artist.name = text.to_owned();
    }
    for genre in &mut summary.genres {
        genre.name = text.to_owned();
    }
    (summary, assets)
}

#[test]
fn nothing_overflows_and_nothing_is_missing_silently() {
    // Two scripts that the default fonts leave to the optional pack, or that no font has.
    let without_glyphs: BTreeSet<&str> = ["deseret", "pua"].into();
    let mut worker = renderer().worker();
    for (name, text) in corpus() {
        let (summary, assets) = everywhere(&text);
        for locale in ["en", "ar", "ja"] {
            for card in CardKind::ALL {
                let options =
                    RenderOptions { locale: Some(locale.to_owned()), ..RenderOptions::default() };
                let what = format!("{name} in {locale} on {card}");
                let filled = worker.fill(&summary, &assets, card, &options).expect(&what);
                let report = filled.report();
                for slot in &report.slots {
                    assert!(!slot.overflows, "{what}: {slot:?}");
                }
                let missing = !report.missing_glyphs.is_empty();
                assert_eq!(
                    missing,
                    without_glyphs.contains(name.as_str()),
                    "{what}: {:?}",
                    report.missing_glyphs
                );
            }
        }
    }
}

#[test]
fn every_name_is_painted() {
    let mut worker = renderer().worker();
    let options = RenderOptions { scale: 0.25, ..RenderOptions::default() };
    for (name, text) in corpus() {
        let (summary, assets) = everywhere(&text);
        for card in CardKind::ALL {
            let card = worker.render(&summary, &assets, card, &options).expect(&name);
            assert_eq!((card.width, card.height), (270, 480), "{name}");
        }
    }
}

#[test]
fn blank_names_get_a_stand_in_and_a_warning() {
    for blank in ["", "   ", "\u{3164}", "\u{202e}"] {
        let (summary, assets) = everywhere(blank);
        let filled = renderer()
            .worker()
            .fill(&summary, &assets, CardKind::Songs, &RenderOptions::default())
            .expect("a card");
        let report = filled.report();
        let title =
            report.slots.iter().find(|slot| slot.path == "songs[0].title").expect("a title");
        assert_eq!(title.text, "Untitled", "{blank:?}");
        assert!(report.warnings.iter().any(|w| w.path == "songs[0].title"), "{blank:?}");
    }
}

#[test]
fn hostile_text_is_made_safe_and_said_so() {
    let tower = format!("Z{}algo", "\u{300}".repeat(200));
    for (text, shown) in [
        ("tab\there\nnew line", "tab here new line"),
        ("\u{202e}gnirts desrever", "gnirts desrever"),
        ("a\u{200b}b\u{feff}c", "abc"),
        ("{{ user.name }} {% for x in songs %}", "{{ user.name }} {% for x in songs %}"),
        ("</text><script>", "</text><script>"),
        (tower.as_str(), "Z\u{300}\u{300}\u{300}\u{300}algo"),
    ] {
        let (mut summary, assets) = load("ok-two-songs");
        summary.songs[1].title = text.to_owned();
        let filled = renderer()
            .worker()
            .fill(&summary, &assets, CardKind::Songs, &RenderOptions::default())
            .expect("a card");
        let slot = filled.report().slots.iter().find(|slot| slot.path == "songs[1].title");
        let slot = slot.expect("a title");
        // Composed forms are what is shown: Z with a grave has none, so marks stay marks.
        // A slot may shorten it further, which is another matter.
        let start = slot.text.trim_end_matches('…');
        assert!(shown.starts_with(start) && start.len() * 3 > shown.len() * 2, "{slot:?}");
    }
}

#[test]
fn a_missing_glyph_can_be_an_error() {
    let (summary, assets) = everywhere("𐐔𐐯𐑅");
    let options = RenderOptions {
        missing_glyphs: wrapped_core::MissingGlyphs::Error,
        ..RenderOptions::default()
    };
    let error = renderer()
        .worker()
        .render(&summary, &assets, CardKind::Songs, &options)
        .expect_err("Deseret is not in the default fonts");
    assert_eq!(error.kind(), wrapped_core::ErrorKind::Font);
    assert!(error.to_string().contains("U+10414"), "{error}");
}
