//! The renderer: themes, languages and fonts, compiled once and shared; workers that render.

use std::sync::Arc;

use crate::context::CardKind;
use crate::encode::{self, Description};
use crate::error::{Error, ErrorKind, Result};
use crate::fill::{Order, StillCache, Tools, fill};
use crate::image::{Assets, Images};
use crate::locale::{Locale, Locales};
use crate::paint;
use crate::report::Report;
use crate::scene::Scene;
use crate::summary::Summary;
use crate::svg;
use crate::template::{Theme, ThemeSource};
use crate::text::fonts::Fonts;
use crate::text::shape::Shaper;
use crate::warning::Warning;

/// Compiled themes, languages and fonts. `Send + Sync`: make one and share it; every thread takes
/// a [`Worker`] of its own.
#[derive(Debug)]
pub struct Renderer {
    themes: Vec<Theme>,
    locales: Locales,
    fonts: Arc<Fonts>,
    stills: StillCache,
}

/// How a card is to be rendered.
#[derive(Clone, Debug)]
pub struct RenderOptions {
    /// The theme's name; none for the first one.
    pub theme: Option<String>,
    /// The language; none for the summary's own.
    pub locale: Option<String>,
    /// The size of the card relative to the template, 0.25..=2.
    pub scale: f32,
    /// What to do about a character that no font has.
    pub missing_glyphs: MissingGlyphs,
}

/// What to do about a character that no font has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MissingGlyphs {
    /// Show a small dot and warn.
    #[default]
    Substitute,
    /// Fail with kind `font`.
    Error,
}

impl Default for RenderOptions {
    fn default() -> Self {
        Self { theme: None, locale: None, scale: 1.0, missing_glyphs: MissingGlyphs::default() }
    }
}

/// A finished card.
#[derive(Clone, Debug)]
pub struct Card {
    /// Which card.
    pub kind: CardKind,
    /// The PNG file.
    pub png: Vec<u8>,
    /// px.
    pub width: u32,
    /// px.
    pub height: u32,
    /// What there is to know about it, the alt text included.
    pub report: Report,
}

impl Card {
    /// A sentence or two that a screen reader can speak.
    pub fn alt_text(&self) -> &str {
        &self.report.alt_text
    }
}

/// The least and the largest scale.
const SCALES: std::ops::RangeInclusive<f32> = 0.25..=2.0;

impl Renderer {
    /// A renderer of these themes; the first is the default.
    ///
    /// # Errors
    ///
    /// Kind `template` if a theme does not compile, `font` without any font.
    pub fn new(themes: &[ThemeSource], locales: Locales, fonts: Fonts) -> Result<Self> {
        if fonts.faces().is_empty() {
            return Err(Error::new(ErrorKind::Font, "no font is loaded"));
        }
        if themes.is_empty() {
            return Err(Error::new(ErrorKind::Usage, "a renderer needs a theme"));
        }
        let themes: Result<Vec<Theme>> =
            themes.iter().map(|source| Theme::compile(source, &locales)).collect();
        Ok(Self { themes: themes?, locales, fonts: Arc::new(fonts), stills: StillCache::default() })
    }

    /// The themes in order; the first is the default.
    pub fn themes(&self) -> &[Theme] {
        &self.themes
    }

    /// The languages.
    pub fn locales(&self) -> &Locales {
        &self.locales
    }

    /// The fonts.
    pub fn fonts(&self) -> &Fonts {
        &self.fonts
    }

    /// A worker for one thread, with its own shaper and caches.
    pub fn worker(&self) -> Worker<'_> {
        Worker {
            renderer: self,
            shaper: Shaper::new(self.fonts.clone()),
            images: Images::default(),
        }
    }

    fn theme(&self, name: Option<&str>) -> Result<usize> {
        let Some(name) = name else { return Ok(0) };
        self.themes.iter().position(|theme| theme.name() == name).ok_or_else(|| {
            let known: Vec<&str> = self.themes.iter().map(Theme::name).collect();
            let message = format!("there is no theme {name:?}; there are {}", known.join(", "));
            Error::new(ErrorKind::Usage, message)
        })
    }
}

/// A thread's renderer. Its caches make later cards faster and never change them.
pub struct Worker<'r> {
    renderer: &'r Renderer,
    shaper: Shaper,
    images: Images,
}

