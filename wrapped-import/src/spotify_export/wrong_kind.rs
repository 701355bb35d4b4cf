//! What to say about a download that holds no listening history.

use wrapped_core::Error;

use crate::files::FileKind;
use crate::source::EntryInfo;

/// Names that a message quotes.
const MAX_QUOTED: usize = 4;

const EXPECTED: &str = "expected Streaming_History_Audio_*.json or endsong_*.json (the extended \
    streaming history), or StreamingHistory_music_*.json or StreamingHistory*.json (the account \
    data)";

/// The error for the source called `name` that holds `list` and no history among it.
pub(super) fn wrong_kind(name: &str, list: &[EntryInfo]) -> Error {
    let of = |kinds: &[FileKind]| -> Vec<&str> {
        let mut names: Vec<&str> = list
            .iter()
            .filter(|entry| kinds.contains(&entry.kind))
            .map(|entry| entry.name.as_str())
            .collect();
        names.sort_unstable();
        names
    };
    let other_histories = of(&[FileKind::OtherHistory]);
    let account = of(&[FileKind::AccountFile]);
    let zips = of(&[FileKind::Zip]);
    let rest = of(&[FileKind::Other]);
    let found = if !other_histories.is_empty() {
        format!("holds no songs, only {}", quoted(&other_histories))
    } else if !account.is_empty() {
        format!("is account data without the listening history; it has {}", quoted(&account))
    } else if !zips.is_empty() {
        format!("holds another zip, to be unpacked or imported itself: {}", quoted(&zips))
    } else if !rest.is_empty() {
        format!("holds no listening history, only {}", quoted(&rest))
    } else {
        "holds no files".to_owned()
    };
    Error::data(name, format!("{found}; {EXPECTED}"))
}

fn quoted(names: &[&str]) -> String {
    let mut text = names.iter().take(MAX_QUOTED).copied().collect::<Vec<_>>().join(", ");
    if names.len() > MAX_QUOTED {
        text.push_str(&format!(" and {} more", names.len() - MAX_QUOTED));
    }
    text
}
