//! The rules that a summary keeps, for values read from JSON and for values built in code alike.

use super::path::{Path, echo};
use super::{Coverage, MAX_COUNT, Period, Summary, VERSION, calendar};
use crate::limits::MAX_LIST;
use crate::{Error, ErrorKind, Result};

impl Summary {
    /// Checks a summary that was built in code; [`Summary::from_json`] has done it already.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Data`] with the path of the first field that breaks a rule, in the words of
    /// [`Summary::from_json`]; [`ErrorKind::Limit`] for a list that is too long.
    pub fn validate(&self) -> Result<()> {
        let root = Path::ROOT;
        version(&root.field("version"), self.version)?;
        if let Some(id) = &self.user.id {
            user_id(&root.field("user").field("id"), id)?;
        }
        period(&root.field("period"), &self.period)?;
        if let Some(locale) = &self.locale {
            language_tag(&root.field("locale"), locale)?;
        }
        if let Some(value) = &self.coverage {
            coverage(&root.field("coverage"), value, &self.period)?;
        }
        self.validate_totals(&root.field("totals"))?;
        self.validate_songs(&root.field("songs"))?;
        self.validate_artists(&root.field("artists"))?;
        self.validate_genres(&root.field("genres"))?;
        self.validate_days(&root.field("days"))
    }

    fn validate_totals(&self, path: &Path<'_>) -> Result<()> {
        let totals = &self.totals;
        optional_count(&path.field("minutes"), totals.minutes)?;
        optional_count(&path.field("plays"), totals.plays)?;
        optional_count(&path.field("songs"), totals.songs)?;
        optional_count(&path.field("artists"), totals.artists)?;
        optional_count(&path.field("new_artists"), totals.new_artists)
    }

    fn validate_songs(&self, path: &Path<'_>) -> Result<()> {
        list_length(path, self.songs.len())?;
        for (i, song) in self.songs.iter().enumerate() {
            let path = path.index(i);
            list_length(&path.field("artists"), song.artists.len())?;
            optional_count(&path.field("plays"), song.plays)?;
            optional_count(&path.field("minutes"), song.minutes)?;
        }
        Ok(())
    }

    fn validate_artists(&self, path: &Path<'_>) -> Result<()> {
        list_length(path, self.artists.len())?;
        for (i, artist) in self.artists.iter().enumerate() {
            let path = path.index(i);
            optional_count(&path.field("plays"), artist.plays)?;
            optional_count(&path.field("minutes"), artist.minutes)?;
        }
        Ok(())
    }

    fn validate_genres(&self, path: &Path<'_>) -> Result<()> {
        list_length(path, self.genres.len())?;
        for (i, genre) in self.genres.iter().enumerate() {
            if let Some(value) = genre.share {
                share(&path.index(i).field("share"), value)?;
            }
        }
        Ok(())
    }

    fn validate_days(&self, path: &Path<'_>) -> Result<()> {
        list_length(path, self.days.len())?;
        let Period { year, month, .. } = self.period;
        let mut seen = 0_u32;
        for (i, day) in self.days.iter().enumerate() {
            let entry = path.index(i);
            let date = entry.field("date");
            let Some((day_year, day_month, number)) = calendar::parse_date(&day.date) else {
                let value = echo(&day.date);
                return Err(date.error(format!("must be a date such as 2026-10-31 (\"{value}\")")));
            };
            if (day_year, day_month) != (year, month) {
                let message = format!("must be in {year}-{month:02} ({})", day.date);
                return Err(date.error(message));
            }
            // A month has at most 31 days, so one bit each says which have been seen.
            let bit = 1 << (number - 1);
            if seen & bit != 0 {
                return Err(date.error(format!("must not repeat ({})", day.date)));
            }
            seen |= bit;
            optional_count(&entry.field("minutes"), Some(day.minutes))?;
        }
        Ok(())
    }
}

pub(super) fn version(path: &Path<'_>, value: u32) -> Result<()> {
    if value != VERSION {
        let message = format!("must be {VERSION}, the version that this release reads ({value})");
        return Err(path.error(message));
    }
    Ok(())
}

