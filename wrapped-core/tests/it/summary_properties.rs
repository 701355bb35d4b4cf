//! Properties of the summary: what is written is read back, and whatever is broken in it is said
//! with a place and never ends in a panic.

use proptest::prelude::*;
use serde_json::Value;
use wrapped_core::{ErrorKind, Summary};

use crate::common::fixtures;

fn october() -> Value {
    let json = std::fs::read(fixtures().join("summaries/october.json")).expect("October");
    serde_json::from_slice(&json).expect("JSON")
}

/// Every place of a document as a JSON pointer.
fn places(value: &Value, at: &str, out: &mut Vec<String>) {
    out.push(at.to_owned());
    match value {
        Value::Object(map) => map.iter().for_each(|(k, v)| places(v, &format!("{at}/{k}"), out)),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| places(v, &format!("{at}/{i}"), out));
        }
        _ => {}
    }
}

fn junk() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,20}".prop_map(Value::from),
        Just(Value::Array(vec![Value::from(1)])),
        Just(serde_json::json!({"a": []})),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_broken_place_is_named(pick in any::<prop::sample::Index>(), junk in junk()) {
        let mut document = october();
        let mut all = Vec::new();
        places(&document, "", &mut all);
        let place = all[pick.index(all.len())].clone();
        *document.pointer_mut(&place).expect("a place") = junk;
        match Summary::from_json(document.to_string().as_bytes()) {
            Ok(summary) => prop_assert!(summary.value.validate().is_ok()),
            Err(error) => {
                prop_assert_eq!(error.kind(), ErrorKind::Data);
                let said = error.place().expect("a place").to_owned();
                // The error is about the broken field, something in it or what it belongs to.
                let root = place.split('/').nth(1).unwrap_or_default().to_owned();
                prop_assert!(said.starts_with(&root) || said == "summary", "{} for {}", error, place);
            }
        }
    }

    #[test]
    fn what_is_written_is_read_back(
        titles in prop::collection::vec(".{0,60}", 0..8),
        plays in prop::option::of(0_u64..=(1 << 53) - 1),
        year in 1900_u16..=9999,
        month in 1_u8..=12,
    ) {
        let mut summary = Summary { version: 1, ..Summary::default() };
        summary.period.year = year;
        summary.period.month = month;
        summary.totals.plays = plays;
        summary.songs = titles
            .into_iter()
            .map(|title| wrapped_core::summary::Song { title, plays, ..Default::default() })
            .collect();
        let json = serde_json::to_vec(&summary).expect("a summary is JSON");
        let read = Summary::from_json(&json).expect("what we wrote");
        prop_assert_eq!(&read.value, &summary);
        prop_assert!(read.warnings.is_empty());
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = Summary::from_json(&bytes);
    }
}
