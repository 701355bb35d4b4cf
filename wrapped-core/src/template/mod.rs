//! Themes: two drawings, their constants and palettes, compiled once.

pub(crate) mod check;
mod compile;
mod compile_text;
pub(crate) mod expr;
mod filters;
mod inherit;
mod live;
pub(crate) mod node;
pub(crate) mod style;
mod xml;

use std::collections::BTreeMap;

use minijinja::Value;
use serde::Deserialize;

use crate::context::{self, CardKind};
use crate::error::{Error, Result};
use crate::locale::Locales;
use check::Names;
use compile::Placeholders;
use expr::Expressions;
pub(crate) use inherit::is_inherited;
use node::Drawing;

/// The files of a theme, as text.
#[derive(Clone, Debug)]
pub struct ThemeSource {
    /// The name under which it is asked for.
    pub name: String,
    /// `theme.toml`.
    pub manifest: String,
    /// `songs.svg`.
    pub songs: String,
    /// `artists.svg`.
    pub artists: String,
}

/// `theme.toml` as a designer writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Manifest {
    name: String,
    title: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    constants: toml::Table,
    #[serde(default)]
    palettes: Vec<toml::Table>,
    #[serde(default)]
    placeholders: Placeholders,
}

/// A compiled theme: both templates, ready to be filled any number of times.
#[derive(Debug)]
pub struct Theme {
    name: String,
    title: String,
    description: String,
    templates: [Template; 2],
    /// `theme.NAME` by month, or once if there are no palettes.
    values: Vec<Value>,
}

/// A compiled drawing with its expressions.
pub struct Template {
    /// The card it draws.
    pub(crate) card: CardKind,
    pub(crate) drawing: Drawing,
    pub(crate) expressions: Expressions,
}

impl std::fmt::Debug for Template {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Template").field("card", &self.card).finish_non_exhaustive()
    }
}

impl Template {
    /// Compiles one drawing against the names of a theme and of the label files.
    ///
    /// # Errors
    ///
    /// Kind `template`: file, element and attribute, and what is wrong with it.
    fn compile(
        card: CardKind,
        svg: &str,
        names: &Names,
        placeholders: &Placeholders,
    ) -> Result<Self> {
        let mut expressions = Expressions::new();
        let file = format!("{card}.svg");
        let drawing = compile::compile(&file, svg, names, placeholders, &mut expressions)?;
        Ok(Self { card, drawing, expressions })
    }
}

impl Theme {
    /// Compiles a theme against the label files that it will be filled with.
    ///
    /// # Errors
    ///
    /// Kind `template` with file, element and attribute.
    pub fn compile(source: &ThemeSource, locales: &Locales) -> Result<Self> {
        let manifest: Manifest = toml::from_str(&source.manifest)
            .map_err(|error| Error::template("theme.toml", error.message().to_owned()))?;
        if !matches!(manifest.palettes.len(), 0 | 12) {
            let message =
                format!("must be 12, one a month, or none; are {}", manifest.palettes.len());
            return Err(Error::template("theme.toml, palettes", message));
        }
        let values = theme_values(&manifest)?;
        let theme_names = theme_names(&manifest);
        let labels = label_names(locales)?;
        let names = Names::new(context::shape(&theme_names, &labels));
        let template =
            |card, svg: &str| Template::compile(card, svg, &names, &manifest.placeholders);
        Ok(Self {
            templates: [
                template(CardKind::Songs, &source.songs)?,
                template(CardKind::Artists, &source.artists)?,
            ],
            name: manifest.name,
            title: manifest.title,
            description: manifest.description,
            values,
        })
    }

    /// The name under which it is asked for.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name as people read it.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// A sentence about its character.
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The template of a card.
    pub(crate) fn template(&self, card: CardKind) -> &Template {
        &self.templates[card as usize]
    }

    /// Which of the palettes serves a month (1..=12).
    pub(crate) fn palette(&self, month: u8) -> usize {
        usize::from(month.saturating_sub(1)).min(self.values.len() - 1)
    }

    /// `theme.NAME` for a palette.
    pub(crate) fn values(&self, palette: usize) -> &Value {
        &self.values[palette]
    }
}

fn theme_values(manifest: &Manifest) -> Result<Vec<Value>> {
    let with = |palette: Option<&toml::Table>| {
        let mut map: BTreeMap<String, Value> = BTreeMap::new();
        for (key, value) in manifest.constants.iter().chain(palette.into_iter().flatten()) {
            if matches!(value, toml::Value::Table(_) | toml::Value::Datetime(_)) {
                let message = "must be a text, number, truth value or list";
                return Err(Error::template(format!("theme.toml, {key}"), message));
            }
            map.insert(key.clone(), Value::from(minijinja::value::Serde(value)));
        }
        Ok(Value::from(map))
    };
    if manifest.palettes.is_empty() {
        return Ok(vec![with(None)?]);
    }
    let first: Vec<&String> = manifest.palettes[0].keys().collect();
    for (index, palette) in manifest.palettes.iter().enumerate() {
        if palette.keys().collect::<Vec<_>>() != first {
            return Err(Error::template(
                format!("theme.toml, palettes[{index}]"),
                "must have the same keys as the first palette",
            ));
        }
    }
    manifest.palettes.iter().map(|palette| with(Some(palette))).collect()
}

fn theme_names(manifest: &Manifest) -> Vec<String> {
    let palette = manifest.palettes.first().into_iter().flatten();
    manifest.constants.iter().chain(palette).map(|(key, _)| key.clone()).collect()
}

/// The labels that every language has; a language that lacks one of another's is an error.
fn label_names(locales: &Locales) -> Result<Vec<String>> {
    let mut all = locales.iter();
    let Some(first) = all.next() else { return Ok(Vec::new()) };
    let names: Vec<String> = first.file.labels.keys().cloned().collect();
    for other in all {
        for name in &names {
            if !other.file.labels.contains_key(name) {
                return Err(Error::template(
                    format!("labels/{}.toml, labels.{name}", other.file.tag),
                    format!("is missing; {} has it", first.file.tag),
                ));
            }
        }
        for name in other.file.labels.keys() {
            if !first.file.labels.contains_key(name) {
                return Err(Error::template(
                    format!("labels/{}.toml, labels.{name}", first.file.tag),
                    format!("is missing; {} has it", other.file.tag),
                ));
            }
        }
    }
    Ok(names)
}
