//! What [`Summary::from_json`] takes, what it refuses, and in which words.

use serde_json::{Value, json};
use wrapped_core::limits::{MAX_LIST, MAX_SUMMARY_BYTES, MAX_SUMMARY_DEPTH, MAX_UNKNOWN_FIELDS};
use wrapped_core::summary::MAX_COUNT;
use wrapped_core::{Error, ErrorKind, Summary};

#[test]
fn a_full_summary_is_read_and_written_without_loss() {
    let json = full();
    let read = Summary::from_json(json.to_string().as_bytes()).expect("a valid summary");
    assert_eq!(read.warnings, []);
    assert_eq!(serde_json::to_value(&read.value).expect("a summary is JSON"), json);
    read.value.validate().expect("what was read is valid");
}

#[test]
fn the_smallest_summary_is_valid() {
    let json =
        json!({"version": 1, "period": {"year": 2026, "month": 2}, "songs": [], "artists": []});
    let read = Summary::from_json(json.to_string().as_bytes()).expect("a valid summary");
    assert_eq!(read.warnings, []);
    assert_eq!(read.value.period.month, 2);
}

#[test]
fn null_is_absent_where_a_field_is_optional() {
    let mut json = full();
    for pointer in [
        "/user",
        "/locale",
        "/source",
        "/coverage",
        "/totals",
        "/genres",
        "/days",
        "/songs/0/artists",
        "/songs/0/album",
        "/songs/0/plays",
        "/songs/0/cover",
        "/artists/0/image",
    ] {
        *at(&mut json, pointer) = Value::Null;
    }
    let read = Summary::from_json(json.to_string().as_bytes()).expect("null is absent");
    assert_eq!(read.warnings, []);
    assert_eq!(read.value.user.name, None);
    assert_eq!(read.value.songs[0].artists, Vec::<String>::new());
}

