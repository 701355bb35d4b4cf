//! `import spotify-export`: downloads become summaries, bad ones are named.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::check::{Run, command, finish, fixtures, folder, names, piped, png_at, render};

fn import(export: &Path, output: &Path, more: &[&str]) -> Run {
    let mut command = command();
    command.arg("import").arg("spotify-export").arg(export);
    command.args(["--month", "2026-10", "--time-zone", "Europe/Berlin", "-o"]).arg(output);
    finish(command.args(more))
}

fn export(name: &str) -> std::path::PathBuf {
    fixtures().join("exports").join(name)
}

#[test]
fn every_ok_export_becomes_cards() {
    let mut plays = Vec::new();
    for name in
        ["ok-extended.zip", "ok-account-data.zip", "ok-extended-folder", "ok-macos-rezipped.zip"]
    {
        let out = folder();
        let path = out.path().join("summary.json");
        let more = ["--name", "Maya", "--user-id", "5f0c", "--locale", "de"];
        let run = import(&export(name), &path, &more).expect(0);
        assert_eq!(run.text(), format!("{}\n", path.display()), "{name}");
        assert!(run.stderr.contains("next: wrapped render "), "{}", run.stderr);
        assert_eq!(names(out.path()), ["summary.json"]);
        let json = fs::read_to_string(&path).unwrap();
        assert!(json.lines().count() > 10, "pretty-printed");
        let summary: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(summary["user"], serde_json::json!({"id": "5f0c", "name": "Maya"}));
        assert_eq!(
            (&summary["locale"], &summary["source"]),
            (&"de".into(), &"spotify-export".into())
        );
        plays.push(summary["totals"]["plays"].as_u64().unwrap());
        render(&path, &out.path().join("cards"), &[]).expect(0);
        assert_eq!(png_at(&out.path().join("cards/songs.png")).size, (270, 480));
    }
    assert!(plays[0] == plays[1] && plays[2] == plays[3] && plays[0] > plays[2], "{plays:?}");
}

#[test]
fn every_err_export_names_the_entry_and_writes_nothing() {
    let mut count = 0;
    for (name, place) in [
        ("err-bomb.zip", "Streaming_History_Audio_2026_0.json"),
        ("err-truncated.zip", "Streaming_History_Audio_2026_1.json"),
        ("err-encrypted.zip", "Streaming_History_Audio_2026_0.json"),
        ("err-one-broken-file.zip", "Streaming_History_Audio_2026_1.json"),
        ("err-not-a-zip.zip", "err-not-a-zip.zip"),
        ("err-wrong-kind.zip", "err-wrong-kind.zip"),
    ] {
        let out = folder();
        let run = import(&export(name), &out.path().join("new/summary.json"), &[]).expect(3);
        let said = run.stderr.strip_prefix("error: ").unwrap();
        assert!(said.split(": ").next().unwrap().ends_with(place), "{name}: {said}");
        assert!(names(out.path()).is_empty() && run.stdout.is_empty(), "{name}");
        count += 1;
    }
    let there = names(&fixtures().join("exports"));
    assert_eq!(there.iter().filter(|name| name.starts_with("err-")).count(), count);
}

#[test]
fn a_month_without_plays_is_a_summary_and_a_sentence() {
    let out = folder();
    let path = out.path().join("summary.json");
    let mut command = command();
    command.args(["import", "spotify-export"]).arg(export("ok-extended.zip"));
    let run = finish(command.args(["--month", "2019-02", "-o"]).arg(&path)).expect(0);
    assert!(run.stderr.contains("note: "), "{}", run.stderr);
    assert!(
        run.stderr.contains("2026-08 to 2026-11"),
        "names the months that have plays: {}",
        run.stderr
    );
    assert!(run.stderr.contains("cut in UTC"), "{}", run.stderr);
    let summary: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert_eq!(summary["songs"], serde_json::json!([]));
    render(&path, &out.path().join("cards"), &[]).expect(0);
}

#[test]
fn one_history_by_itself_is_read() {
    let out = folder();
    let one = export("ok-extended-folder/Streaming_History_Audio_2026_0.json");
    import(&one, &out.path().join("a.json"), &[]).expect(0);
    import(&export("ok-extended-folder"), &out.path().join("b.json"), &[]).expect(0);
    let read = |name| fs::read_to_string(out.path().join(name)).unwrap();
    // The folder's other history is empty.
    assert_eq!(read("a.json"), read("b.json"));
}

#[test]
fn standard_output_has_the_summary_alone_and_feeds_render() {
    let run = import(&export("ok-extended.zip"), Path::new("-"), &[]).expect(0);
    assert_eq!(run.json()["period"]["month"], 10);
    let out = folder();
    piped(&["render", "-", "--out", "cards", "--scale", "0.25"], out.path(), &run.stdout).expect(0);
    assert_eq!(names(&out.path().join("cards")), ["artists.png", "songs.png"]);
}

#[test]
fn wrong_options_are_usage() {
    let out = folder();
    let zip = export("ok-extended.zip");
    for (more, word) in [
        (["--user-id", "a/b"], "user.id"),
        (["--locale", "whatever they speak"], "locale"),
        (["--time-zone", "Mars/Olympus"], "Mars/Olympus"),
    ] {
        let mut command = command();
        command.args(["import", "spotify-export"]).arg(&zip).args(["--month", "2026-10", "-o"]);
        let run = finish(command.arg(out.path().join("s.json")).args(more)).expect(2);
        assert!(run.stderr.contains(word), "{}", run.stderr);
    }
    for month in ["2026-13", "October", "2026-1"] {
        let mut command = command();
        command.args(["import", "spotify-export"]).arg(&zip).args(["--month", month, "-o"]);
        let run = finish(command.arg(out.path().join("s.json"))).expect(2);
        assert!(
            run.stderr.contains(&format!("{month:?} is not a month"))
                || run.stderr.contains("month"),
            "{}",
            run.stderr
        );
    }
    assert!(names(out.path()).is_empty());
}

#[test]
fn an_export_that_is_not_there_is_io() {
    let out = folder();
    let run = import(&out.path().join("none.zip"), &out.path().join("s.json"), &[]).expect(1);
    assert!(run.stderr.contains("none.zip: cannot be read"), "{}", run.stderr);
    let run = import(out.path(), &out.path().join("s.json"), &[]).expect(3);
    assert!(run.stderr.contains("Streaming_History_Audio"), "{}", run.stderr);
}

#[test]
fn json_tells_what_was_read() {
    let out = folder();
    let path = out.path().join("s.json");
    let results = import(&export("ok-extended.zip"), &path, &["--format", "json"]).expect(0).json();
    assert_eq!(results["path"], path.to_str().unwrap());
    assert_eq!(results["read"]["files"], 2);
    assert_eq!(results["bytes"], fs::metadata(&path).unwrap().len());
    assert!(results["totals"]["plays"].as_u64() > Some(100) && results["note"].is_null());
    let run = import(&export("err-bomb.zip"), &path, &["--format", "json"]).expect(3);
    let (code, place, _) = run.error();
    assert_eq!((code.as_str(), place.as_str()), ("limit", "Streaming_History_Audio_2026_0.json"));
}
