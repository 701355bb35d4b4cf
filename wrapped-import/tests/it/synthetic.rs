//! An invented person's export in the exact format, oddities included.
//!
//! Shared by the tests, by `examples/make_exports.rs` and by `benches/budget.rs`, each of which
//! uses a part of it. Names of songs and artists are real, what is played when is not, and the IP
//! addresses are from the blocks reserved for documentation.

use std::io::{self, Write};

use jiff::Timestamp;

/// A song of the catalogue: artist, titles, albums. Each album is another release with its own URI.
type Song = (&'static str, &'static [&'static str], &'static [&'static str]);

const SONGS: [Song; 24] = [
    ("Radiohead", &["Pyramid Song"], &["Amnesiac", "Pyramid Song"]),
    ("Radiohead", &["Weird Fishes/ Arpeggi"], &["In Rainbows"]),
    ("Radiohead", &["Idioteque", "Idioteque - Live"], &["Kid A", "I Might Be Wrong"]),
    ("Björk", &["Jóga"], &["Homogenic", "Jóga"]),
    ("Sigur Rós", &["Sæglópur"], &["Takk..."]),
    ("宇多田ヒカル", &["First Love"], &["First Love", "Utada Hikaru Single Collection Vol.1"]),
    ("Fairuz", &["نسم علينا الهوا"], &["Bint El Haress"]),
    ("BTS", &["봄날"], &["You Never Walk Alone"]),
    ("Земфира", &["Хочешь?"], &["Прости меня моя любовь"]),
    (
        "Daft Punk",
        &["Get Lucky (feat. Pharrell Williams & Nile Rodgers)"],
        &["Random Access Memories", "Get Lucky"],
    ),
    ("Beyoncé", &["CUFF IT"], &["RENAISSANCE"]),
    ("AC/DC", &["T.N.T."], &["High Voltage"]),
    ("Sunn O)))", &["Aghartha"], &["Monoliths & Dimensions"]),
    ("!!!", &["Me and Giuliani Down by the School Yard"], &["Louden Up Now"]),
    (
        "Godspeed You! Black Emperor",
        &["Storm"],
        &["Lift Your Skinny Fists Like Antennas to Heaven"],
    ),
    (
        "Fiona Apple",
        &["Every Single Night"],
        &["The Idler Wheel Is Wiser Than the Driver of the Screw"],
    ),
    ("Nina Simone", &["Feeling Good"], &["I Put A Spell On You", "The Best Of Nina Simone"]),
    ("Stromae", &["Papaoutai"], &["racine carrée"]),
    ("Rosalía", &["MALAMENTE (Cap.1: Augurio)"], &["El Mal Querer"]),
    ("Kraftwerk", &["Autobahn - 2009 Remaster"], &["Autobahn (2009 Remaster)"]),
    ("Kendrick Lamar", &["Money Trees"], &["good kid, m.A.A.d city"]),
    ("Caribou", &["Can't Do Without You"], &["Our Love", "Can't Do Without You"]),
    ("\"Weird Al\" Yankovic", &["Word Crimes"], &["Mandatory Fun"]),
    ("Aphex Twin", &["aisatsana [102]"], &["Syro"]),
];

/// What an entry is about.
#[derive(Clone, Debug, PartialEq)]
pub enum Media {
    Song {
        artist: String,
        title: String,
        album: Option<String>,
    },
    Podcast,
    Audiobook,
    /// A removed track: all names are null.
    Nameless,
}

/// One entry of a history.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Unix seconds.
    pub end: i64,
    pub ms: i64,
    pub media: Media,
    /// Chooses the fields that must not matter.
    pub dice: u64,
}

/// A small generator of numbers (SplitMix64), so that the same seed gives the same files for ever.
pub struct Dice(pub u64);

impl Dice {
    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.roll() % bound
    }
}

/// Entries from an instant (Unix seconds) on, for ever, about `per_day` of them a day.
pub fn entries(seed: u64, from: i64, per_day: u64) -> impl Iterator<Item = Entry> {
    let mut dice = Dice(seed);
    let mut clock_ms = from * 1000;
    std::iter::from_fn(move || {
        let ms = match dice.below(20) {
            // Skips: the format is full of plays below a second.
            0..=3 => dice.below(1_000),
            4..=6 => dice.below(30_000),
            7 => [0, 29_999, 30_000, 30_001][dice.below(4) as usize],
            _ => 90_000 + dice.below(240_000),
        };
        let pause = dice.below(2 * 86_400_000 / per_day);
        clock_ms += (ms + pause.saturating_sub(100_000)) as i64 + 1_000;
        let media = match dice.below(40) {
            0 => Media::Podcast,
            1 => Media::Audiobook,
            2 => Media::Nameless,
            _ => song(&mut dice),
        };
        Some(Entry { end: clock_ms / 1000, ms: ms as i64, media, dice: dice.roll() })
    })
}

fn song(dice: &mut Dice) -> Media {
    // The smaller of two rolls: some songs are played far more often than others.
    let rank = dice.below(400).min(dice.below(400)) as usize;
    let Some((artist, titles, albums)) = SONGS.get(rank) else {
        return Media::Song {
            artist: format!("Invented Artist {}", rank / 7),
            title: format!("Song Number {rank}"),
            album: Some(format!("Album {}", rank / 3)),
        };
    };
    let pick =
        |list: &[&str], dice: &mut Dice| list[dice.below(list.len() as u64) as usize].to_owned();
    Media::Song {
        artist: (*artist).to_owned(),
        title: pick(titles, dice),
        album: Some(pick(albums, dice)),
    }
}

/// The extended history of `entries`, written as the download writes it.
pub fn write_extended<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    out: &mut impl Write,
) -> io::Result<()> {
    out.write_all(b"[ ")?;
    for (number, entry) in entries.into_iter().enumerate() {
        if number > 0 {
            out.write_all(b", ")?;
        }
        write_extended_entry(entry, out)?;
    }
    out.write_all(b" ]")
}