#[test]
fn wrong_values_are_named_with_their_path() {
    let nine_quadrillion = MAX_COUNT + 1;
    let cases: &[(&str, Value, &str)] = &[
        ("/version", json!(2), "version: must be 1, the version that this release reads (2)"),
        ("/version", json!("1"), "version: must be a whole number (\"1\")"),
        ("/user", json!("Maya"), "user: must be an object (\"Maya\")"),
        ("/user/id", json!(""), "user.id: must be 1 to 64 of A-Z a-z 0-9 _ - (\"\")"),
        ("/user/id", json!("../x"), "user.id: must be 1 to 64 of A-Z a-z 0-9 _ - (\"../x\")"),
        ("/user/name", json!(7), "user.name: must be a string (7)"),
        ("/period", json!(null), "period: must be an object (null)"),
        ("/period/year", json!(26), "period.year: must be 1900 to 9999 (26)"),
        ("/period/month", json!(13), "period.month: must be 1 to 12 (13)"),
        ("/period/month", json!(0), "period.month: must be 1 to 12 (0)"),
        ("/period/month", json!(-1), "period.month: must be 1 to 12 (-1)"),
        ("/period/month", json!(9.5), "period.month: must be a whole number (9.5)"),
        ("/period/month", json!(1e99), "period.month: must be 1 to 12 (1e99)"),
        (
            "/period/time_zone",
            json!("here now"),
            "period.time_zone: must be a time zone such as Europe/Berlin (\"here now\")",
        ),
        (
            "/locale",
            json!("pt_BR"),
            "locale: must be a language tag such as en or pt-BR (\"pt_BR\")",
        ),
        ("/coverage/of", json!(30), "coverage.of: must be 31, the days of 2026-10 (30)"),
        ("/coverage/days", json!(32), "coverage.days: must be at most 31 (32)"),
        ("/coverage", json!({"days": 3}), "coverage.of: is missing"),
        ("/totals/minutes", json!(-1), "totals.minutes: must not be negative (-1)"),
        ("/totals/plays", json!(1e99), "totals.plays: must be at most 9007199254740991 (1e99)"),
        ("/totals/plays", json!(-1e99), "totals.plays: must not be negative (-1e99)"),
        (
            "/totals/plays",
            json!(nine_quadrillion),
            "totals.plays: must be at most 9007199254740991 (9007199254740992)",
        ),
        ("/songs", json!({}), "songs: must be a list (an object)"),
        ("/songs/0", json!("x"), "songs[0]: must be an object (\"x\")"),
        ("/songs/0/title", json!(12), "songs[0].title: must be a string (12)"),
        ("/songs/0/title", json!(null), "songs[0].title: must be a string (null)"),
        ("/songs/0/artists", json!("X"), "songs[0].artists: must be a list (\"X\")"),
        ("/songs/0/artists/0", json!(true), "songs[0].artists[0]: must be a string (true)"),
        ("/songs/0/plays", json!(-4), "songs[0].plays: must not be negative (-4)"),
        ("/songs/0/plays", json!("42"), "songs[0].plays: must be a whole number (\"42\")"),
        ("/songs/0/plays", json!(4.5), "songs[0].plays: must be a whole number (4.5)"),
        ("/songs/0/cover", json!([]), "songs[0].cover: must be a string (a list)"),
        ("/artists/0", json!({"plays": 1}), "artists[0].name: is missing"),
        ("/genres/0/share", json!(1.01), "genres[0].share: must be 0 to 1 (1.01)"),
        ("/genres/0/share", json!(-0.5), "genres[0].share: must be 0 to 1 (-0.5)"),
        ("/genres/0/share", json!("1"), "genres[0].share: must be a number (\"1\")"),
        ("/days/0/date", json!("2026-09-30"), "days[0].date: must be in 2026-10 (2026-09-30)"),
        (
            "/days/0/date",
            json!("1.10.2026"),
            "days[0].date: must be a date such as 2026-10-31 (\"1.10.2026\")",
        ),
        ("/days/1/date", json!("2026-10-01"), "days[1].date: must not repeat (2026-10-01)"),
        ("/days/0/minutes", json!(null), "days[0].minutes: must be a whole number (null)"),
    ];
    for (pointer, value, message) in cases {
        let mut json = full();
        *at(&mut json, pointer) = value.clone();
        let error = refused(json.to_string().as_bytes());
        assert_eq!(error.to_string(), *message);
        assert_eq!(error.kind(), ErrorKind::Data);
    }
}

#[test]
fn every_required_field_is_missed_by_name() {
    for (parent, field, path) in [
        ("", "version", "version"),
        ("", "period", "period"),
        ("", "songs", "songs"),
        ("", "artists", "artists"),
        ("/period", "year", "period.year"),
        ("/period", "month", "period.month"),
        ("/songs/1", "title", "songs[1].title"),
        ("/artists/0", "name", "artists[0].name"),
        ("/genres/0", "name", "genres[0].name"),
        ("/days/1", "date", "days[1].date"),
        ("/days/1", "minutes", "days[1].minutes"),
    ] {
        let mut json = full();
        at(&mut json, parent).as_object_mut().expect("an object").remove(field);
        assert_eq!(refused(json.to_string().as_bytes()).to_string(), format!("{path}: is missing"));
    }
}

#[test]
fn whole_floats_are_counts() {
    let mut json = full();
    *at(&mut json, "/songs/0/plays") = json!(42.0);
    let text = json.to_string().replace("\"minutes\":2345", "\"minutes\":-0");
    let summary = Summary::from_json(text.as_bytes()).expect("42.0 is whole").value;
    assert_eq!(summary.songs[0].plays, Some(42));
    assert_eq!(summary.totals.minutes, Some(0));
}

