//! What holds for every export, tried on random ones.

use proptest::prelude::*;

use crate::check::{TestFile, options, try_files};
use crate::naive::{naive, of_summary};
use crate::synthetic::{Entry, Media, account, extended};

const ZONES: [&str; 4] = ["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/St_Johns"];

/// Few artists, titles and instants, so that plays meet: repeats, ties, borders.
fn an_entry() -> impl Strategy<Value = Entry> {
    // From 2026-09-28 to 2026-11-03, in steps that leave many ends equal.
    let end = (0_i64..36 * 24 * 6).prop_map(|step| 1_790_553_600 + step * 600);
    let ms = prop_oneof![
        Just(29_999_i64),
        Just(30_000),
        Just(200_000),
        0_i64..400_000,
        Just(-1),
        Just(86_400_001)
    ];
    let song = (
        prop::sample::select(vec!["Björk", "BJÖRK", "AC/DC", "!!!", "宇多田ヒカル"]),
        prop::sample::select(vec!["Jóga", "jóga", "T.N.T.", "봄날"]),
        prop::option::of(prop::sample::select(vec!["Homogenic", "Jóga", "High Voltage"])),
    )
        .prop_map(|(artist, title, album)| Media::Song {
            artist: artist.to_owned(),
            title: title.to_owned(),
            album: album.map(str::to_owned),
        });
    let media = prop_oneof![
        12 => song, 1 => Just(Media::Podcast), 1 => Just(Media::Audiobook), 1 => Just(Media::Nameless)
    ];
    (end, ms, media, any::<u64>()).prop_map(|(end, ms, media, dice)| Entry { end, ms, media, dice })
}

fn some_entries() -> impl Strategy<Value = Vec<Entry>> {
    prop::collection::vec(an_entry(), 0..60)
}

fn file(number: usize, entries: &[Entry]) -> TestFile {
    (format!("Streaming_History_Audio_{number}.json"), extended(entries))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..Default::default() })]

    #[test]
    fn totals_equal_a_naive_model(entries in some_entries(), zone in 0..ZONES.len()) {
        let zone = ZONES[zone];
        let imported = try_files(&[file(0, &entries)], &options("2026-10", zone)).unwrap();
        prop_assert_eq!(of_summary(&imported.summary), naive(&entries, "2026-10", zone));
    }

    #[test]
    fn neither_the_order_of_plays_nor_that_of_files_matters(
        (entries, shuffled) in some_entries().prop_flat_map(|entries| {
            let shuffled = Just(entries.clone()).prop_shuffle();
            (Just(entries), shuffled)
        }),
        cut in 0.0..1.0,
    ) {
        let october = options("2026-10", "Europe/Berlin");
        let whole = try_files(&[file(0, &entries)], &october).unwrap();
        let (first, second) = shuffled.split_at((shuffled.len() as f64 * cut) as usize);
        let forth = try_files(&[file(0, first), file(1, second)], &october).unwrap();
        let back = try_files(&[file(1, second), file(0, first)], &october).unwrap();
        prop_assert_eq!(&forth, &back);
        prop_assert_eq!(&whole.summary, &forth.summary);
        prop_assert_eq!(&whole.note, &forth.note);
    }

    #[test]
    fn doubling_a_file_changes_nothing(entries in some_entries(), extra in some_entries()) {
        let october = options("2026-10", "Europe/Berlin");
        let once = try_files(&[file(0, &entries), file(1, &extra)], &october).unwrap();
        let within = [&entries[..], &entries].concat();
        let files = [file(0, &within), file(1, &extra), file(2, &extra)];
        let twice = try_files(&files, &october).unwrap();
        prop_assert_eq!(once.summary, twice.summary);
    }

    #[test]
    fn account_data_of_the_same_time_adds_nothing(entries in some_entries()) {
        let october = options("2026-10", "Europe/Berlin");
        let alone = try_files(&[file(0, &entries)], &october).unwrap();
        let twin = ("StreamingHistory_music_0.json".to_owned(), account(&entries));
        let both = try_files(&[twin, file(0, &entries)], &october).unwrap();
        // The account data does not tell albums; but the extended history has the say.
        prop_assert_eq!(alone.summary, both.summary);
    }

    #[test]
    fn both_formats_tell_the_same_month(entries in some_entries()) {
        let october = options("2026-10", "America/St_Johns");
        let mut entries = entries;
        // Within a minute the account data cannot tell two plays of one length apart.
        entries.sort_by_key(|entry| entry.end);
        let long = try_files(&[file(0, &entries)], &october).unwrap().summary;
        let short = ("StreamingHistory0.json".to_owned(), account(&entries));
        let short = try_files(&[short], &october).unwrap().summary;
        prop_assert_eq!(of_summary(&long).songs, of_summary(&short).songs);
        prop_assert_eq!(long.days, short.days);
    }

    #[test]
    fn random_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let name = "Streaming_History_Audio_0.json".to_owned();
        let _ = try_files(&[(name, bytes.clone())], &options("2026-10", "UTC"));
        let _ = crate::check::try_zip(&bytes, &options("2026-10", "UTC"));
    }
}
