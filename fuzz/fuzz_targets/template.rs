//! Any text as a template: compiled or refused, and what compiles can be filled and written as an
//! SVG or fails with an error; never a panic, and in bounded time.
#![no_main]

use std::sync::{Arc, LazyLock};

use libfuzzer_sys::fuzz_target;
use wrapped_core::{
    Assets, CardKind, Fonts, Locale, Locales, RenderOptions, Renderer, Summary, ThemeSource,
};

const LABELS: &str = include_str!("../../templates/labels/en.toml");
const FONT: &[u8] = include_bytes!("../../templates/fonts/NotoSans-Regular.ttf");
const ARTISTS: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="90" height="160"/>"#;
const MANIFEST: &str = "name = \"fuzz\"\ntitle = \"Fuzz\"\n[constants]\nink = \"#141414\"\n";

static SUMMARY: LazyLock<Summary> = LazyLock::new(|| {
    let json = include_bytes!("../corpus/summary/full.json");
    Summary::from_json(json).expect("the seed is a summary").value
});

fuzz_target!(|songs: &str| {
    let source = ThemeSource {
        name: "fuzz".to_owned(),
        manifest: MANIFEST.to_owned(),
        songs: songs.to_owned(),
        artists: ARTISTS.to_owned(),
    };
    let mut locales = Locales::new();
    locales.add(Locale::from_toml("en.toml", LABELS).expect("the shipped labels are valid"));
    let mut fonts = Fonts::new();
    fonts.add("font", Arc::new(FONT)).expect("the shipped font is valid");
    let Ok(renderer) = Renderer::new(&[source], locales, fonts) else { return };
    let options = RenderOptions { scale: 0.25, ..RenderOptions::default() };
    let filled = renderer.worker().fill(&SUMMARY, &Assets::new(), CardKind::Songs, &options);
    let _ = filled.and_then(|filled| filled.to_svg());
});
