//! What an import is asked for, and what it gives back.

use wrapped_core::summary::{Period, User};
use wrapped_core::{Error, ErrorKind, Result, Summary, Warning};

/// Which month of whose listening.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOptions {
    /// The Gregorian year, 1900 to 9999.
    pub year: u16,
    /// 1 (January) to 12.
    pub month: u8,
    /// The IANA time zone that cuts days and months, for example `Europe/Berlin`.
    pub time_zone: String,
    /// `user.id` of the summary: `[A-Za-z0-9_-]{1,64}`.
    pub user_id: Option<String>,
    /// `user.name` of the summary, the name that the card shows.
    pub name: Option<String>,
    /// `locale` of the summary, a BCP 47 language tag.
    pub locale: Option<String>,
}

impl ImportOptions {
    /// Options for a month written `2026-10`, in UTC and without a name.
    ///
    /// Fails with kind `usage` if `month` is written otherwise.
    pub fn for_month(month: &str) -> Result<Self> {
        let wrong = || {
            let message = format!("{month:?} is not a month; write it like 2026-10");
            Error::new(ErrorKind::Usage, message).at("month")
        };
        let (year, number) = month.split_once('-').ok_or_else(wrong)?;
        let digits = |text: &str, len: usize| {
            text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit())
        };
        if !digits(year, 4) || !digits(number, 2) {
            return Err(wrong());
        }
        let options = Self {
            year: year.parse().map_err(|_| wrong())?,
            month: number.parse().map_err(|_| wrong())?,
            time_zone: "UTC".to_owned(),
            user_id: None,
            name: None,
            locale: None,
        };
        options.check().map(|()| options)
    }

    /// The summary's fields that come from the options, in an otherwise empty summary.
    pub(crate) fn empty_summary(&self) -> Summary {
        let filled = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
        Summary {
            version: 1,
            user: User { id: self.user_id.clone(), name: filled(&self.name) },
            period: Period {
                year: self.year,
                month: self.month,
                time_zone: Some(self.time_zone.clone()),
            },
            locale: self.locale.clone(),
            source: Some("spotify-export".to_owned()),
            ..Summary::default()
        }
    }

    /// Fails with kind `usage` if a field breaks a rule of the summary it goes into.
    pub(crate) fn check(&self) -> Result<()> {
        self.empty_summary().validate().map_err(|error| {
            let place = error.place().unwrap_or_default().to_owned();
            Error::new(ErrorKind::Usage, error.message()).at(place)
        })
    }
}

/// A finished import.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported {
    /// The month, ready to be rendered.
    pub summary: Summary,
    /// The plays that were left out because their figures cannot be right.
    pub warnings: Vec<Warning>,
    /// For a month without plays: a sentence that names the months which have some.
    pub note: Option<String>,
    /// What was read and what became of it.
    pub stats: Stats,
}

/// What an import read and what became of it. All but the first three count entries of the month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Histories read.
    pub files: u64,
    /// Entries in them, of any month and kind.
    pub entries: u64,
    /// Unpacked bytes read.
    pub bytes: u64,
    /// Podcasts, audiobooks and entries without a name.
    pub not_music: u64,
    /// Songs that were played for less than 30 s.
    pub short: u64,
    /// Plays that were in the export already.
    pub repeated: u64,
    /// Plays of the account data in a time for which the extended history is there.
    pub superseded: u64,
    /// Plays whose length cannot be right.
    pub implausible: u64,
}
