//! An entry of the extended streaming history.

use jiff::Timestamp;
use serde::Deserialize;

use super::account::Milliseconds;
use super::run::Record;

/// The fields that are kept while an entry is looked at; all others are skipped over.
#[derive(Deserialize)]
#[serde(expecting = "a play")]
pub(super) struct ExtendedEntry {
    ts: String,
    ms_played: Milliseconds,
    #[serde(default)]
    master_metadata_track_name: Option<String>,
    #[serde(default)]
    master_metadata_album_artist_name: Option<String>,
    #[serde(default)]
    master_metadata_album_album_name: Option<String>,
    #[serde(default)]
    episode_name: Option<String>,
    #[serde(default)]
    spotify_episode_uri: Option<String>,
    #[serde(default)]
    audiobook_title: Option<String>,
    #[serde(default)]
    audiobook_uri: Option<String>,
}

impl Record for ExtendedEntry {
    const TIME_FIELD: &'static str = "ts";
    const TIME_FORMAT: &'static str = "2026-10-31T22:59:59Z";

    fn time(&self) -> &str {
        &self.ts
    }

    fn end(&self) -> Option<i64> {
        self.ts.parse::<Timestamp>().ok().map(Timestamp::as_second)
    }

    fn ms(&self) -> i64 {
        self.ms_played.0
    }

    fn song(&self) -> Option<(&str, &str)> {
        let is_spoken = [
            &self.episode_name,
            &self.spotify_episode_uri,
            &self.audiobook_title,
            &self.audiobook_uri,
        ]
        .into_iter()
        .any(|field| filled(field).is_some());
        if is_spoken {
            return None;
        }
        filled(&self.master_metadata_album_artist_name)
            .zip(filled(&self.master_metadata_track_name))
    }

    fn album(&self) -> Option<&str> {
        filled(&self.master_metadata_album_album_name)
    }
}

/// A field's text, unless it is null or blank.
fn filled(field: &Option<String>) -> Option<&str> {
    field.as_deref().filter(|text| !text.trim().is_empty())
}
