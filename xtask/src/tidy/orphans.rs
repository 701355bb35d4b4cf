//! References that no test compares with any more.
//!
//! A reference's name is written out in a test, or is the name of a fixture that a test goes
//! through, or is listed in a text in the tests' folder where names are put together.

use super::File;
use crate::bless::is_golden;

/// Every golden picture is named by a test of its crate.
pub fn goldens(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for golden in files.iter().filter(|file| is_golden(&file.path)) {
        let name = golden.name().trim_end_matches(".png");
        if !is_named(name, golden, files) {
            complaints.push(format!("{}: no test names it", golden.path));
        }
    }
    complaints
}

/// Every insta snapshot has its source, and a test there that names it.
pub fn snapshots(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for snapshot in files.iter().filter(|file| file.path.ends_with(".snap")) {
        let source = snapshot.text().and_then(source);
        let Some(source) = source else {
            complaints.push(format!("{}: does not say its source", snapshot.path));
            continue;
        };
        if !files.iter().any(|file| file.path == source) {
            complaints.push(format!("{}: its source {source} has gone", snapshot.path));
        } else if !is_named(snapshot_name(snapshot.name()), snapshot, files) {
            complaints.push(format!("{}: no test names it", snapshot.path));
        }
    }
    complaints
}

/// The `source:` in a snapshot's header.
fn source(text: &str) -> Option<&str> {
    let line = text.lines().take(10).find_map(|line| line.strip_prefix("source: "))?;
    Some(line.trim_matches('"'))
}

/// `it__fill__sparse-2.snap` is the second snapshot of `sparse`.
fn snapshot_name(file_name: &str) -> &str {
    let stem = file_name.trim_end_matches(".snap");
    let name = stem.rsplit("__").next().unwrap_or(stem);
    match name.rsplit_once('-') {
        Some((first, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => first,
        _ => name,
    }
}

/// Whether a text of the same crate's tests or sources contains `name`, or a fixture bears it.
fn is_named(name: &str, reference: &File, files: &[File]) -> bool {
    let crate_folder = reference.path.split('/').next().unwrap_or_default();
    let is_text_of_crate = |file: &&File| {
        file.path.starts_with(crate_folder)
            && (file.path.ends_with(".rs") || file.path.ends_with(".md"))
    };
    let in_text = files
        .iter()
        .filter(is_text_of_crate)
        .any(|file| file.text().is_some_and(|text| text.contains(name)));
    in_text || files.iter().any(|file| is_fixture(file, name))
}

fn is_fixture(file: &File, name: &str) -> bool {
    let stem = file.name().split('.').next().unwrap_or_default();
    file.path.starts_with("fixtures/") && stem == name
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    #[test]
    fn a_golden_without_a_test_is_an_orphan() {
        let golden = || file("wrapped-core/tests/golden/block-songs.png", b"\0");
        let test = file("wrapped-core/tests/it/golden.rs", "check(\"block-songs\")");
        let elsewhere = file("wrapped-cli/tests/it/main.rs", "check(\"block-songs\")");
        assert!(goldens(&[golden(), test]).is_empty());
        assert_eq!(goldens(&[golden(), elsewhere]).len(), 1);
    }

    #[test]
    fn a_snapshot_is_named_by_its_source_or_by_a_fixture() {
        let text = "---\nsource: wrapped-core/tests/it/fill.rs\nexpression: scene\n---\n1";
        let path = |name: &str| format!("wrapped-core/tests/it/snapshots/it__fill__{name}.snap");
        let source = || file("wrapped-core/tests/it/fill.rs", "fn sparse() {}");
        assert!(snapshots(&[file(&path("sparse"), text), source()]).is_empty());
        assert!(snapshots(&[file(&path("sparse-2"), text), source()]).is_empty());
        assert_eq!(snapshots(&[file(&path("gone"), text), source()]).len(), 1);
        assert_eq!(snapshots(&[file(&path("sparse"), text)]).len(), 1);
        let fixture = file("fixtures/summaries/err-month.json", "{}");
        assert!(snapshots(&[file(&path("err-month"), text), source(), fixture]).is_empty());
    }
}
