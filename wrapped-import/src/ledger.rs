//! The month's plays, each counted once, and the artists heard before.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use wrapped_core::{Error, ErrorKind, Result};

use crate::limits::MAX_MONTH_PLAYS;
use crate::names::{NameId, Names};

/// A play that counts, as a source tells it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Play<'a> {
    /// When the stream ended, in Unix seconds.
    pub(crate) end: i64,
    /// Day of the month.
    pub(crate) day: u8,
    pub(crate) ms: u32,
    pub(crate) artist: &'a str,
    pub(crate) title: &'a str,
    pub(crate) album: Option<&'a str>,
}

/// What makes two entries the same play.
///
/// The album and the track's URI are not part of it: a later export may tell the same stream with
/// another release of the song, and nobody hears the same song twice in the same second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct PlayKey {
    pub(crate) end: i64,
    pub(crate) ms: u32,
    pub(crate) artist: NameId,
    pub(crate) title: NameId,
}

/// What a play has beside its key.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PlayRest {
    pub(crate) day: u8,
    pub(crate) album: Option<NameId>,
}

/// The month's plays. Their order of arrival leaves no trace.
#[derive(Default)]
pub(crate) struct Ledger {
    pub(crate) names: Names,
    pub(crate) plays: HashMap<PlayKey, PlayRest>,
    pub(crate) heard_before: HashSet<NameId>,
}

impl Ledger {
    /// Enters a play of the month; false if it was there already.
    ///
    /// Fails with kind `limit` if there are too many plays or names.
    pub(crate) fn enter(&mut self, play: Play<'_>) -> Result<bool> {
        let key = PlayKey {
            end: play.end,
            ms: play.ms,
            artist: self.names.keep(play.artist)?,
            title: self.names.keep(play.title)?,
        };
        let album = play.album.map(|album| self.names.keep(album)).transpose()?;
        let full = self.plays.len() >= MAX_MONTH_PLAYS;
        match self.plays.entry(key) {
            Entry::Vacant(_) if full => {
                let message = format!("the month has more than {MAX_MONTH_PLAYS} plays");
                Err(Error::new(ErrorKind::Limit, message))
            }
            Entry::Vacant(vacant) => {
                vacant.insert(PlayRest { day: play.day, album });
                Ok(true)
            }
            Entry::Occupied(mut known) => {
                // Two tellings with different albums: the order of files must not decide.
                let name = |album: Option<NameId>| {
                    album.map(|id| self.names.get(id)).filter(|name| !name.is_empty())
                };
                let rest = known.get_mut();
                let later = match (name(rest.album), name(album)) {
                    (Some(kept), Some(other)) => other < kept,
                    (kept, other) => kept.is_none() && other.is_some(),
                };
                if later {
                    rest.album = album;
                }
                Ok(false)
            }
        }
    }

    /// Remembers that an artist was heard before the month.
    ///
    /// Fails with kind `limit` if there are too many names.
    pub(crate) fn hear_before(&mut self, artist: &str) -> Result<()> {
        let id = self.names.keep(artist)?;
        self.heard_before.insert(id);
        Ok(())
    }
}
