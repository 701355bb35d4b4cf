//! The listening summary, version 1: what a front-end hands to the core.
//!
//! [`Summary::from_json`] is the only way in for foreign data; it validates every field and names
//! the path of what is wrong. Later stages take a [`Summary`] and do not check again.

pub mod calendar;
mod json;
mod parse;
mod path;
mod schema;
mod validate;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::limits::MAX_LIST;

/// The version of the format that this release reads and writes.
pub const VERSION: u32 = 1;

/// The largest count or number of minutes: what JSON numbers hold exactly (2^53 - 1).
pub const MAX_COUNT: u64 = (1 << 53) - 1;

/// One person's month of listening.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Summary {
    /// The version of this format; 1.
    #[schemars(range(min = VERSION, max = VERSION))]
    pub version: u32,
    /// Whose month it is.
    #[serde(default)]
    #[schemars(with = "Option<User>")]
    pub user: User,
    /// Which month it is.
    pub period: Period,
    /// A BCP 47 language tag such as `en` or `pt-BR`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"), length(max = 35))]
    pub locale: Option<String>,
    /// Where the data comes from, for example `spotify-export`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How many days of the month the data covers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// The month's totals.
    #[serde(default)]
    #[schemars(with = "Option<Totals>")]
    pub totals: Totals,
    /// The month's songs, most played first; may be empty or longer than a card shows.
    #[schemars(length(max = MAX_LIST))]
    pub songs: Vec<Song>,
    /// The month's artists, most played first.
    #[schemars(length(max = MAX_LIST))]
    pub artists: Vec<Artist>,
    /// The month's genres, largest share first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Option<Vec<Genre>>", length(max = MAX_LIST))]
    pub genres: Vec<Genre>,
    /// Minutes by day; days without an entry had no plays.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Option<Vec<Day>>", length(max = MAX_LIST))]
    pub days: Vec<Day>,
}

/// Whose month it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct User {
    /// `[A-Za-z0-9_-]{1,64}`, unique within a batch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[A-Za-z0-9_-]{1,64}$"))]
    pub id: Option<String>,
    /// The name that the card shows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A calendar month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// The Gregorian year, 1900 to 9999.
    #[schemars(range(min = 1900, max = 9999))]
    pub year: u16,
    /// 1 (January) to 12.
    #[schemars(range(min = 1, max = 12))]
    pub month: u8,
    /// The IANA time zone in which the month was cut.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(regex(pattern = r"^[A-Za-z0-9_+/-]{1,64}$"))]
    pub time_zone: Option<String>,
}

/// How many days of the month the data covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Days with data, at most `of`.
    #[schemars(range(min = 0, max = 31))]
    pub days: u8,
    /// Days of the month, 28 to 31.
    #[schemars(range(min = 28, max = 31))]
    pub of: u8,
}

/// The month's totals; an absent one is a state, not an error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Totals {
    /// Minutes listened, rounded once from summed milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub minutes: Option<u64>,
    /// Plays of at least 30 seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub plays: Option<u64>,
    /// Different songs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub songs: Option<u64>,
    /// Different artists.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub artists: Option<u64>,
    /// Artists first heard in this month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub new_artists: Option<u64>,
}

/// One song of the month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Song {
    /// The title as the source spells it.
    pub title: String,
    /// The artists, main artist first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schemars(with = "Option<Vec<String>>", length(max = MAX_LIST))]
    pub artists: Vec<String>,
    /// The album.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub album: Option<String>,
    /// Plays of at least 30 seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub plays: Option<u64>,
    /// Minutes listened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub minutes: Option<u64>,
    /// A reference to the cover, resolved through `Assets`, or a `data:` URI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
}

/// One artist of the month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Artist {
    /// The name as the source spells it.
    pub name: String,
    /// Plays of at least 30 seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub plays: Option<u64>,
    /// Minutes listened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub minutes: Option<u64>,
    /// A reference to a picture, resolved through `Assets`, or a `data:` URI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<String>,
}

/// One genre of the month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Genre {
    /// The name as the source spells it.
    pub name: String,
    /// Its share of the plays, 0..=1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: Option<f64>,
}

/// One day of the month.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Day {
    /// `YYYY-MM-DD`, inside the period; no date twice.
    #[schemars(regex(pattern = r"^\d{4}-\d{2}-\d{2}$"))]
    pub date: String,
    /// Minutes listened.
    #[schemars(range(min = 0, max = MAX_COUNT))]
    pub minutes: u64,
}