fn write_extended_entry(entry: &Entry, out: &mut impl Write) -> io::Result<()> {
    let mut dice = Dice(entry.dice);
    let ts = Timestamp::from_second(entry.end).unwrap();
    let platform =
        ["ios", "android", "Linux [x86-64 0]", "web_player linux 5.4.0;chrome 118.0.0.0;desktop"]
            [dice.below(4) as usize];
    let mut name = [None, None, None];
    let (mut track, mut episode, mut book) = (None, None, None);
    match &entry.media {
        Media::Song { artist, title, album } => {
            name = [Some(title.as_str()), Some(artist.as_str()), album.as_deref()];
            track = Some(uri("track", artist.len() as u64 ^ dice.below(3)));
        }
        Media::Podcast => episode = Some(uri("episode", dice.below(50))),
        Media::Audiobook => book = Some(uri("show", dice.below(5))),
        Media::Nameless => track = Some(uri("track", dice.below(9))),
    }
    let offline = dice.below(15) == 0;
    let skipped = ["null", "false", "true"][dice.below(3) as usize];
    let text = |text: Option<&str>| serde_json::to_string(&text).unwrap();
    let fields = [
        ("ts", format!("\"{ts}\"")),
        ("platform", text(Some(platform))),
        ("ms_played", entry.ms.to_string()),
        ("conn_country", "\"DE\"".to_owned()),
        ("ip_addr", format!("\"192.0.2.{}\"", dice.below(255))),
        ("master_metadata_track_name", text(name[0])),
        ("master_metadata_album_artist_name", text(name[1])),
        ("master_metadata_album_album_name", text(name[2])),
        ("spotify_track_uri", text(track.as_deref())),
        ("episode_name", text(episode.is_some().then_some("Folge 12: Über das Wetter"))),
        ("episode_show_name", text(episode.is_some().then_some("Der erfundene Podcast"))),
        ("spotify_episode_uri", text(episode.as_deref())),
        ("audiobook_title", text(book.is_some().then_some("An Invented Book"))),
        ("audiobook_uri", text(book.as_deref())),
        ("audiobook_chapter_uri", text(book.as_deref())),
        ("audiobook_chapter_title", text(book.is_some().then_some("Chapter 1"))),
        (
            "reason_start",
            text(Some(["trackdone", "clickrow", "fwdbtn", ""][dice.below(4) as usize])),
        ),
        ("reason_end", text(Some(if entry.ms < 30_000 { "fwdbtn" } else { "trackdone" }))),
        ("shuffle", (dice.below(2) == 0).to_string()),
        ("skipped", skipped.to_owned()),
        ("offline", offline.to_string()),
        ("offline_timestamp", if offline { entry.end.to_string() } else { "null".to_owned() }),
        ("incognito_mode", (dice.below(30) == 0).to_string()),
    ];
    out.write_all(b"{")?;
    for (number, (field, value)) in fields.iter().enumerate() {
        let comma = if number > 0 { "," } else { "" };
        write!(out, "{comma}\n  \"{field}\" : {value}")?;
    }
    out.write_all(b"\n}")
}

fn uri(kind: &str, number: u64) -> String {
    let mixed = Dice(number).roll();
    format!("spotify:{kind}:{mixed:016x}{number:06}")
}

/// The account data's history of the songs among `entries`.
pub fn write_account<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    out: &mut impl Write,
) -> io::Result<()> {
    out.write_all(b"[\n")?;
    let mut number = 0;
    for entry in entries {
        let (artist, title) = match &entry.media {
            Media::Song { artist, title, .. } => (artist.as_str(), title.as_str()),
            Media::Nameless => ("Unknown Artist", "Unknown Track"),
            Media::Podcast | Media::Audiobook => continue,
        };
        let end = Timestamp::from_second(entry.end).unwrap().strftime("%Y-%m-%d %H:%M");
        let text = |text: &str| serde_json::to_string(text).unwrap();
        let comma = if number > 0 { ",\n" } else { "" };
        write!(
            out,
            "{comma}  {{\n    \"endTime\" : \"{end}\",\n    \"artistName\" : {},\n    \
             \"trackName\" : {},\n    \"msPlayed\" : {}\n  }}",
            text(artist),
            text(title),
            entry.ms
        )?;
        number += 1;
    }
    out.write_all(b"\n]")
}

/// [`write_extended`] into memory.
pub fn extended(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_extended(entries, &mut bytes).unwrap();
    bytes
}

/// [`write_account`] into memory.
pub fn account(entries: &[Entry]) -> Vec<u8> {
    let mut bytes = Vec::new();
    write_account(entries, &mut bytes).unwrap();
    bytes
}

/// A zip of named files, always the same bytes for the same files.
pub fn zip_of<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    zip_with(files, zip::write::SimpleFileOptions::default())
}

/// [`zip_of`] with other options for every entry.
pub fn zip_with<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    options: zip::write::SimpleFileOptions,
) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
