//! Days and months as a person in a time zone lives them.

use crate::check::{import_json, options, play, play_of, summary};
use crate::synthetic::Entry;

fn at(end: &str) -> Entry {
    play(end, 60_000, "A", "T")
}

fn days(entries: &[Entry], month: &str, zone: &str) -> Vec<(String, u64)> {
    summary(entries, &options(month, zone))
        .days
        .into_iter()
        .map(|day| (day.date, day.minutes))
        .collect()
}

#[test]
fn the_end_of_a_stream_decides_its_day_and_month() {
    // Midnight in Berlin is 22:00 UTC in summer and 23:00 in winter; October has both.
    let entries = [
        at("2026-09-30T21:59:59Z"),
        play("2026-09-30T22:00:00Z", 600_000, "A", "T"),
        at("2026-10-31T22:59:59Z"),
        at("2026-10-31T23:00:00Z"),
    ];
    let october = days(&entries, "2026-10", "Europe/Berlin");
    assert_eq!(october, [("2026-10-01".into(), 10), ("2026-10-31".into(), 1)]);
    let utc = days(&entries, "2026-10", "UTC");
    assert_eq!(utc, [("2026-10-31".into(), 2)]);
    let tokyo = days(&entries, "2026-10", "Asia/Tokyo");
    assert_eq!(tokyo, [("2026-10-01".into(), 11)]);
    let kiritimati = days(&entries, "2026-11", "Pacific/Kiritimati");
    assert_eq!(kiritimati, [("2026-11-01".into(), 2)]);
}

#[test]
fn nights_with_a_clock_change_are_one_day_each() {
    // Berlin: 2026-10-25 has 25 hours, from 22:00 UTC to 23:00 UTC.
    let autumn = [
        at("2026-10-24T21:59:59Z"),
        at("2026-10-24T22:00:00Z"),
        at("2026-10-25T00:30:00Z"),
        at("2026-10-25T01:30:00Z"),
        at("2026-10-25T22:59:59Z"),
        at("2026-10-25T23:00:00Z"),
    ];
    let october = days(&autumn, "2026-10", "Europe/Berlin");
    let expected = [("2026-10-24", 1), ("2026-10-25", 4), ("2026-10-26", 1)];
    assert_eq!(october, expected.map(|(day, minutes)| (day.to_owned(), minutes)));
    // Havana changes at midnight itself: 2026-11-01 01:00 becomes 00:00.
    let havana =
        [at("2026-11-01T03:59:59Z"), at("2026-11-01T04:00:00Z"), at("2026-11-01T05:00:00Z")];
    assert_eq!(days(&havana, "2026-11", "America/Havana"), [("2026-11-01".into(), 2)]);
    // Cairo skips the first hour of 2026-04-24; the day then begins at 01:00.
    let cairo = [at("2026-04-23T21:59:59Z"), at("2026-04-23T22:00:00Z")];
    let expected = [("2026-04-23".into(), 1), ("2026-04-24".into(), 1)];
    assert_eq!(days(&cairo, "2026-04", "Africa/Cairo"), expected);
}

#[test]
fn coverage_is_the_span_of_the_export_within_the_month() {
    let covered = |entries: &[Entry], month: &str| {
        let coverage = summary(entries, &options(month, "Europe/Berlin")).coverage.unwrap();
        (coverage.days, coverage.of)
    };
    let entries = [at("2026-08-05T12:00:00Z"), at("2026-10-28T12:00:00Z")];
    assert_eq!(covered(&entries, "2026-10"), (28, 31));
    assert_eq!(covered(&entries, "2026-09"), (30, 30));
    assert_eq!(covered(&entries, "2026-08"), (27, 31));
    assert_eq!(covered(&entries, "2026-07"), (0, 31));
    assert_eq!(covered(&entries, "2026-11"), (0, 30));
    assert_eq!(covered(&entries[..1], "2026-08"), (1, 31));
    assert_eq!(covered(&[], "2024-02"), (0, 29));
    // A skip and a podcast prove that the export reaches their day; an unset clock does not.
    let skip = play("2026-10-30T12:00:00Z", 400, "A", "T");
    assert_eq!(covered(&[entries.to_vec(), vec![skip]].concat(), "2026-10"), (30, 31));
    let unset = at("1970-01-01T00:00:12Z");
    assert_eq!(covered(&[vec![unset], entries.to_vec()].concat(), "2026-07"), (0, 31));
}

#[test]
fn new_artists_were_not_heard_before() {
    let new = |entries: &[Entry]| summary(entries, &options("2026-10", "UTC")).totals.new_artists;
    let october = [
        play("2026-10-02T12:00:00Z", 60_000, "Known", "T"),
        play("2026-10-02T13:00:00Z", 60_000, "Skipped", "T"),
        play("2026-10-02T14:00:00Z", 60_000, "New", "T"),
    ];
    assert_eq!(new(&october), None, "the export does not reach back");
    let before = [
        play("2026-09-02T12:00:00Z", 60_000, "KNOWN", "Other"),
        play("2026-09-02T13:00:00Z", 29_999, "Skipped", "T"),
    ];
    let after = [play("2026-11-02T14:00:00Z", 60_000, "New", "T")];
    assert_eq!(new(&[&before[..], &october, &after].concat()), Some(2));
}

#[test]
fn an_empty_month_is_a_summary_with_a_sentence() {
    let entries = [
        at("2024-12-05T12:00:00Z"),
        at("2025-01-05T12:00:00Z"),
        at("2025-02-05T12:00:00Z"),
        at("2026-09-05T12:00:00Z"),
        play("2026-10-05T12:00:00Z", 1_000, "A", "T"),
        at("2026-12-05T12:00:00Z"),
    ];
    let json = String::from_utf8(crate::synthetic::extended(&entries)).unwrap();
    let imported = import_json(&json, &options("2026-10", "UTC")).unwrap();
    assert_eq!(
        imported.note.as_deref(),
        Some(
            "No song was played for 30 seconds in 2026-10; the export has plays in \
             2024-12 to 2025-02, 2026-09 and 2026-12."
        )
    );
    let summary = imported.summary;
    assert!(summary.songs.is_empty() && summary.artists.is_empty() && summary.days.is_empty());
    assert_eq!((summary.totals.plays, summary.totals.minutes), (Some(0), Some(0)));
    assert_eq!(summary.coverage.unwrap().days, 31);

    let imported = import_json("[]", &options("2026-10", "UTC")).unwrap();
    assert_eq!(
        imported.note.as_deref(),
        Some("No song was played for 30 seconds in 2026-10, nor in any other month of the export.")
    );
    let full = import_json(&json, &options("2026-09", "UTC")).unwrap();
    assert_eq!(full.note, None);
}

#[test]
fn minutes_are_rounded_once_from_the_sum() {
    // Three plays of 30 s are 1.5 minutes: 2, not 3 times 1 and not 0.
    let entries = [
        play_of("2026-10-02T12:00:00Z", 30_000, "A", "T", None),
        play_of("2026-10-02T12:01:00Z", 30_000, "A", "T", None),
        play_of("2026-10-03T12:02:00Z", 30_000, "A", "U", None),
        play_of("2026-10-03T12:03:00Z", 29_999, "A", "U", None),
    ];
    let summary = summary(&entries, &options("2026-10", "UTC"));
    assert_eq!((summary.totals.minutes, summary.totals.plays), (Some(2), Some(3)));
    assert_eq!(summary.songs[0].minutes, Some(1));
    assert_eq!(summary.songs[1].minutes, Some(1));
    assert_eq!(summary.artists[0].minutes, Some(2));
}
