//! The import once more, as plainly as it can be written: everything in memory, nothing clever.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use wrapped_core::Summary;
use wrapped_core::summary::{Day, Totals};

use crate::synthetic::{Entry, Media};

/// What the naive model says about a month.
#[derive(Debug, PartialEq)]
pub struct Naive {
    pub totals: Totals,
    pub days: Vec<Day>,
    /// Artist and title in lower case, plays, minutes; sorted by name.
    pub songs: Vec<(String, String, u64, u64)>,
    /// Artist in lower case, plays, minutes; sorted by name.
    pub artists: Vec<(String, u64, u64)>,
}

fn minutes(ms: i64) -> u64 {
    (ms as f64 / 60_000.0).round() as u64
}

fn local_month(entry: &Entry, zone: &str) -> (String, String) {
    let local = Timestamp::from_second(entry.end).unwrap().in_tz(zone).unwrap();
    (local.strftime("%Y-%m").to_string(), local.strftime("%Y-%m-%d").to_string())
}

/// The model's month of some entries, in a catalogue whose titles need no grammar.
pub fn naive(entries: &[Entry], month: &str, zone: &str) -> Naive {
    let mut seen = BTreeSet::new();
    let mut before = BTreeSet::new();
    let mut days: BTreeMap<String, i64> = BTreeMap::new();
    let mut songs: BTreeMap<(String, String), (u64, i64)> = BTreeMap::new();
    let mut artists: BTreeMap<String, (u64, i64)> = BTreeMap::new();
    let mut total = (0, 0);
    for entry in entries {
        let Media::Song { artist, title, .. } = &entry.media else { continue };
        if !(30_000..=86_400_000).contains(&entry.ms) {
            continue;
        }
        let (entry_month, day) = local_month(entry, zone);
        if entry_month.as_str() < month {
            before.insert(artist.to_lowercase());
        }
        let is_new = seen.insert((entry.end, entry.ms, artist, title));
        if entry_month != month || !is_new {
            continue;
        }
        let artist = artist.to_lowercase();
        *days.entry(day).or_default() += entry.ms;
        for (plays, ms) in [
            &mut total,
            songs.entry((artist.clone(), title.to_lowercase())).or_default(),
            artists.entry(artist).or_default(),
        ] {
            *plays += 1;
            *ms += entry.ms;
        }
    }
    let reaches_back = entries.iter().any(|entry| local_month(entry, zone).0.as_str() < month);
    let new = artists.keys().filter(|artist| !before.contains(*artist)).count() as u64;
    Naive {
        totals: Totals {
            minutes: Some(minutes(total.1)),
            plays: Some(total.0),
            songs: Some(songs.len() as u64),
            artists: Some(artists.len() as u64),
            new_artists: reaches_back.then_some(new),
        },
        days: days.into_iter().map(|(date, ms)| Day { date, minutes: minutes(ms) }).collect(),
        songs: songs.into_iter().map(|((a, t), (plays, ms))| (a, t, plays, minutes(ms))).collect(),
        artists: artists.into_iter().map(|(a, (plays, ms))| (a, plays, minutes(ms))).collect(),
    }
}

/// A summary in the model's terms. Only for months with at most a hundred songs and artists.
pub fn of_summary(summary: &Summary) -> Naive {
    let mut songs: Vec<_> = summary
        .songs
        .iter()
        .map(|song| {
            let artist = song.artists[0].to_lowercase();
            (artist, song.title.to_lowercase(), song.plays.unwrap(), song.minutes.unwrap())
        })
        .collect();
    let mut artists: Vec<_> = summary
        .artists
        .iter()
        .map(|artist| (artist.name.to_lowercase(), artist.plays.unwrap(), artist.minutes.unwrap()))
        .collect();
    songs.sort();
    artists.sort();
    Naive { totals: summary.totals.clone(), days: summary.days.clone(), songs, artists }
}
