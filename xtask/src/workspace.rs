//! Where things are: the workspace, its files, and the one folder that builds go to.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process;

/// The workspace's root: this crate's parent.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().expect("xtask lies in the workspace's root").to_path_buf()
}

/// The folder that every build goes to; `CARGO_TARGET_DIR` is respected.
pub fn target_dir() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// The cargo that started this program, working in the workspace.
pub fn cargo() -> Command {
    let mut cargo = process::cargo();
    cargo.current_dir(root());
    cargo
}

/// An empty folder under the target folder, for what a task writes.
pub fn scratch(name: &str) -> Result<PathBuf> {
    let folder = target_dir().join("xtask").join(name);
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("cannot empty {folder:?}"))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("cannot create {folder:?}"))?;
    Ok(folder)
}

/// The files that git tracks or would track, as paths from the root with `/`.
///
/// New files count too, so that a mistake shows before it is committed.
pub fn files() -> Result<Vec<String>> {
    let mut git = Command::new("git");
    git.current_dir(root()).args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
    let listed = process::output(&mut git).context("tidy asks git for the files to look at")?;
    let exists = |path: &&str| root().join(path).is_file();
    let mut files: Vec<String> =
        listed.split('\0').filter(|path| !path.is_empty()).filter(exists).map(Into::into).collect();
    files.sort();
    files.dedup();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_holds_the_workspace_manifest() {
        let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
        assert!(manifest.contains("[workspace]"));
    }
}
