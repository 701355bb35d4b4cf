//! The ledger becomes the lists of a summary.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use wrapped_core::summary::{Artist, Day, Song, Totals};
use wrapped_core::title::identity;

use crate::clock::MonthClock;
use crate::ledger::Ledger;
use crate::names::{NameId, Names};

/// Songs and artists kept in a summary: twenty times what a card shows. Totals count all.
pub const MAX_RANKED: usize = 100;

/// What the ledger says about the month.
pub(crate) struct Ranking {
    pub(crate) totals: Totals,
    pub(crate) songs: Vec<Song>,
    pub(crate) artists: Vec<Artist>,
    pub(crate) days: Vec<Day>,
}

/// Ranks the ledger's plays. `reaches_back` says that the export begins before the month, without
/// which every artist would seem new.
pub(crate) fn rank(ledger: &Ledger, clock: &MonthClock, reaches_back: bool) -> Ranking {
    let groups = Groups::new(ledger);
    let mut all = Tally::default();
    let mut by_day = [Tally::default(); 32];
    let mut by_artist = vec![Tally::default(); groups.artists];
    let mut by_song = vec![Tally::default(); groups.songs.len()];
    let mut artist_names = Spellings::default();
    let mut titles = Spellings::default();
    let mut albums = Spellings::default();
    for (key, rest) in &ledger.plays {
        let artist = groups.artist_of[&key.artist];
        let song = groups.song_of[&(artist, key.title)];
        for tally in [
            &mut all,
            &mut by_day[usize::from(rest.day)],
            &mut by_artist[artist],
            &mut by_song[song],
        ] {
            tally.plays += 1;
            tally.ms += u64::from(key.ms);
        }
        artist_names.count(artist, key.artist, key.end);
        titles.count(song, key.title, key.end);
        if let Some(album) = rest.album {
            albums.count(song, album, key.end);
        }
    }
    let artist_names = artist_names.best(&ledger.names);
    let new_artists = reaches_back.then(|| {
        let known: HashSet<String> =
            ledger.heard_before.iter().map(|&id| artist_key(ledger.names.get(id))).collect();
        let is_new = |&&id: &&NameId| !known.contains(&artist_key(ledger.names.get(id)));
        artist_names.values().filter(is_new).count() as u64
    });
    let totals = Totals {
        minutes: Some(all.minutes()),
        plays: Some(all.plays),
        songs: Some(by_song.len() as u64),
        artists: Some(by_artist.len() as u64),
        new_artists,
    };
    let (titles, albums) = (titles.best(&ledger.names), albums.best(&ledger.names));
    let songs = by_song.iter().enumerate().map(|(song, tally)| Song {
        title: ledger.names.get(titles[&song]).to_owned(),
        artists: vec![ledger.names.get(artist_names[&groups.songs[song]]).to_owned()],
        album: albums.get(&song).map(|&id| ledger.names.get(id).to_owned()),
        plays: Some(tally.plays),
        minutes: Some(tally.minutes()),
        cover: None,
    });
    let artists = by_artist.iter().enumerate().map(|(artist, tally)| Artist {
        name: ledger.names.get(artist_names[&artist]).to_owned(),
        plays: Some(tally.plays),
        minutes: Some(tally.minutes()),
        image: None,
    });
    Ranking {
        totals,
        songs: top(songs, |song| {
            (Reverse(song.plays), Reverse(song.minutes), song.title.clone(), song.artists.clone())
        }),
        artists: top(artists, |artist| {
            (Reverse(artist.plays), Reverse(artist.minutes), artist.name.clone())
        }),
        days: days(&by_day, clock),
    }
}

/// Plays and milliseconds; minutes are rounded once, from the sum.
#[derive(Clone, Copy, Default)]
struct Tally {
    plays: u64,
    ms: u64,
}

impl Tally {
    fn minutes(self) -> u64 {
        (self.ms + 30_000) / 60_000
    }
}

/// Which artist and which song a play belongs to, as numbers from 0.
struct Groups {
    artist_of: HashMap<NameId, usize>,
    artists: usize,
    song_of: HashMap<(usize, NameId), usize>,
    /// The artist of each song.
    songs: Vec<usize>,
}

impl Groups {
    fn new(ledger: &Ledger) -> Self {
        let mut artist_of = HashMap::new();
        let mut song_of = HashMap::new();
        let mut songs = Vec::new();
        let mut artist_keys = HashMap::new();
        let mut song_keys = HashMap::new();
        for key in ledger.plays.keys() {
            let artist = *artist_of.entry(key.artist).or_insert_with(|| {
                let next = artist_keys.len();
                *artist_keys.entry(artist_key(ledger.names.get(key.artist))).or_insert(next)
            });
            song_of.entry((artist, key.title)).or_insert_with(|| {
                let next = songs.len();
                let title = title_key(ledger.names.get(key.title));
                let song = *song_keys.entry((artist, title)).or_insert(next);
                if song == next {
                    songs.push(artist);
                }
                song
            });
        }
        Self { artist_of, artists: artist_keys.len(), song_of, songs }
    }
}

/// What spellings of one artist have in common. Exports of different years differ in case.
fn artist_key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// What titles of one song have in common: single, album and compilation fall together, while a
/// live take, a remix or an acoustic version stays apart.
fn title_key(title: &str) -> String {
    let key = identity(title);
    // A title of nothing but marks that are not seen is still a title of its own.
    if key.is_empty() { title.trim().to_lowercase() } else { key }
}

/// How often and since when each group is spelled how.
struct Spellings<G>(HashMap<(G, NameId), (u64, i64)>);

impl<G> Default for Spellings<G> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<G: Copy + Eq + Hash> Spellings<G> {
    fn count(&mut self, group: G, name: NameId, end: i64) {
        let (plays, first) = self.0.entry((group, name)).or_insert((0, end));
        *plays += 1;
        *first = end.min(*first);
    }

    /// Each group's most played spelling; ties go to the one heard first, then by the alphabet.
    fn best(&self, names: &Names) -> HashMap<G, NameId> {
        let rank = |group: G, name: NameId| {
            let (plays, first) = self.0[&(group, name)];
            (Reverse(plays), first, names.get(name))
        };
        let mut best = HashMap::new();
        for &(group, name) in self.0.keys() {
            let kept = best.entry(group).or_insert(name);
            if rank(group, name) < rank(group, *kept) {
                *kept = name;
            }
        }
        best
    }
}

/// The first [`MAX_RANKED`] in the order of `key`.
fn top<T, K: Ord>(items: impl Iterator<Item = T>, key: impl Fn(&T) -> K) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_by_cached_key(key);
    items.truncate(MAX_RANKED);
    items
}

fn days(by_day: &[Tally; 32], clock: &MonthClock) -> Vec<Day> {
    (0_u8..)
        .zip(by_day)
        .filter(|(_, tally)| tally.plays > 0)
        .map(|(day, tally)| Day { date: clock.date_of_day(day), minutes: tally.minutes() })
        .collect()
}
