//! One deflate for everyone.
//!
//! `flate2` has several backends, and cargo unifies features: one crate that asks for another
//! backend would change the PNG bytes of the front-end it is built into, and of no other. The
//! backend in pure Rust is the one whose bytes depend neither on the processor nor on a C library.

use anyhow::Result;

use crate::{process, workspace};

/// Features that bring in a backend other than `miniz_oxide`, and so other bytes.
const OTHER_BACKENDS: &[&str] = &[
    "any_c_zlib",
    "any_zlib",
    "cloudflare_zlib",
    "zlib",
    "zlib-default",
    "zlib-ng",
    "zlib-ng-compat",
    "zlib-rs",
];

/// Asks cargo which features `flate2` has with all crates of the workspace built together.
///
/// That is the union of what any front-end can have, so if it holds one backend, so does each.
pub fn run() -> Result<Vec<String>> {
    let mut cargo = workspace::cargo();
    cargo.args(["tree", "--workspace", "--all-features", "--target", "all"]);
    cargo.args(["--edges", "normal,build,dev", "--prefix", "none", "--format", "{p}|{f}"]);
    Ok(check(&process::output(&mut cargo)?))
}

/// Complaints about a tree of `name vVERSION|feature,feature` lines.
fn check(tree: &str) -> Vec<String> {
    let is_flate2 = |line: &&str| line.starts_with("flate2 v");
    let mut found: Vec<&str> =
        tree.lines().filter(is_flate2).map(|line| line.trim_end_matches(" (*)")).collect();
    found.sort_unstable();
    found.dedup();
    let mut complaints = Vec::new();
    if found.len() > 1 {
        complaints.push(format!("there is more than one: {}", found.join("; ")));
    }
    for line in found {
        let features: Vec<&str> =
            line.split_once('|').map_or("", |(_, features)| features).split(',').collect();
        if !features.contains(&"miniz_oxide") {
            complaints.push(format!("the backend must be miniz_oxide ({line})"));
        }
        for other in features.iter().filter(|feature| OTHER_BACKENDS.contains(feature)) {
            complaints.push(format!("there must be no other backend than miniz_oxide: {other}"));
        }
    }
    complaints
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pure_backend_alone_is_right() {
        let tree = "png v0.18.1|\nflate2 v1.1.10|any_impl,default,miniz_oxide,rust_backend\n\
                    flate2 v1.1.10|any_impl,default,miniz_oxide,rust_backend (*)\n";
        assert!(check(tree).is_empty());
        assert!(check("serde v1.0.0|default").is_empty());
    }

    #[test]
    fn another_backend_none_or_two_versions_are_wrong() {
        assert_eq!(check("flate2 v1.1.10|any_impl,miniz_oxide,zlib-rs").len(), 1);
        assert_eq!(check("flate2 v1.1.10|").len(), 1);
        assert_eq!(check("flate2 v1.1.10|miniz_oxide\nflate2 v2.0.0|miniz_oxide").len(), 1);
    }
}