#[test]
fn what_is_not_json_is_named_with_line_and_column() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "summary: is empty; a JSON object was expected"),
        (b" \n", "summary: is empty; a JSON object was expected"),
        (b"hello", "summary: is not JSON at line 1 column 1: expected value"),
        (b"[]", "summary: must be an object (a list)"),
        (
            b"{\"version\": 1,\n \"songs\": [",
            "summary: ends too early at line 2 column 11: EOF while parsing a list",
        ),
        (b"{\"version\": 1} {}", "summary: is not JSON at line 1 column 16: trailing characters"),
        (b"{\"version\": NaN}", "summary: is not JSON at line 1 column 13: expected value"),
        (b"{\"version\": 1e999}", "summary: is not JSON at line 1 column 17: number out of range"),
        (b"{\"version\": 1,\n\"source\": \"a\xffb\"}", "summary: is not UTF-8 at line 2 column 13"),
        (b"\xff\xfe{\0", "summary: is UTF-16; save it as UTF-8"),
        (b"{\"version\": 1, \"version\": 1}", "version: is there twice in one object"),
    ];
    for (json, message) in cases {
        assert_eq!(refused(json).to_string(), *message);
    }
}

#[test]
fn a_byte_order_mark_is_skipped() {
    let json = format!("\u{feff}{}", full());
    Summary::from_json(json.as_bytes()).expect("a byte order mark is no error");
}

#[test]
fn limits_hold_before_memory_does() {
    let deep = format!("{{\"x\": {}", "[".repeat(1_000_000));
    let wide = format!("[{}0]", "0,".repeat(2_000_000));
    let heavy = " ".repeat(MAX_SUMMARY_BYTES + 1);
    for (json, message) in [
        (
            &deep,
            format!("summary: nests more than {MAX_SUMMARY_DEPTH} levels deep at line 1 column 38"),
        ),
        (&wide, "summary: holds more than 1500000 values at line 1 column 2999999".to_owned()),
        (&heavy, format!("summary: must be at most 16 MiB ({} bytes)", MAX_SUMMARY_BYTES + 1)),
    ] {
        let error = refused(json.as_bytes());
        assert_eq!((error.to_string(), error.kind()), (message, ErrorKind::Limit));
    }
    let mut json = full();
    *at(&mut json, "/songs") = vec![json!({"title": ""}); MAX_LIST + 1].into();
    let error = refused(json.to_string().as_bytes());
    assert_eq!(error.to_string(), "songs: must have at most 100000 entries (100001)");
    assert_eq!(error.kind(), ErrorKind::Limit);
}

#[test]
fn long_texts_are_no_error() {
    let mut json = full();
    *at(&mut json, "/songs/0/title") = "x".repeat(100_000).into();
    let read = Summary::from_json(json.to_string().as_bytes()).expect("made safe later");
    assert_eq!(read.value.songs[0].title.len(), 100_000);
}

#[test]
fn unknown_fields_are_warned_of_once_a_list() {
    let mut json = full();
    at(&mut json, "")["mood"] = json!({"deep": {"deeper": [1, {"x": 2}]}});
    for i in 0..2 {
        at(&mut json, "/songs")[i]["popularity"] = json!(50);
    }
    at(&mut json, "/user")["e\u{202e}\u{7}mail"] = json!(null);
    let warnings = Summary::from_json(json.to_string().as_bytes()).expect("ignored").warnings;
    let mut lines: Vec<_> = warnings.iter().map(|w| format!("{}: {}", w.path, w.message)).collect();
    lines.sort();
    assert_eq!(
        lines,
        [
            "mood: unknown field, ignored",
            "songs[0].popularity: unknown field, ignored (2 times)",
            "user.e\u{fffd}\u{fffd}mail: unknown field, ignored",
        ]
    );
}