/// A filled card on its way to pixels.
#[derive(Debug)]
pub struct Filled {
    scene: Scene,
    report: Report,
    description: String,
}

impl Worker<'_> {
    /// Renders one card.
    ///
    /// # Errors
    ///
    /// Kind `usage` for an unknown theme or a scale out of range, `template` if the theme fails on
    /// this summary, `font` if a glyph is missing and that is to be an error.
    pub fn render(
        &mut self,
        summary: &Summary,
        assets: &Assets,
        card: CardKind,
        options: &RenderOptions,
    ) -> Result<Card> {
        self.fill(summary, assets, card, options)?.finish()
    }

    /// The first stage alone: every decision made, nothing painted.
    ///
    /// # Errors
    ///
    /// As [`Worker::render`].
    pub fn fill(
        &mut self,
        summary: &Summary,
        assets: &Assets,
        card: CardKind,
        options: &RenderOptions,
    ) -> Result<Filled> {
        if !SCALES.contains(&options.scale) {
            let message = format!("the scale must be 0.25 to 2, not {}", options.scale);
            return Err(Error::new(ErrorKind::Usage, message));
        }
        let theme_index = self.renderer.theme(options.theme.as_deref())?;
        let wanted = options.locale.as_deref().or(summary.locale.as_deref());
        let (locale, fallback): (Arc<Locale>, Option<Warning>) =
            self.renderer.locales.negotiate(wanted)?;
        let order = Order {
            theme: &self.renderer.themes[theme_index],
            theme_index,
            card,
            summary,
            assets,
            locale: &locale,
            scale: options.scale,
        };
        let mut tools = Tools {
            shaper: &mut self.shaper,
            images: &mut self.images,
            stills: &self.renderer.stills,
        };
        let filled = fill(&order, &mut tools);
        self.images.end_card();
        let (scene, mut report) = filled?;
        report.warnings.splice(0..0, fallback);
        if options.missing_glyphs == MissingGlyphs::Error
            && let Some(missing) = report.missing_glyphs.first()
        {
            let message = format!("no font has {}; add one that does", missing.code_point);
            return Err(Error::new(ErrorKind::Font, message).at(missing.path.clone()));
        }
        let description = description(&locale, card, summary);
        Ok(Filled { scene, report, description })
    }
}

/// "Top songs, October 2026" in the card's language: what the file says about itself.
fn description(locale: &Locale, card: CardKind, summary: &Summary) -> String {
    let label = match card {
        CardKind::Songs => "top_songs",
        CardKind::Artists => "top_artists",
    };
    let label = locale.file.labels.get(label).map_or(card.name(), String::as_str);
    let period = locale.period(summary.period.year, summary.period.month);
    format!("{label}{}{period}", locale.file.list_separator)
}

impl Filled {
    /// What there is to know about the card.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The scene as text, one line an item: what tests compare.
    pub fn describe(&self) -> String {
        self.scene.describe()
    }

    /// The card as SVG: the reference picture.
    ///
    /// # Errors
    ///
    /// Kind `limit` if a picture cannot be written.
    pub fn to_svg(&self) -> Result<String> {
        svg::to_svg(&self.scene, &self.report.alt_text)
    }

    /// Paints the card: premultiplied RGBA.
    ///
    /// # Errors
    ///
    /// Kind `template` if a piece of the drawing is no valid SVG.
    pub fn paint(&self) -> Result<tiny_skia::Pixmap> {
        paint::paint(&self.scene)
    }

    /// Encodes the card's pixels.
    ///
    /// # Errors
    ///
    /// Kind `limit` if the encoder refuses the size.
    pub fn encode(&self, pixels: &tiny_skia::Pixmap) -> Result<Vec<u8>> {
        encode::encode(pixels, &Description { text: &self.description })
    }

    /// Paints and encodes.
    ///
    /// # Errors
    ///
    /// As [`Filled::paint`] and [`Filled::encode`].
    pub fn finish(self) -> Result<Card> {
        let pixels = self.paint()?;
        let png = self.encode(&pixels)?;
        Ok(Card {
            kind: self.report.card,
            png,
            width: pixels.width(),
            height: pixels.height(),
            report: self.report,
        })
    }
}
