//! `render`: the files, their sizes, languages, themes and fonts.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::check::{
    command, finish, fixtures, folder, names, october, october_value, piped, png, png_at, render,
    summary, wrapped,
};

#[test]
fn october_gives_two_cards_of_full_size_without_the_users_name() {
    let out = folder();
    let path = october();
    let run = wrapped(["render", path.to_str().unwrap(), "-o", out.path().to_str().unwrap()]);
    let run = run.expect(0);
    assert_eq!(names(out.path()), ["artists.png", "songs.png"]);
    assert!(!run.stderr.contains("error"), "{}", run.stderr);
    let paths: Vec<PathBuf> = run.text().lines().map(PathBuf::from).collect();
    assert_eq!(paths, [out.path().join("songs.png"), out.path().join("artists.png")]);
    let name = october_value()["user"]["name"].as_str().unwrap().to_owned();
    let id = october_value()["user"]["id"].as_str().unwrap().to_owned();
    for path in paths {
        let png = png_at(&path);
        assert_eq!(png.size, (1080, 1920));
        assert_eq!(png.color, png::ColorType::Rgb);
        assert!(!png.texts.is_empty(), "the file says nothing of itself");
        for (keyword, text) in &png.texts {
            assert!(!text.contains(&name) && !text.contains(&id), "{keyword}: {text}");
        }
    }
}

#[test]
fn one_card_is_made_if_one_is_asked_for() {
    let out = folder();
    render(&october(), out.path(), &["--card", "artists"]).expect(0);
    assert_eq!(names(out.path()), ["artists.png"]);
}

#[test]
fn the_scale_gives_the_size() {
    for (scale, size) in [("0.25", (270, 480)), ("0.5", (540, 960)), ("2", (2160, 3840))] {
        let run = command_of(&["--scale", scale, "--card", "songs", "--out", "-"]).expect(0);
        assert_eq!(png(&run.stdout).size, size, "{scale}");
    }
    for scale in ["0.2", "2.1", "nan", "-1", "inf", "big"] {
        let argument = format!("--scale={scale}");
        let run = command_of(&[&argument, "--card", "songs", "--out", "-"]).expect(2);
        assert!(run.stderr.contains("scale") && run.stdout.is_empty(), "{scale}: {}", run.stderr);
    }
}

fn command_of(more: &[&str]) -> crate::check::Run {
    finish(command().arg("render").arg(october()).args(more))
}

#[test]
fn svg_and_report_lie_beside_the_cards() {
    let out = folder();
    let run = render(&october(), out.path(), &["--svg", "--report"]).expect(0);
    let all = [
        "artists.png",
        "artists.report.json",
        "artists.svg",
        "songs.png",
        "songs.report.json",
        "songs.svg",
    ];
    assert_eq!(names(out.path()), all);
    assert_eq!(run.text().lines().count(), 6);
    let svg = fs::read_to_string(out.path().join("songs.svg")).unwrap();
    let options = roxmltree::ParsingOptions { nodes_limit: 1_000_000, ..Default::default() };
    let document = roxmltree::Document::parse_with_options(&svg, options).unwrap();
    assert_eq!(document.root_element().tag_name().name(), "svg");
    let count = |name: &str| {
        document
            .descendants()
            .filter(|n| n.has_tag_name(("http://www.w3.org/2000/svg", name)))
            .count()
    };
    assert_eq!(count("text"), 0);
    assert!(count("path") > 10 && count("image") > 0, "{} {}", count("path"), count("image"));
    let report: Value =
        serde_json::from_slice(&fs::read(out.path().join("songs.report.json")).unwrap()).unwrap();
    for field in [
        "card",
        "theme",
        "locale",
        "alt_text",
        "fonts",
        "slots",
        "missing_glyphs",
        "images",
        "warnings",
    ] {
        assert!(!report[field].is_null(), "{field}");
    }
    assert_eq!(
        (&report["card"], &report["theme"], &report["locale"]),
        (&"songs".into(), &"block".into(), &"en".into())
    );
    for field in ["id", "path", "size", "lines", "shortened"] {
        assert!(report["slots"][0].get(field).is_some(), "slots[0].{field}");
    }
    assert_eq!(report["images"][0]["state"], "ok");
}

