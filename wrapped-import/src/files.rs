//! What a file of a download is, told by its name.

/// The kinds of file that matter to an import, in the order in which they are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FileKind {
    /// Extended streaming history: `Streaming_History_Audio_*.json`, `endsong_*.json`.
    Extended,
    /// Account data: `StreamingHistory_music_*.json`, `StreamingHistory*.json`.
    Account,
    /// A history of something else than songs: videos, podcasts, audiobooks.
    OtherHistory,
    /// Account data about something else than listening.
    AccountFile,
    /// A zip inside the zip.
    Zip,
    /// What file managers leave behind.
    Junk,
    Other,
}

/// Files of the account data beside the history, each a sign that the download is of that kind.
const ACCOUNT_FILES: [&str; 11] = [
    "userdata",
    "identity",
    "identifiers",
    "inferences",
    "playlist",
    "yourlibrary",
    "searchqueries",
    "follow",
    "payments",
    "marquee",
    "duonewfamily",
];

/// The kind of the file at `path`, whose folders may be written with either slash.
pub(crate) fn kind(path: &str) -> FileKind {
    let path = path.to_lowercase();
    let mut parts = path.split(['/', '\\']);
    let name = parts.next_back().unwrap_or_default();
    let is_junk = name.is_empty()
        || name.starts_with("._")
        || matches!(name, ".ds_store" | "thumbs.db" | "desktop.ini")
        || parts.any(|folder| folder == "__macosx");
    if is_junk {
        return FileKind::Junk;
    }
    let Some((stem, extension)) = name.rsplit_once('.') else { return FileKind::Other };
    match extension {
        "json" => json_kind(stem),
        "zip" => FileKind::Zip,
        _ => FileKind::Other,
    }
}

fn json_kind(stem: &str) -> FileKind {
    if stem.starts_with("streaming_history_audio") || stem.starts_with("endsong") {
        return FileKind::Extended;
    }
    if stem.starts_with("streaming_history") || stem.starts_with("endvideo") {
        return FileKind::OtherHistory;
    }
    if let Some(rest) = stem.strip_prefix("streaminghistory") {
        // `StreamingHistory0`, `StreamingHistory_music_0` and `StreamingHistory0 (1)` hold songs;
        // `StreamingHistory_podcast_0` and `StreamingHistory_audiobook_0` do not.
        let is_music = !rest.starts_with('_') || rest.starts_with("_music");
        return if is_music { FileKind::Account } else { FileKind::OtherHistory };
    }
    if ACCOUNT_FILES.iter().any(|known| stem.starts_with(known)) {
        return FileKind::AccountFile;
    }
    FileKind::Other
}

/// A name as a message can show it: controls escaped, of bounded length.
pub(crate) fn shown(name: &str) -> String {
    const MAX_CHARS: usize = 300;
    let is_plain = |char: char| {
        !char.is_control() && !matches!(char, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    let mut text = String::new();
    for char in name.chars().take(MAX_CHARS) {
        if is_plain(char) {
            text.push(char);
        } else {
            text.extend(char.escape_unicode());
        }
    }
    if name.chars().nth(MAX_CHARS).is_some() {
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind() {
        for (name, expected) in [
            ("Streaming_History_Audio_2019-2020_0.json", FileKind::Extended),
            (
                "my_spotify_data/Spotify Extended Streaming History/ENDSONG_3.JSON",
                FileKind::Extended,
            ),
            ("MyData\\StreamingHistory_music_0.json", FileKind::Account),
            ("StreamingHistory0.json", FileKind::Account),
            ("StreamingHistory1 (2).json", FileKind::Account),
            ("StreamingHistory_podcast_0.json", FileKind::OtherHistory),
            ("StreamingHistory_audiobook_0.json", FileKind::OtherHistory),
            ("Streaming_History_Video_2020-2024.json", FileKind::OtherHistory),
            ("MyData/Playlist1.json", FileKind::AccountFile),
            ("__MACOSX/MyData/._StreamingHistory0.json", FileKind::Junk),
            ("__MACOSX/StreamingHistory0.json", FileKind::Junk),
            ("a/.DS_Store", FileKind::Junk),
            ("MyData/", FileKind::Junk),
            ("ReadMeFirst.pdf", FileKind::Other),
            ("Streaming_History_Audio_2019.csv", FileKind::Other),
            ("inner.zip", FileKind::Zip),
        ] {
            assert_eq!(kind(name), expected, "{name}");
        }
    }

    #[test]
    fn shown_names_cannot_disturb_a_terminal() {
        assert_eq!(shown("a\u{1b}[31m\u{202e}b"), "a\\u{1b}[31m\\u{202e}b");
        assert_eq!(shown(&"x".repeat(400)).chars().count(), 301);
        assert_eq!(shown("Übung/日本.json"), "Übung/日本.json");
    }
}
