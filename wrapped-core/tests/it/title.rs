//! The title grammar through its public face, on the corpus of names that broke some renderer.

use wrapped_core::title::{identity, parse};

#[derive(serde::Deserialize)]
struct HardName {
    name: String,
    text: String,
}

fn hard_names() -> Vec<HardName> {
    serde_json::from_str(include_str!("../../../fixtures/hard-names.json")).expect("valid JSON")
}

#[test]
fn hard_names_come_apart_and_grow_shorter() {
    for HardName { name, text } in hard_names() {
        let title = parse(&text);
        assert!(text.contains(title.name()), "{name}");
        let mut longer = text.trim().len();
        for form in title.shortenings() {
            assert!(form.len() < longer && !form.trim().is_empty(), "{name}: {form}");
            longer = form.len();
        }
        let key = identity(&text);
        assert_eq!(identity(&key), key, "{name}");
    }
}

/// What a narrow slot may show of the corpus, for a person to judge.
#[test]
fn shortenings_of_the_hard_names() {
    let mut out = String::new();
    for HardName { name, text } in hard_names() {
        for form in parse(&text).shortenings() {
            out += &format!("{name}: {form}\n");
        }
    }
    insta::assert_snapshot!(out);
}