#[test]
fn standard_input_and_output_are_a_dash() {
    let json = fs::read(october()).unwrap();
    let arguments = ["render", "-", "--out", "-", "--card", "songs", "--scale", "0.25"];
    // References start from the current folder, so that the covers are found.
    let run = piped(&arguments, &fixtures().join("summaries"), &json).expect(0);
    let out = folder();
    render(&october(), out.path(), &["--card", "songs"]).expect(0);
    assert!(run.stdout == fs::read(out.path().join("songs.png")).unwrap());
    assert!(!run.stderr.contains("cover"), "{}", run.stderr);
}

#[test]
fn standard_output_takes_one_card_alone() {
    let run = command_of(&["--out", "-"]).expect(2);
    assert!(run.stderr.contains("--card") && run.stdout.is_empty(), "{}", run.stderr);
    let run = command_of(&["--out", "-", "--card", "songs", "--report"]).expect(2);
    assert!(run.stderr.contains("give a folder"), "{}", run.stderr);
}

#[test]
fn languages_differ_and_an_unknown_one_is_a_warning() {
    let mut pictures = Vec::new();
    for locale in ["en", "de", "ar", "ja"] {
        let out = folder();
        let run = render(&october(), out.path(), &["--locale", locale, "--report"]).expect(0);
        assert!(!run.stderr.contains("warning: locale"), "{}", run.stderr);
        let report = fs::read(out.path().join("songs.report.json")).unwrap();
        let report: Value = serde_json::from_slice(&report).unwrap();
        assert_eq!(report["locale"], locale);
        pictures.push(png_at(&out.path().join("songs.png")).pixels);
    }
    assert!((1..4).all(|i| !pictures[..i].contains(&pictures[i])));
    let out = folder();
    let run = render(&october(), out.path(), &["--locale", "tlh"]).expect(0);
    assert!(run.stderr.contains("warning: locale: \"tlh\" has no labels"), "{}", run.stderr);
    // Both cards say it; a person reads it once.
    assert_eq!(run.stderr.matches("tlh").count(), 1, "{}", run.stderr);
}

fn copied_theme(to: &Path) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/themes/block");
    let theme = to.join("mine");
    fs::create_dir(&theme).unwrap();
    for name in ["theme.toml", "songs.svg", "artists.svg"] {
        fs::copy(from.join(name), theme.join(name)).unwrap();
    }
    theme
}

#[test]
fn a_theme_is_a_name_or_a_folder() {
    let out = folder();
    let theme = copied_theme(out.path());
    render(&october(), &out.path().join("a"), &["--theme", theme.to_str().unwrap()]).expect(0);
    render(&october(), &out.path().join("b"), &["--theme", "block"]).expect(0);
    for name in ["songs.png", "artists.png"] {
        let read = |folder: &str| fs::read(out.path().join(folder).join(name)).unwrap();
        assert!(read("a") == read("b"), "{name}");
    }
}

#[test]
fn a_theme_that_is_not_there_is_told_with_those_that_are() {
    let out = folder();
    let run = render(&october(), out.path(), &["--theme", "blok"]).expect(2);
    assert!(run.stderr.contains("no theme \"blok\"; shipped is block"), "{}", run.stderr);
    let theme = copied_theme(out.path());
    fs::remove_file(theme.join("artists.svg")).unwrap();
    let run = render(&october(), &out.path().join("a"), &["--theme", theme.to_str().unwrap()]);
    let run = run.expect(4);
    assert!(run.stderr.contains("mine/artists.svg: is missing"), "{}", run.stderr);
    let run = render(&october(), &out.path().join("a"), &["--theme", "./nowhere"]).expect(4);
    assert!(run.stderr.contains("nowhere/theme.toml: is missing"), "{}", run.stderr);
    assert_eq!(names(out.path()), ["mine"]);
}

