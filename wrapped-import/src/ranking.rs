//! The ledger becomes the lists of a summary.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

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
    let artist_names = artist_names.best(groups.artists, &ledger.names);
    let new_artists = reaches_back.then(|| {
        let known: HashSet<String> =
            ledger.heard_before.iter().map(|&id| artist_key(ledger.names.get(id))).collect();
        let is_new = |&&id: &&NameId| !known.contains(&artist_key(ledger.names.get(id)));
        artist_names.iter().flatten().filter(is_new).count() as u64
    });
    let totals = Totals {
        minutes: Some(all.minutes()),
        plays: Some(all.plays),
        songs: Some(by_song.len() as u64),
        artists: Some(by_artist.len() as u64),
        new_artists,
    };
    let titles = titles.best(groups.songs.len(), &ledger.names);
    let albums = albums.best(groups.songs.len(), &ledger.names);
    let name = |id: NameId| ledger.names.get(id);
    let title = |song: usize| titles[song].map_or("", name);
    let artist = |artist: usize| artist_names[artist].map_or("", name);
    // A song is made only once its rank is known: a hostile month has 100,000 of them.
    let songs = top(&by_song, |song| (title(song), artist(groups.songs[song])));
    let songs = songs.into_iter().map(|song| Song {
        title: title(song).to_owned(),
        artists: vec![artist(groups.songs[song]).to_owned()],
        album: albums[song].map(|id| name(id).to_owned()),
        plays: Some(by_song[song].plays),
        minutes: Some(by_song[song].minutes()),
        cover: None,
    });
    let artists = top(&by_artist, artist).into_iter().map(|number| Artist {
        name: artist(number).to_owned(),
        plays: Some(by_artist[number].plays),
        minutes: Some(by_artist[number].minutes()),
        image: None,
    });
    Ranking {
        totals,
        songs: songs.collect(),
        artists: artists.collect(),
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
#[derive(Default)]
struct Spellings(HashMap<(usize, NameId), (u64, i64)>);

impl Spellings {
    fn count(&mut self, group: usize, name: NameId, end: i64) {
        let (plays, first) = self.0.entry((group, name)).or_insert((0, end));
        *plays += 1;
        *first = end.min(*first);
    }

    /// The most played spelling of each of `groups`; ties go to the one heard first, then by the
    /// alphabet.
    fn best(self, groups: usize, names: &Names) -> Vec<Option<NameId>> {
        let mut best = vec![None; groups];
        for ((group, name), (plays, first)) in self.0 {
            let rank = (Reverse(plays), first, names.get(name));
            let slot = &mut best[group];
            if slot
                .is_none_or(|(kept, plays, first)| rank < (Reverse(plays), first, names.get(kept)))
            {
                *slot = Some((name, plays, first));
            }
        }
        best.into_iter().map(|slot| slot.map(|(name, ..)| name)).collect()
    }
}

/// The numbers of the first [`MAX_RANKED`]: by plays, then minutes, then name.
fn top<N: Ord>(tallies: &[Tally], name: impl Fn(usize) -> N) -> Vec<usize> {
    let mut order: Vec<usize> = (0..tallies.len()).collect();
    let key = |number: usize| {
        let tally = tallies[number];
        (Reverse(tally.plays), Reverse(tally.minutes()), name(number))
    };
    if order.len() > MAX_RANKED {
        order.select_nth_unstable_by(MAX_RANKED, |&a, &b| key(a).cmp(&key(b)));
        order.truncate(MAX_RANKED);
    }
    order.sort_by_key(|&number| key(number));
    order
}

fn days(by_day: &[Tally; 32], clock: &MonthClock) -> Vec<Day> {
    (0_u8..)
        .zip(by_day)
        .filter(|(_, tally)| tally.plays > 0)
        .map(|(day, tally)| Day { date: clock.date_of_day(day), minutes: tally.minutes() })
        .collect()
}
