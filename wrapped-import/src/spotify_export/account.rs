//! An entry of the account data's streaming history.

use std::fmt;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use super::run::Record;

/// An entry's four fields.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", expecting = "a play")]
pub(super) struct AccountEntry {
    end_time: String,
    #[serde(default)]
    artist_name: Option<String>,
    #[serde(default)]
    track_name: Option<String>,
    ms_played: Milliseconds,
}

impl Record for AccountEntry {
    const TIME_FIELD: &'static str = "endTime";
    const TIME_FORMAT: &'static str = "2026-10-31 22:59";

    fn time(&self) -> &str {
        &self.end_time
    }

    fn end(&self) -> Option<i64> {
        let time = self.end_time.parse::<DateTime>().ok()?;
        Some(TimeZone::UTC.to_timestamp(time).ok()?.as_second())
    }

    fn ms(&self) -> i64 {
        self.ms_played.0
    }

    fn song(&self) -> Option<(&str, &str)> {
        let (artist, title) = self.artist_name.as_deref().zip(self.track_name.as_deref())?;
        let is_blank = artist.trim().is_empty() || title.trim().is_empty();
        // What the download writes where the extended history has null.
        let is_unknown = artist == "Unknown Artist" && title == "Unknown Track";
        (!is_blank && !is_unknown).then_some((artist, title))
    }

    fn album(&self) -> Option<&str> {
        None
    }
}

/// A length of time that may be nonsense: negative, fractional or beyond all bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Milliseconds(pub(super) i64);

impl<'de> Deserialize<'de> for Milliseconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(MillisecondsVisitor)
    }
}

struct MillisecondsVisitor;

impl Visitor<'_> for MillisecondsVisitor {
    type Value = Milliseconds;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number of milliseconds")
    }

    fn visit_i64<E>(self, value: i64) -> Result<Milliseconds, E> {
        Ok(Milliseconds(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Milliseconds, E> {
        Ok(Milliseconds(i64::try_from(value).unwrap_or(i64::MAX)))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Milliseconds, E> {
        Ok(Milliseconds(value.round() as i64))
    }
}