#[test]
fn fonts_of_a_folder_are_added_and_a_broken_one_is_named() {
    let out = folder();
    let fonts = out.path().join("fonts");
    fs::create_dir(&fonts).unwrap();
    let arguments = ["--fonts", fonts.to_str().unwrap()];
    let run = render(&october(), &out.path().join("a"), &arguments).expect(5);
    assert!(run.stderr.contains("fonts: holds no .ttf, .otf or .ttc file"), "{}", run.stderr);
    let inter = Path::new(env!("CARGO_MANIFEST_DIR")).join("../templates/fonts/Inter-Regular.ttf");
    fs::copy(inter, fonts.join("more.TTF")).unwrap();
    fs::write(fonts.join("readme.txt"), "not a font, and not asked to be one").unwrap();
    render(&october(), &out.path().join("a"), &arguments).expect(0);
    fs::write(fonts.join("broken.otf"), "not a font").unwrap();
    let run = render(&october(), &out.path().join("b"), &arguments).expect(5);
    assert!(run.stderr.contains("fonts/broken.otf: is not a TrueType"), "{}", run.stderr);
    let nowhere = ["--fonts", "/nowhere/at/all"];
    let run = render(&october(), &out.path().join("b"), &nowhere).expect(1);
    assert!(run.stderr.contains("/nowhere/at/all: cannot be read"), "{}", run.stderr);
    assert_eq!(names(out.path()), ["a", "fonts"]);
}

#[test]
fn a_glyph_that_no_font_has_is_a_warning_or_an_error() {
    let out = folder();
    let path = out.path().join("summary.json");
    let mut summary = october_value();
    // Old Permic: no font of the default set has it.
    summary["songs"][0]["title"] = "\u{10350}\u{10351}".into();
    // With its cover, so that no drawn one shows the title's initials before it.
    let cover = fixtures().join("summaries/covers/a.jpg");
    summary["songs"][0]["cover"] = cover.to_str().unwrap().into();
    fs::write(&path, summary.to_string()).unwrap();
    let run = render(&path, &out.path().join("a"), &["--allow-path"]).expect(0);
    assert!(run.stderr.contains("warning: songs[0].title: no font has U+10350"), "{}", run.stderr);
    let arguments = ["--allow-path", "--missing-glyph", "error"];
    let run = render(&path, &out.path().join("b"), &arguments).expect(5);
    assert!(run.stderr.contains("songs[0].title: no font has U+10350"), "{}", run.stderr);
    assert!(!out.path().join("b").exists());
}

#[test]
fn many_warnings_are_counted() {
    let out = folder();
    let path = out.path().join("summary.json");
    let mut summary = october_value();
    for i in 0..30 {
        summary[format!("unknown_{i:02}")] = i.into();
    }
    fs::write(&path, summary.to_string()).unwrap();
    let run = render(&path, &out.path().join("a"), &["--card", "songs"]).expect(0);
    let lines: Vec<&str> = run.stderr.lines().filter(|l| l.starts_with("warning: ")).collect();
    assert_eq!(lines.len(), 21, "{}", run.stderr);
    assert!(lines[20].starts_with("warning: and "), "{}", lines[20]);
}

#[test]
fn a_locale_of_the_summary_is_obeyed() {
    let out = folder();
    let run = render(&summary("ok-german.json"), out.path(), &["--format", "json"]).expect(0);
    let alt = run.json()["cards"][0]["alt_text"].as_str().unwrap().to_owned();
    assert!(alt.contains("Oktober"), "{alt}");
}

#[test]
fn a_text_made_safe_or_cut_is_a_warning_that_names_the_field() {
    for name in ["ok-hostile-text.json", "ok-title-100kb.json"] {
        let out = folder();
        let run = render(&summary(name), out.path(), &["--card", "songs"]).expect(0);
        let warning = run.stderr.lines().find(|line| line.starts_with("warning: songs["));
        assert!(warning.is_some_and(|line| line.contains("].title: ")), "{name}: {}", run.stderr);
        assert!(run.stderr.len() < 10_000, "{name} floods the terminal");
    }
}
