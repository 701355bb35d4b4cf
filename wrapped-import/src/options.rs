//! What an import is asked for, and what it gives back.

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

    /// Fails with kind `usage` if a field is out of its range. The time zone is looked up later.
    pub(crate) fn check(&self) -> Result<()> {
        let usage =
            |place: &str, message: String| Err(Error::new(ErrorKind::Usage, message).at(place));
        if !(1900..=9999).contains(&self.year) {
            return usage("year", format!("must be 1900 to 9999 ({})", self.year));
        }
        if !(1..=12).contains(&self.month) {
            return usage("month", format!("must be 1 to 12 ({})", self.month));
        }
        if let Some(id) = &self.user_id {
            let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
            if id.is_empty() || id.len() > 64 || !id.bytes().all(allowed) {
                let message = "must be 1 to 64 letters, digits, '_' or '-'".to_owned();
                return usage("user_id", message);
            }
        }
        Ok(())
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
