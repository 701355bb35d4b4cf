//! The report of a card: what was fitted how, what is missing, what a screen reader should say.

use serde::Serialize;

use crate::context::CardKind;
use crate::fill::{Order, PictureJob, TextJob};
use crate::text::fit::Shortened;
use crate::text::shape::Shaper;
use crate::warning::{Warning, WarningCode};

/// Everything worth knowing about a finished card, as `wrapped render --report` writes it.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// Which card.
    pub card: CardKind,
    /// The theme's name.
    pub theme: String,
    /// The tag of the language it is in.
    pub locale: String,
    /// A sentence or two for screen readers, with every text in full.
    pub alt_text: String,
    /// Families that drew something, in alphabetical order.
    pub fonts: Vec<String>,
    /// Every text from the summary.
    pub slots: Vec<SlotReport>,
    /// Characters that no font has.
    pub missing_glyphs: Vec<MissingGlyph>,
    /// Every image from the summary.
    pub images: Vec<ImageReport>,
    /// Every compromise.
    pub warnings: Vec<Warning>,
}

/// One text of the card.
#[derive(Clone, Debug, Serialize)]
pub struct SlotReport {
    /// The element's id, or file, element and line.
    pub id: String,
    /// The field that it shows first.
    pub path: String,
    /// px of the template.
    pub size: f32,
    /// Lines used.
    pub lines: usize,
    /// How it was shortened, if it was.
    pub shortened: Option<Shortened>,
    /// Whether it is wider than its slot all the same (a slot that forbids every remedy).
    pub overflows: bool,
    /// The text as shown.
    pub text: String,
}

/// A character that no font has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MissingGlyph {
    /// The field.
    pub path: String,
    /// For example `U+10414`.
    pub code_point: String,
}

/// One image of the card.
#[derive(Clone, Debug, Serialize)]
pub struct ImageReport {
    /// The field.
    pub path: String,
    /// `ok`, `absent`, `unresolved` or `broken`.
    pub state: &'static str,
}

impl Report {
    pub(crate) fn new(
        order: &Order<'_>,
        texts: &[TextJob],
        pictures: &[PictureJob],
        alt_text: String,
        shaper: &Shaper,
    ) -> Self {
        let mut report = Self {
            card: order.card,
            theme: order.theme.name().to_owned(),
            locale: order.locale.file.tag.clone(),
            alt_text,
            fonts: Vec::new(),
            slots: Vec::new(),
            missing_glyphs: Vec::new(),
            images: pictures
                .iter()
                .map(|job| ImageReport { path: job.path.clone(), state: job.state })
                .collect(),
            warnings: Vec::new(),
        };
        for job in texts {
            report.add(job, shaper);
        }
        report
    }

    fn add(&mut self, job: &TextJob, shaper: &Shaper) {
        let Some(fitted) = &job.fitted else { return };
        self.fonts.extend(fitted.faces.iter().map(|&face| shaper.family(face).to_owned()));
        for &c in &fitted.missing {
            let code_point = format!("U+{:04X}", u32::from(c));
            let message = format!("no font has {code_point}; a dot stands for it");
            self.warnings.push(Warning::new(WarningCode::MissingGlyph, job.path.clone(), message));
            self.missing_glyphs.push(MissingGlyph { path: job.path.clone(), code_point });
        }
        if !job.live {
            return;
        }
        if let Some(shortened) = fitted.shortened {
            let how = match shortened {
                Shortened::Ellipsis => "cut with an ellipsis",
                Shortened::Qualifiers => "shown without its qualifiers",
            };
            let message = format!("{how} to fit {}", job.id);
            self.warnings.push(Warning::new(WarningCode::TextShortened, job.path.clone(), message));
        }
        let width = fitted.lines.iter().map(|line| line.width).fold(0.0, f32::max);
        self.slots.push(SlotReport {
            id: job.id.clone(),
            path: job.path.clone(),
            size: fitted.size,
            lines: fitted.lines.len(),
            shortened: fitted.shortened,
            overflows: width > job.text.slot.width + 0.5,
            text: fitted.shown.clone(),
        });
    }

    /// Sorts and removes what was said twice.
    pub(crate) fn finish(&mut self) {
        self.fonts.sort_unstable();
        self.fonts.dedup();
        self.missing_glyphs.sort_unstable();
        self.missing_glyphs.dedup();
        let mut seen = std::collections::BTreeSet::new();
        self.warnings.retain(|warning| seen.insert(warning.clone()));
    }
}
