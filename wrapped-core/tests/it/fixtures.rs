//! The committed summaries: `ok-*` must be read, `err-*` must be refused in the snapshot's words.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use wrapped_core::Summary;

/// Name and bytes of every summary whose name begins with `prefix`, sorted by name.
fn summaries(prefix: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/summaries");
    let mut found: Vec<_> = fs::read_dir(folder)
        .expect("the fixtures are there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| {
            let name = path.file_stem().expect("a file").to_string_lossy().into_owned();
            (name, fs::read(path).expect("a readable file"))
        })
        .filter(|(name, _)| name.starts_with(prefix))
        .collect();
    found.sort();
    found
}

#[test]
fn every_ok_summary_is_read() {
    let found = summaries("ok-");
    assert!(found.len() > 70, "only {} fixtures", found.len());
    for (name, json) in found {
        let read = Summary::from_json(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
        let expected = if name == "ok-unknown-fields" { 2 } else { 0 };
        assert_eq!(read.warnings.len(), expected, "{name}: {:?}", read.warnings);
        read.value.validate().unwrap_or_else(|error| panic!("{name}: {error}"));
        let again = serde_json::to_vec(&read.value).expect("a summary is JSON");
        assert_eq!(Summary::from_json(&again).expect("valid").value, read.value, "{name}");
    }
}

#[test]
fn every_err_summary_is_refused_in_these_words() {
    let mut messages = String::new();
    for (name, json) in summaries("err-") {
        match Summary::from_json(&json) {
            Ok(_) => panic!("{name} was read"),
            Err(error) => {
                let code = error.kind().code();
                writeln!(messages, "{name}\n  {code}: {error}").expect("a String takes all");
            }
        }
    }
    insta::assert_snapshot!(messages);
}

/// The first summary anybody renders has numbers that fit each other.
#[test]
fn october_adds_up() {
    let [(_, json)] = &summaries("october")[..] else { panic!("there is one October") };
    let october = Summary::from_json(json).expect("valid").value;
    let totals = &october.totals;
    assert_eq!(totals.minutes, Some(october.days.iter().map(|day| day.minutes).sum()));
    assert_eq!(october.days.len(), 31);
    let plays = |list: Vec<Option<u64>>| list.into_iter().flatten().sum::<u64>();
    assert!(Some(plays(october.songs.iter().map(|song| song.plays).collect())) <= totals.plays);
    assert!(
        Some(plays(october.artists.iter().map(|artist| artist.plays).collect())) <= totals.plays
    );
    assert!(october.songs.is_sorted_by(|a, b| a.plays >= b.plays));
    assert!(october.artists.is_sorted_by(|a, b| a.plays >= b.plays));
    for artist in &october.artists {
        let by = |song: &&wrapped_core::summary::Song| song.artists.contains(&artist.name);
        let (own_plays, own_minutes) = october.songs.iter().filter(by).fold((0, 0), |sum, song| {
            (sum.0 + song.plays.unwrap_or(0), sum.1 + song.minutes.unwrap_or(0))
        });
        assert!(artist.plays >= Some(own_plays), "{}", artist.name);
        assert!(artist.minutes >= Some(own_minutes), "{}: {own_minutes}", artist.name);
    }
    assert!(october.genres.iter().filter_map(|genre| genre.share).sum::<f64>() <= 1.0);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/summaries");
    let covers = october.songs.iter().filter_map(|song| song.cover.as_ref());
    for reference in covers.chain(october.artists.iter().filter_map(|artist| artist.image.as_ref()))
    {
        let length = fs::metadata(folder.join(reference)).expect("the picture is there").len();
        assert!((20_000..60_000).contains(&length), "{reference}: {length}");
    }
}
