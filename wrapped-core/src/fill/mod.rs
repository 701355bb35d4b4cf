//! `fill`: a template and a summary become a scene. Every decision is made here: states chosen,
//! lists repeated, texts fitted, images placed.

mod emit;
mod expand;
mod geometry;
mod markup;
mod still;
mod text;

use std::sync::Arc;

use minijinja::Value;

use crate::context::{self, CardKind};
use crate::error::Result;
use crate::image::{Assets, Images};
use crate::locale::Locale;
use crate::report::Report;
use crate::scene::Scene;
use crate::summary::Summary;
use crate::template::{Template, Theme, expr};
use crate::text::shape::Shaper;
use crate::warning::Warning;

pub(crate) use expand::PictureJob;
pub(crate) use geometry::{hex, length, n, path_data};
pub(crate) use markup::{Definition, data_uri};
pub(crate) use still::{StillCache, StillKey};
pub(crate) use text::TextJob;

/// What a card is filled with.
pub(crate) struct Order<'a> {
    pub(crate) theme: &'a Theme,
    /// Tells the themes of one renderer apart in the cache.
    pub(crate) theme_index: usize,
    pub(crate) card: CardKind,
    pub(crate) summary: &'a Summary,
    pub(crate) assets: &'a Assets,
    pub(crate) locale: &'a Arc<Locale>,
    pub(crate) scale: f32,
}

/// The tools of a worker that filling needs.
pub(crate) struct Tools<'a> {
    pub(crate) shaper: &'a mut Shaper,
    pub(crate) images: &'a mut Images,
    pub(crate) stills: &'a StillCache,
}

/// Fills a card.
///
/// # Errors
///
/// Kind `template` if an expression fails for this summary.
pub(crate) fn fill(order: &Order<'_>, tools: &mut Tools<'_>) -> Result<(Scene, Report)> {
    let template = order.theme.template(order.card);
    let (values, mut warnings) = context::build(order.summary, order.locale, order.card);
    let palette = order.theme.palette(order.summary.period.month);
    let labels = Value::from(minijinja::value::Serde(&order.locale.file.labels));
    let values = minijinja::context! {
        theme => order.theme.values(palette), labels => labels, ..values
    };
    let values = expr::with_locale(values, order.locale);
    let mut filler = Filler {
        template,
        tools,
        assets: order.assets,
        locale: order.locale,
        scale: order.scale,
        texts: Vec::new(),
        pictures: Vec::new(),
        definitions: Default::default(),
        still: None,
        elements: 0,
        warnings: Vec::new(),
        values: values.clone(),
        key: StillKey {
            theme: order.theme_index,
            card: order.card,
            palette,
            rtl: order.locale.rtl(),
            scale_bits: order.scale.to_bits(),
            region: order.locale.region(),
            segment: 0,
        },
        last_still: None,
    };
    let (items, width, height) = filler.card()?;
    let alt_text = alt_text(template, order, &values)?;
    let mut report =
        Report::new(order, &filler.texts, &filler.pictures, alt_text, filler.tools.shaper);
    warnings.append(&mut filler.warnings);
    report.warnings.splice(0..0, warnings);
    report.finish();
    let definitions = std::mem::take(&mut filler.definitions);
    Ok((Scene { width, height, items, definitions }, report))
}

fn alt_text(template: &Template, order: &Order<'_>, values: &Value) -> Result<String> {
    let alt = &order.locale.file.alt;
    let (source, key) = match order.card {
        CardKind::Songs => (&alt.songs, "alt.songs"),
        CardKind::Artists => (&alt.artists, "alt.artists"),
    };
    let text = template.expressions.render_once(source, values).map_err(|error| {
        expr::evaluation(&format!("labels/{}.toml, {key}", order.locale.file.tag), &error)
    })?;
    let plain: Vec<&str> = text.split_whitespace().collect();
    Ok(plain.join(" ").replace(['\u{2068}', '\u{2069}'], ""))
}

/// A card at work.
pub(crate) struct Filler<'a, 't> {
    template: &'a Template,
    tools: &'a mut Tools<'t>,
    assets: &'a Assets,
    locale: &'a Arc<Locale>,
    scale: f32,
    texts: Vec<text::TextJob>,
    pictures: Vec<expand::PictureJob>,
    definitions: std::collections::BTreeMap<String, Definition>,
    /// The run of still elements being made, if one is.
    still: Option<u32>,
    elements: usize,
    warnings: Vec<Warning>,
    values: Value,
    key: StillKey,
    last_still: Option<u32>,
}
