//! Checks on the crates' manifests.

use super::File;

/// Every crate of the workspace takes the workspace's lints.
pub fn lints(files: &[File]) -> Vec<String> {
    let mut complaints = Vec::new();
    for file in files.iter().filter(|file| file.name() == "Cargo.toml") {
        let Some(text) = file.text() else { continue };
        // A manifest with a `[workspace]` of its own, such as the fuzz crate's, is not a member.
        if !text.contains("[workspace]") && !takes_workspace_lints(text) {
            complaints.push(format!("{}: has no `[lints] workspace = true`", file.path));
        }
    }
    complaints
}

fn takes_workspace_lints(manifest: &str) -> bool {
    let mut lines = manifest.lines().map(str::trim).skip_while(|line| *line != "[lints]");
    lines.next();
    lines.take_while(|line| !line.starts_with('[')).any(|line| line == "workspace = true")
}

#[cfg(test)]
mod tests {
    use super::super::tests::file;
    use super::*;

    #[test]
    fn a_crate_without_the_workspace_lints_is_named() {
        let good = file("a/Cargo.toml", "[package]\n\n[lints]\nworkspace = true\n");
        let bare = file("b/Cargo.toml", "[package]\nname = \"b\"\n");
        let other = file("c/Cargo.toml", "[lints]\n[dependencies.d]\nworkspace = true\n");
        let apart = file("fuzz/Cargo.toml", "[workspace]\n[package]\n");
        let complaints = lints(&[good, bare, other, apart]);
        assert_eq!(complaints.len(), 2, "{complaints:?}");
        assert!(complaints[0].starts_with("b/Cargo.toml"));
    }
}
