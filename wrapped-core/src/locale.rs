//! Labels, month names, plural forms and numbers of a language.
//!
//! A language is one plain label file (TOML); adding one means adding a file. Numbers and plural
//! categories come from ICU4X with the data of CLDR that it carries.

use std::collections::BTreeMap;
use std::sync::Arc;

use fixed_decimal::Decimal;
use icu_decimal::options::DecimalFormatterOptions;
use icu_decimal::{DecimalFormatter, DecimalFormatterPreferences};
use icu_locale_core::Locale as Tag;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesPreferences};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::text::fonts::Region;
use crate::warning::{Warning, WarningCode};

/// The language that stands in for one that is not shipped.
pub const FALLBACK_LOCALE: &str = "en";

/// A label file as a translator writes it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelFile {
    /// BCP 47 tag, for example `pt-BR`.
    pub tag: String,
    /// The language's name in itself.
    pub name: String,
    /// `ltr` or `rtl`.
    pub direction: Direction,
    /// Twelve month names as they stand alone.
    pub months: Vec<String>,
    /// Seven short weekday names, Monday first.
    pub weekdays: Vec<String>,
    /// The month of a year: `{month} {year}`.
    pub period: String,
    /// A share: `{n}%`.
    pub percent: String,
    /// What stands between the names of a list.
    pub list_separator: String,
    /// Suffixes of large round numbers, smallest first.
    #[serde(default)]
    pub compact: Vec<CompactStep>,
    /// Every text that themes use.
    pub labels: BTreeMap<String, String>,
    /// A length of time by CLDR category, in short: `{n} min`.
    pub minutes_pattern: BTreeMap<String, String>,
    /// Counted words by CLDR category; `{n}` is the number.
    pub plurals: BTreeMap<String, BTreeMap<String, String>>,
    /// What a screen reader speaks.
    pub alt: AltTemplates,
}

/// The direction of a script.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

/// From which number on a suffix is used, and the suffix: `{from = 1000, suffix = "K"}`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CompactStep {
    /// The number that is one unit of the suffix.
    pub from: u64,
    /// The suffix, with its space if it has one.
    pub suffix: String,
}

/// Alt texts as minijinja templates over the context of a card.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AltTemplates {
    /// For the songs card.
    pub songs: String,
    /// For the artists card.
    pub artists: String,
}

/// A language, ready for use.
pub struct Locale {
    /// Its label file.
    pub file: LabelFile,
    decimal: DecimalFormatter,
    plurals: PluralRules,
}

impl std::fmt::Debug for Locale {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Locale").field(&self.file.tag).finish()
    }
}

impl Locale {
    /// Reads a label file; `name` is the file's name, for messages.
    ///
    /// # Errors
    ///
    /// Kind `template` naming the file and the key.
    pub fn from_toml(name: &str, text: &str) -> Result<Self> {
        let file: LabelFile = toml::from_str(text).map_err(|error| {
            Error::template(name, format!("is not a label file: {}", error.message()))
        })?;
        for (key, list, want) in [("months", &file.months, 12), ("weekdays", &file.weekdays, 7)] {
            if list.len() != want {
                let message = format!("must have {want} names, has {}", list.len());
                return Err(Error::template(format!("{name}, {key}"), message));
            }
        }
        let counted = file.plurals.iter().map(|(word, forms)| (format!("plurals.{word}"), forms));
        let short = ("minutes_pattern".to_owned(), &file.minutes_pattern);
        for (key, forms) in counted.chain([short]) {
            if !forms.contains_key("other") {
                let place = format!("{name}, {key}");
                return Err(Error::template(place, "must have the form \"other\""));
            }
        }
        let tag: Tag = file.tag.parse().map_err(|_| {
            Error::template(format!("{name}, tag"), format!("{:?} is not a language tag", file.tag))
        })?;
        let unsupported = |what: &str| Error::template(name, format!("has no {what} data"));
        let mut options = DecimalFormatterOptions::default();
        options.grouping_strategy = Some(icu_decimal::options::GroupingStrategy::Auto);
        let decimal = DecimalFormatter::try_new(DecimalFormatterPreferences::from(&tag), options)
            .map_err(|_| unsupported("number"))?;
        let plurals = PluralRules::try_new_cardinal(PluralRulesPreferences::from(&tag))
            .map_err(|_| unsupported("plural"))?;
        Ok(Self { file, decimal, plurals })
    }

    /// Whether the card is mirrored.
    pub fn rtl(&self) -> bool {
        self.file.direction == Direction::Rtl
    }

    /// The regional design of Han characters that readers of this language expect.
    pub(crate) fn region(&self) -> Region {
        match language(&self.file.tag) {
            "ja" => Region::Jp,
            "ko" => Region::Kr,
            "zh" if is_traditional(&self.file.tag) => Region::Tc,
            _ => Region::Sc,
        }
    }

    /// A whole number with the language's digits and grouping.
    pub fn number(&self, n: i64) -> String {
        self.decimal.format(&Decimal::from(n)).to_string()
    }

