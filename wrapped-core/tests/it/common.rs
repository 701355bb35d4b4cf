//! What the tests share: one renderer, fixtures with their images, pixels.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use wrapped_core::{Assets, Card, CardKind, Filled, RenderOptions, Renderer, Summary, ThemeSource};

/// The shipped themes, fonts and languages.
pub fn renderer() -> &'static Renderer {
    static RENDERER: OnceLock<Renderer> = OnceLock::new();
    RENDERER.get_or_init(|| wrapped_templates::renderer().expect("shipped themes compile"))
}

/// A renderer of one theme made of two drawings, with the shipped fonts and languages.
pub fn renderer_of(songs: &str, manifest: &str) -> wrapped_core::Result<Renderer> {
    let theme = ThemeSource {
        name: "test".to_owned(),
        manifest: format!("name = \"test\"\ntitle = \"Test\"\n{manifest}"),
        songs: songs.to_owned(),
        artists: "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>".to_owned(),
    };
    Renderer::new(&[theme], wrapped_templates::locales()?, wrapped_templates::fonts()?)
}

pub fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures")
}

/// A summary of `fixtures/summaries` with the images it refers to.
pub fn load(name: &str) -> (Summary, Assets) {
    let folder = fixtures().join("summaries");
    let json = std::fs::read(folder.join(format!("{name}.json"))).expect(name);
    let summary = Summary::from_json(&json).expect(name).value;
    let assets = assets(&summary, &folder);
    (summary, assets)
}

pub fn assets(summary: &Summary, folder: &Path) -> Assets {
    let mut assets = Assets::new();
    let covers = summary.songs.iter().filter_map(|song| song.cover.as_ref());
    for reference in covers.chain(summary.artists.iter().filter_map(|a| a.image.as_ref())) {
        if let Ok(bytes) = std::fs::read(folder.join(reference)) {
            assets.insert(reference.clone(), bytes);
        }
    }
    assets
}

pub fn fill(name: &str, card: CardKind, options: &RenderOptions) -> Filled {
    let (summary, assets) = load(name);
    renderer().worker().fill(&summary, &assets, card, options).expect(name)
}

pub fn render(name: &str, card: CardKind, options: &RenderOptions) -> Card {
    let (summary, assets) = load(name);
    renderer().worker().render(&summary, &assets, card, options).expect(name)
}

/// A small summary with the given title on its only song.
pub fn with_title(title: &str) -> Summary {
    let json = format!(
        r#"{{"version": 1, "period": {{"year": 2026, "month": 10}}, "artists": [],
            "songs": [{{"title": {}, "artists": ["Somebody"], "plays": 3}}]}}"#,
        serde_json::Value::from(title)
    );
    Summary::from_json(json.as_bytes()).expect("a small summary").value
}

/// Straight RGBA of a PNG file.
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgba: Vec<u8>,
}

pub fn decode(png: &[u8]) -> Pixels {
    let picture = wrapped_core::image::decode(png).expect("a PNG of ours");
    Pixels { width: picture.width, height: picture.height, rgba: picture.rgba }
}

/// The largest channel difference, and how many pixels differ by more than `tolerance`.
pub fn difference(a: &[u8], b: &[u8], tolerance: u8) -> (u8, usize) {
    assert_eq!(a.len(), b.len(), "pictures of different sizes");
    let mut largest = 0;
    let mut beyond = 0;
    for (a, b) in a.chunks_exact(4).zip(b.chunks_exact(4)) {
        let diff = a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0);
        largest = largest.max(diff);
        beyond += usize::from(diff > tolerance);
    }
    (largest, beyond)
}