#[test]
fn a_flood_of_unknown_fields_is_summed_up() {
    let mut json = full();
    for i in 0..1_000 {
        at(&mut json, "")[format!("x{i}")] = json!(i);
    }
    let warnings = Summary::from_json(json.to_string().as_bytes()).expect("ignored").warnings;
    assert_eq!(warnings.len(), MAX_UNKNOWN_FIELDS + 1);
    let last = warnings.last().expect("there are some");
    assert_eq!(
        last.message,
        format!("{} more unknown fields, ignored", 1_000 - MAX_UNKNOWN_FIELDS)
    );
}

#[test]
fn messages_repeat_little_and_nothing_dangerous() {
    let mut json = full();
    *at(&mut json, "/songs/0/plays") = format!("\u{1b}[2J\n\u{202e}{}", "a".repeat(5_000)).into();
    let message = refused(json.to_string().as_bytes()).to_string();
    assert!(message.chars().count() < 100, "{message}");
    assert!(!message.chars().any(|c| c.is_control() || c == '\u{202e}'), "{message:?}");
}

#[test]
fn built_values_are_checked_in_the_same_words() {
    let valid = Summary::from_json(full().to_string().as_bytes()).expect("valid").value;
    let check = |change: &dyn Fn(&mut Summary)| {
        let mut summary = valid.clone();
        change(&mut summary);
        summary.validate().expect_err("invalid").to_string()
    };
    assert_eq!(check(&|s| s.period.month = 13), "period.month: must be 1 to 12 (13)");
    assert_eq!(
        check(&|s| s.genres[0].share = Some(f64::NAN)),
        "genres[0].share: must be 0 to 1 (NaN)"
    );
    assert_eq!(
        check(&|s| s.artists[0].plays = Some(u64::MAX)),
        "artists[0].plays: must be at most 9007199254740991 (18446744073709551615)"
    );
    assert_eq!(
        Summary::default().validate().expect_err("no version").to_string(),
        "version: must be 1, the version that this release reads (0)"
    );
}

#[test]
fn the_schema_is_of_this_draft_and_lets_unknown_fields_pass() {
    let schema = Summary::json_schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    assert_eq!(schema["required"], json!(["version", "period", "songs", "artists"]));
    assert_eq!(schema["$defs"]["Period"]["properties"]["month"]["maximum"], 12);
    assert_eq!(schema["$defs"]["Song"]["properties"]["plays"]["maximum"], MAX_COUNT);
    assert!(!schema.to_string().contains("additionalProperties"));
    insta::assert_snapshot!(serde_json::to_string_pretty(&schema).expect("a schema is JSON"));
}

fn refused(json: &[u8]) -> Error {
    match Summary::from_json(json) {
        Ok(_) => panic!("accepted: {}", String::from_utf8_lossy(&json[..json.len().min(200)])),
        Err(error) => error,
    }
}

fn at<'a>(json: &'a mut Value, pointer: &str) -> &'a mut Value {
    json.pointer_mut(pointer).unwrap_or_else(|| panic!("no {pointer} in the base summary"))
}

fn full() -> Value {
    json!({
        "version": 1,
        "user": {"id": "5f0c", "name": "Maya"},
        "period": {"year": 2026, "month": 10, "time_zone": "Europe/Berlin"},
        "locale": "en",
        "source": "spotify-export",
        "coverage": {"days": 28, "of": 31},
        "totals": {"minutes": 2345, "plays": 812, "songs": 321, "artists": 140, "new_artists": 12},
        "songs": [
            {"title": "Alison", "artists": ["Slowdive"], "album": "Souvlaki", "plays": 42, "minutes": 160,
             "cover": "covers/a.jpg"},
            {"title": "Heroes", "artists": ["David Bowie", "Brian Eno"], "plays": 9},
        ],
        "artists": [{"name": "Slowdive", "plays": 90, "minutes": 410, "image": "covers/b.jpg"}],
        "genres": [{"name": "shoegaze", "share": 0.31}],
        "days": [{"date": "2026-10-01", "minutes": 35}, {"date": "2026-10-02", "minutes": 0}],
    })
}
