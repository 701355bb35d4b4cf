//! Help, version, schema, completions, and colours.

use crate::check::{command, finish, folder, render, summary, wrapped};

#[test]
fn help_has_examples_everywhere() {
    for arguments in [
        &["--help"][..],
        &["render", "--help"],
        &["import", "spotify-export", "--help"],
        &["schema", "--help"],
        &["completions", "--help"],
    ] {
        let run = wrapped(arguments).expect(0);
        assert!(run.text().contains("Examples:\n  wrapped "), "{arguments:?}: {}", run.text());
        assert_eq!(run.stderr, "");
    }
    assert!(wrapped(["import", "--help"]).expect(0).text().contains("spotify-export"));
}

#[test]
fn the_version_is_the_packages() {
    let expected = format!("wrapped {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(wrapped(["--version"]).expect(0).text(), expected);
}

#[test]
fn wrong_arguments_are_usage() {
    assert!(wrapped(["rendr"]).expect(2).stderr.contains("rendr"));
    assert!(wrapped(["render", "x.json"]).expect(2).stderr.contains("--out"));
    wrapped::<&str>([]).expect(2);
}

#[test]
fn the_schema_is_json_about_the_summary() {
    let schema = wrapped(["schema"]).expect(0).json();
    for field in ["version", "period", "songs", "artists"] {
        assert!(schema["properties"][field].is_object(), "{field}");
        assert!(schema["required"].as_array().unwrap().contains(&field.into()), "{field}");
    }
}

#[test]
fn completions_know_the_commands() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let run = wrapped(["completions", shell]).expect(0);
        assert!(run.text().contains("allow-path"), "{shell}");
    }
}

#[test]
fn colour_is_for_terminals_and_never_against_no_color() {
    let out = folder();
    let plain = render(&summary("ok-cover-missing.json"), out.path(), &[]).expect(0);
    assert!(plain.stderr.contains("warning: ") && !plain.stderr.contains('\u{1b}'));
    let arguments = |command: &mut std::process::Command| {
        command.arg("render").arg(summary("err-month-zero.json")).args(["--out", "nowhere"]);
    };
    // What forces colours stands in for a terminal.
    let mut forced = command();
    arguments(forced.env("CLICOLOR_FORCE", "1"));
    assert!(finish(&mut forced).expect(3).stderr.contains('\u{1b}'));
    let mut refused = command();
    arguments(refused.env("CLICOLOR_FORCE", "1").env("NO_COLOR", "1"));
    assert_eq!(finish(&mut refused).expect(3).stderr, plain_month_zero());
}

fn plain_month_zero() -> &'static str {
    "error: period.month: must be 1 to 12 (0)\n"
}