    /// A large number in short: `12.3K`; below the first step the whole number.
    pub fn compact(&self, n: u64) -> String {
        let Some(step) = self.file.compact.iter().rev().find(|step| step.from <= n) else {
            return self.number(n as i64);
        };
        let (whole, rest) = (n / step.from, n % step.from);
        let mut value = Decimal::from(whole as i64);
        if whole < 100 {
            // Tenths, cut and not rounded: 999,999 must not become 1000K.
            value = Decimal::from((whole * 10 + rest * 10 / step.from) as i64);
            value.absolute.multiply_pow10(-1);
            value.absolute.trim_end();
        }
        format!("{}{}", self.decimal.format(&value), step.suffix).to_string()
    }

    /// A share 0..=1 as a whole percentage.
    pub fn percent(&self, share: f64) -> String {
        let n = (share.clamp(0.0, 1.0) * 100.0 + 0.5) as i64;
        self.file.percent.replace("{n}", &self.number(n))
    }

    /// A counted word such as `42 plays`; none if the label file does not have the word.
    pub fn count(&self, n: u64, word: &str) -> Option<String> {
        self.in_form(n, self.file.plurals.get(word)?)
    }

    /// A length of time in minutes, in short.
    pub fn minutes(&self, n: u64) -> String {
        self.in_form(n, &self.file.minutes_pattern).unwrap_or_else(|| self.number(n as i64))
    }

    fn in_form(&self, n: u64, forms: &BTreeMap<String, String>) -> Option<String> {
        let category = match self.plurals.category_for(n) {
            PluralCategory::Zero => "zero",
            PluralCategory::One => "one",
            PluralCategory::Two => "two",
            PluralCategory::Few => "few",
            PluralCategory::Many => "many",
            PluralCategory::Other => "other",
        };
        let form = forms.get(category).or_else(|| forms.get("other"))?;
        Some(form.replace("{n}", &self.number(n as i64)))
    }

    /// The name of month 1..=12.
    pub fn month_name(&self, month: u8) -> Option<&str> {
        self.file.months.get(usize::from(month).checked_sub(1)?).map(String::as_str)
    }

    /// A month of a year, for example `October 2026`. Years have no grouping.
    pub fn period(&self, year: u16, month: u8) -> String {
        let mut year_digits = self.decimal.format(&Decimal::from(i64::from(year))).to_string();
        year_digits.retain(|c| c.is_numeric());
        self.file
            .period
            .replace("{month}", self.month_name(month).unwrap_or_default())
            .replace("{year}", &year_digits)
    }
}

/// The languages a renderer knows.
#[derive(Clone, Debug, Default)]
pub struct Locales {
    all: Vec<Arc<Locale>>,
}

impl Locales {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a language; a later one of the same tag replaces the earlier.
    pub fn add(&mut self, locale: Locale) {
        self.all.retain(|other| !other.file.tag.eq_ignore_ascii_case(&locale.file.tag));
        self.all.push(Arc::new(locale));
    }

    /// The tags in the order they were added.
    pub fn tags(&self) -> impl Iterator<Item = &str> {
        self.all.iter().map(|locale| locale.file.tag.as_str())
    }

    /// The languages.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &Arc<Locale>> {
        self.all.iter()
    }

    /// The language for a tag: the tag itself, its script, its language; else
    /// [`FALLBACK_LOCALE`] with a warning.
    ///
    /// # Errors
    ///
    /// Kind `template` if not even the fallback is there.
    pub fn negotiate(&self, tag: Option<&str>) -> Result<(Arc<Locale>, Option<Warning>)> {
        let wanted = tag.unwrap_or(FALLBACK_LOCALE);
        if let Some(found) = self.find(wanted) {
            return Ok((found, None));
        }
        let fallback = self.find(FALLBACK_LOCALE).or_else(|| self.all.first().cloned());
        let fallback = fallback
            .ok_or_else(|| Error::template("labels", "no label file is loaded, not even en"))?;
        let message = format!("{wanted:?} has no labels; the card is in {}", fallback.file.tag);
        Ok((fallback, Some(Warning::new(WarningCode::LocaleFallback, "locale", message))))
    }

    fn find(&self, tag: &str) -> Option<Arc<Locale>> {
        let tag = tag.replace('_', "-");
        let by_tag =
            |want: &str| self.all.iter().find(|l| l.file.tag.eq_ignore_ascii_case(want)).cloned();
        if let Some(exact) = by_tag(&tag) {
            return Some(exact);
        }
        let language = language(&tag).to_ascii_lowercase();
        if language == "zh" {
            return by_tag(if is_traditional(&tag) { "zh-Hant" } else { "zh-Hans" });
        }
        by_tag(&language).or_else(|| {
            self.all
                .iter()
                .find(|l| self::language(&l.file.tag).eq_ignore_ascii_case(&language))
                .cloned()
        })
    }
}

fn language(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

fn is_traditional(tag: &str) -> bool {
    tag.split('-')
        .skip(1)
        .any(|part| ["hant", "tw", "hk", "mo"].iter().any(|known| part.eq_ignore_ascii_case(known)))
}