pub(super) fn period(path: &Path<'_>, period: &Period) -> Result<()> {
    range(&path.field("year"), period.year.into(), 1900, 9999)?;
    range(&path.field("month"), period.month.into(), 1, 12)?;
    period.time_zone.as_deref().map_or(Ok(()), |zone| time_zone(&path.field("time_zone"), zone))
}

pub(super) fn range(path: &Path<'_>, value: i128, min: u64, max: u64) -> Result<()> {
    if (i128::from(min)..=i128::from(max)).contains(&value) {
        return Ok(());
    }
    Err(out_of_range(path, &value, value < 0, min, max))
}

/// The message for a whole number outside `min..=max`; apart from [`range`] for numbers that no
/// integer type holds, such as 1e99.
pub(super) fn out_of_range(
    path: &Path<'_>,
    value: &dyn std::fmt::Display,
    negative: bool,
    min: u64,
    max: u64,
) -> Error {
    path.error(match (min, max) {
        (0, _) if negative => format!("must not be negative ({value})"),
        (0, max) => format!("must be at most {max} ({value})"),
        (min, max) => format!("must be {min} to {max} ({value})"),
    })
}

pub(super) fn list_length(path: &Path<'_>, length: usize) -> Result<()> {
    if length > MAX_LIST {
        let message = format!("must have at most {MAX_LIST} entries ({length})");
        return Err(Error::new(ErrorKind::Limit, message).at(path.to_string()));
    }
    Ok(())
}

fn optional_count(path: &Path<'_>, value: Option<u64>) -> Result<()> {
    value.map_or(Ok(()), |value| range(path, value.into(), 0, MAX_COUNT))
}

fn coverage(path: &Path<'_>, coverage: &Coverage, period: &Period) -> Result<()> {
    let Period { year, month, .. } = *period;
    let Coverage { days, of } = *coverage;
    let expected = calendar::days_in_month(year, month);
    if of != expected {
        let message = format!("must be {expected}, the days of {year}-{month:02} ({of})");
        return Err(path.field("of").error(message));
    }
    range(&path.field("days"), days.into(), 0, of.into())
}

fn share(path: &Path<'_>, value: f64) -> Result<()> {
    if !(0.0..=1.0).contains(&value) {
        // `{}` writes 31 as it was given, but 1e99 with a hundred digits.
        let value = if value.abs() < 1e15 { value.to_string() } else { format!("{value:?}") };
        return Err(path.error(format!("must be 0 to 1 ({value})")));
    }
    Ok(())
}

fn user_id(path: &Path<'_>, id: &str) -> Result<()> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if !(1..=64).contains(&id.len()) || !id.bytes().all(allowed) {
        let message = format!("must be 1 to 64 of A-Z a-z 0-9 _ - (\"{}\")", echo(id));
        return Err(path.error(message));
    }
    Ok(())
}

/// A plausible BCP 47 tag: a language of 2 to 8 letters, then subtags. Which locales are shipped
/// is not asked here; an unknown one falls back with a warning.
fn language_tag(path: &Path<'_>, tag: &str) -> Result<()> {
    let mut subtags = tag.split('-');
    let language = subtags.next().unwrap_or_default();
    let plausible = tag.len() <= 35
        && (2..=8).contains(&language.len())
        && language.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags.all(|subtag| {
            (1..=8).contains(&subtag.len()) && subtag.bytes().all(|b| b.is_ascii_alphanumeric())
        });
    if !plausible {
        let value = echo(tag);
        return Err(path.error(format!("must be a language tag such as en or pt-BR (\"{value}\")")));
    }
    Ok(())
}

/// A plausible IANA name; the core has no time zone data to look it up in.
fn time_zone(path: &Path<'_>, zone: &str) -> Result<()> {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_+-/".contains(&byte);
    if !(1..=64).contains(&zone.len()) || !zone.bytes().all(allowed) {
        let value = echo(zone);
        return Err(path.error(format!("must be a time zone such as Europe/Berlin (\"{value}\")")));
    }
    Ok(())
}
