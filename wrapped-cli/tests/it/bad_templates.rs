//! Themes that are wrong or hostile: exit 4, the file, the element, the attribute, in bounded time.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::check::{folder, names, october, render};

/// Puts `songs` in the place of block's drawing; gives what is said.
#[track_caller]
fn refused(songs: &str) -> String {
    let root = folder();
    let theme = root.path().join("theme");
    fs::create_dir(&theme).unwrap();
    let block = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/themes/block");
    for name in ["theme.toml", "artists.svg"] {
        fs::copy(block.join(name), theme.join(name)).unwrap();
    }
    fs::write(theme.join("songs.svg"), songs).unwrap();
    let start = Instant::now();
    let run = render(&october(), &root.path().join("out"), &["--theme", theme.to_str().unwrap()]);
    let run = run.expect(4);
    assert!(start.elapsed() < Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(names(root.path()), ["theme"]);
    assert!(run.stdout.is_empty());
    run.stderr
}

fn block() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/themes/block/songs.svg");
    fs::read_to_string(path).unwrap()
}

fn drawing(body: &str) -> String {
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 1080 1920" width="1080" height="1920">{body}</svg>"#
    )
}

#[track_caller]
fn says(songs: &str, parts: &[&str]) {
    let said = refused(songs);
    for part in parts {
        assert!(said.contains(part), "{part:?} is not in: {said}");
    }
}

#[test]
fn a_syntax_error_names_the_file() {
    says(&block()[..2_000], &["error: songs.svg"]);
    says("", &["error: songs.svg"]);
}

#[test]
fn an_unknown_field_or_filter_names_element_and_attribute() {
    let text = |value: &str| {
        drawing(&format!(
            r#"<text id="t" x="9" y="99" font-size="40" data-width="500" data-text="{value}">x</text>"#
        ))
    };
    says(&text("{{ user.nmae }}"), &["songs.svg", "text#t", "data-text", "nmae"]);
    says(&text("{{ user.name|uper }}"), &["songs.svg", "text#t", "data-text", "uper"]);
    says(&text("{{ user.name "), &["songs.svg", "text#t", "data-text"]);
}

#[test]
fn an_external_reference_names_element_and_attribute() {
    says(
        &drawing(r#"<image id="i" href="https://example.org/a.png" width="9" height="9"/>"#),
        &["songs.svg", "image#i", "href"],
    );
    says(
        &drawing(r#"<image id="i" xlink:href="file:///etc/passwd" width="9" height="9"/>"#),
        &["songs.svg", "image#i", "href"],
    );
}

#[test]
fn a_bomb_of_entities_ends_soon() {
    let mut entities = String::from("<!ENTITY a0 \"aaaaaaaaaaaaaaaa\">");
    for i in 1..12 {
        let inner = format!("&a{};", i - 1).repeat(16);
        entities.push_str(&format!("<!ENTITY a{i} \"{inner}\">"));
    }
    let body = drawing("<title>&a11;</title>");
    says(&format!("<!DOCTYPE svg [{entities}]>{body}"), &["error: songs.svg"]);
}

#[test]
fn endless_nesting_ends_soon() {
    let deep = format!("{}{}", "<g>".repeat(100_000), "</g>".repeat(100_000));
    says(&drawing(&deep), &["error: songs.svg"]);
    let mut chain = String::from(r#"<defs><g id="u0"><rect width="1" height="1"/></g>"#);
    for i in 1..30 {
        let twice = format!(r##"<use href="#u{}"/>"##, i - 1).repeat(2);
        chain.push_str(&format!(r#"<g id="u{i}">{twice}</g>"#));
    }
    says(&drawing(&format!(r##"{chain}</defs><use href="#u29"/>"##)), &["error: songs.svg"]);
    says(&drawing(r##"<g id="a"><use href="#a"/></g>"##), &["error: songs.svg"]);
}

#[test]
fn a_file_that_is_too_large_or_no_text_is_refused() {
    says(&" ".repeat((4 << 20) + 1), &["songs.svg: must be at most 4 MiB"]);
}
