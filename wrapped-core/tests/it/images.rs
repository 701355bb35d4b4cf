//! Covers of every kind, good and bad: the picture or the placeholder, never a failure.

use wrapped_core::{CardKind, RenderOptions};

use crate::common::{decode, fill, fixtures, render};

#[test]
fn odd_covers_end_as_pictures_or_placeholders() {
    let mut names: Vec<String> = std::fs::read_dir(fixtures().join("summaries"))
        .expect("fixtures")
        .map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"))
        .filter_map(|name| Some(name.strip_suffix(".json")?.to_owned()))
        .filter(|name| name.starts_with("ok-cover-"))
        .collect();
    names.sort();
    assert!(names.len() > 20, "{names:?}");
    let mut out = String::new();
    for name in names {
        let filled = fill(&name, CardKind::Songs, &RenderOptions::default());
        let report = filled.report();
        let first = report.images.iter().find(|i| i.path == "songs[1].cover").expect("a cover");
        let said = report.warnings.iter().filter(|w| w.path == "songs[1].cover");
        let said: Vec<&str> = said.map(|w| w.message.as_str()).collect();
        out.push_str(&format!("{name}: {} {}\n", first.state, said.join("; ")));
        assert_eq!(
            matches!(first.state, "broken" | "unresolved"),
            !said.is_empty(),
            "{name}: a placeholder without a word, or a word without a placeholder"
        );
    }
    insta::assert_snapshot!("odd_covers", out);
}

/// All eight orientations of one picture come out as the same picture.
#[test]
fn exif_orientations_are_turned_upright() {
    let options = RenderOptions { scale: 0.25, ..RenderOptions::default() };
    let card =
        |i: u8| decode(&render(&format!("ok-cover-exif-{i}"), CardKind::Songs, &options).png);
    let upright = card(1);
    for i in 2..=8 {
        let other = card(i);
        let far = upright.rgba.chunks_exact(4).zip(other.rgba.chunks_exact(4));
        // JPEG blocks lie elsewhere in a turned file, so pixels are near and not equal.
        let far = far.filter(|(a, b)| a.iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 48)).count();
        assert!(far < 60, "orientation {i}: {far} pixels are far off");
    }
}
