//! `--format json`: one object on each stream, and nothing else.

use std::fs;

use crate::check::{command, finish, folder, names, october, piped, render, summary, wrapped};

#[test]
fn results_are_one_object_on_standard_output() {
    let out = folder();
    let run = render(&october(), out.path(), &["--format", "json", "--svg", "--report"]).expect(0);
    assert_eq!(run.stderr, "");
    let results = run.json();
    let cards = results["cards"].as_array().unwrap();
    assert_eq!(cards.len(), 2);
    for (card, name) in cards.iter().zip(["songs", "artists"]) {
        assert_eq!(card["card"], name);
        let path = card["path"].as_str().unwrap();
        assert_eq!(card["bytes"], fs::metadata(path).unwrap().len());
        assert_eq!((&card["width"], &card["height"]), (&270.into(), &480.into()));
        assert!(card["alt_text"].as_str().unwrap().contains("2026"));
        assert!(card["warnings"].is_array());
        for other in ["svg", "report"] {
            assert!(fs::metadata(card[other].as_str().unwrap()).unwrap().len() > 0);
        }
    }
    assert!(results["warnings"].is_array());
}

#[test]
fn warnings_are_in_the_results_only() {
    let out = folder();
    let path = summary("ok-cover-missing.json");
    let run = render(&path, out.path(), &["--format=json", "--card", "songs"]).expect(0);
    assert_eq!(run.stderr, "");
    let results = run.json();
    let warning = &results["cards"][0]["warnings"][0];
    assert_eq!(
        (&warning["code"], &warning["path"]),
        (&"image_unresolved".into(), &"songs[1].cover".into())
    );
    let path = summary("ok-unknown-fields.json");
    let results = render(&path, out.path(), &["--format", "json"]).expect(0).json();
    assert_eq!(results["warnings"][0]["code"], "unknown_field");
}

#[test]
fn a_card_on_standard_output_moves_the_results_aside() {
    let path = october();
    let arguments =
        ["render", path.to_str().unwrap(), "-o", "-", "--card", "songs", "--format", "json"];
    let run = wrapped(arguments).expect(0);
    assert_eq!(&run.stdout[1..4], b"PNG");
    let results: serde_json::Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(results["cards"][0]["path"], "-");
}

#[test]
fn every_kind_of_error_has_its_code() {
    let out = folder();
    let to = out.path().join("new");
    let json = ["--format", "json"];
    let with = |more: &[&'static str]| [&json[..], more].concat();

    let run = render(&summary("err-plays-negative.json"), &to, &json).expect(3);
    let expected =
        ("data".to_owned(), "songs[3].plays".to_owned(), "must not be negative (-4)".to_owned());
    assert_eq!(run.error(), expected);
    assert_eq!(
        render(&summary("err-nested-too-deep.json"), &to, &json).expect(3).error().0,
        "limit"
    );
    assert_eq!(render(&october(), &to, &with(&["--theme", "none"])).expect(2).error().0, "usage");
    assert_eq!(
        render(&october(), &to, &with(&["--theme", "./none"])).expect(4).error().0,
        "template"
    );
    let run = render(&october(), &to, &with(&["--fonts", env!("CARGO_MANIFEST_DIR")])).expect(5);
    assert_eq!(run.error().0, "font");
    let run = render(&out.path().join("none.json"), &to, &json).expect(1);
    let (code, path, message) = run.error();
    assert!(code == "io" && path.ends_with("none.json") && message.starts_with("cannot be read"));
    assert!(names(out.path()).is_empty());
}

#[test]
fn even_wrong_arguments_are_told_as_json() {
    for arguments in [
        &["render", "--format", "json"][..],
        &["--format=json", "render", "x.json", "--out", "y", "--card", "both"],
    ] {
        let (code, path, message) = wrapped(arguments).expect(2).error();
        assert!(code == "usage" && path.is_empty() && !message.is_empty(), "{message}");
    }
    // Without the wish they are told as ever.
    assert!(wrapped(["render"]).expect(2).stderr.starts_with("error: "));
}

#[test]
fn too_much_on_standard_input_is_a_limit() {
    let out = folder();
    let much = vec![b' '; (16 << 20) + 2];
    let run = piped(&["render", "-", "-o", "x", "--format", "json"], out.path(), &much).expect(3);
    assert_eq!(
        run.error(),
        ("limit".to_owned(), "-".to_owned(), "must be at most 16 MiB".to_owned())
    );
    let large = out.path().join("large.json");
    fs::File::create(&large).unwrap().set_len(1 << 40).unwrap();
    let run = finish(command().arg("render").arg(&large).args(["-o", "x"]).current_dir(&out));
    assert!(run.expect(3).stderr.contains("large.json: must be at most 16 MiB"));
    assert_eq!(names(out.path()), ["large.json"]);
}
