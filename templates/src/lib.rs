//! The themes, label files and fonts that ship with wrapped, embedded.
//!
//! ```
//! let renderer = wrapped_templates::renderer()?;
//! assert_eq!(renderer.themes()[0].name(), "block");
//! # Ok::<(), wrapped_core::Error>(())
//! ```

use std::sync::Arc;

use wrapped_core::{Fonts, Locale, Locales, Renderer, Result, ThemeSource};

macro_rules! theme {
    ($name:literal) => {
        (
            $name,
            include_str!(concat!("../themes/", $name, "/theme.toml")),
            include_str!(concat!("../themes/", $name, "/songs.svg")),
            include_str!(concat!("../themes/", $name, "/artists.svg")),
        )
    };
}

macro_rules! label {
    ($tag:literal) => {
        (concat!($tag, ".toml"), include_str!(concat!("../labels/", $tag, ".toml")))
    };
}

macro_rules! font {
    ($file:literal) => {
        ($file, include_bytes!(concat!("../fonts/", $file)) as &[u8])
    };
}

/// The shipped themes, the default one first.
pub fn themes() -> Vec<ThemeSource> {
    THEMES
        .iter()
        .map(|&(name, manifest, songs, artists)| ThemeSource {
            name: name.to_owned(),
            manifest: manifest.to_owned(),
            songs: songs.to_owned(),
            artists: artists.to_owned(),
        })
        .collect()
}

/// The shipped languages.
///
/// # Errors
///
/// None in a released build: the files are tested.
pub fn locales() -> Result<Locales> {
    let mut locales = Locales::new();
    for (name, text) in LABELS {
        locales.add(Locale::from_toml(name, text)?);
    }
    Ok(locales)
}

/// The default fonts, in order of preference.
///
/// # Errors
///
/// None in a released build: the files are tested.
pub fn fonts() -> Result<Fonts> {
    let mut fonts = Fonts::new();
    for &(name, bytes) in FONTS {
        fonts.add(name, Arc::new(bytes))?;
    }
    Ok(fonts)
}

/// A renderer of the shipped themes with the default fonts and all languages.
///
/// # Errors
///
/// None in a released build: the files are tested.
pub fn renderer() -> Result<Renderer> {
    Renderer::new(&themes(), locales()?, fonts()?)
}

/// Name, `theme.toml`, `songs.svg`, `artists.svg`.
const THEMES: &[(&str, &str, &str, &str)] = &[theme!("block")];

/// File name and text.
const LABELS: &[(&str, &str)] = &[label!("en"), label!("de"), label!("ar"), label!("ja")];

/// File name and bytes; the order decides which font serves a character that several have.
const FONTS: &[(&str, &[u8])] = &[
    font!("Inter-Regular.ttf"),
    font!("Inter-Bold.ttf"),
    font!("Inter-Black.ttf"),
    font!("NotoSans-Regular.ttf"),
    font!("NotoSans-Bold.ttf"),
    font!("NotoSerifDisplay-Black.ttf"),
    font!("NotoSerif-Bold.ttf"),
    font!("NotoSansArabic-Regular.ttf"),
    font!("NotoSansArabic-Bold.ttf"),
    font!("NotoSansHebrew-Regular.ttf"),
    font!("NotoSansHebrew-Bold.ttf"),
    font!("NotoSansThai-Regular.ttf"),
    font!("NotoSansThai-Bold.ttf"),
    font!("NotoSansDevanagari-Regular.ttf"),
    font!("NotoSansDevanagari-Bold.ttf"),
    font!("NotoSansBengali-Regular.ttf"),
    font!("NotoSansBengali-Bold.ttf"),
    font!("NotoSansTamil-Regular.ttf"),
    font!("NotoSansTamil-Bold.ttf"),
    font!("NotoSansGeorgian-Regular.ttf"),
    font!("NotoSansGeorgian-Bold.ttf"),
    font!("NotoSansArmenian-Regular.ttf"),
    font!("NotoSansArmenian-Bold.ttf"),
    font!("NotoSansEthiopic-Regular.ttf"),
    font!("NotoSansEthiopic-Bold.ttf"),
    font!("NotoSansSymbols-Regular.ttf"),
    font!("NotoSansSymbols-Bold.ttf"),
    font!("NotoSansSymbols2-Regular.ttf"),
    font!("NotoSansMath-Regular.ttf"),
    font!("NotoMusic-Regular.ttf"),
    font!("NotoSansMono-Regular.ttf"),
    font!("NotoSansCJK-Regular.ttc"),
    font!("NotoSansCJK-Bold.ttc"),
    font!("Twemoji.ttf"),
];
