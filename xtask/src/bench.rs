//! The benches by stage.

use anyhow::Result;

use crate::{process, workspace};

/// `cargo xtask bench [CRITERION ARGS]`, for example `cargo xtask bench paint`.
pub fn run(args: &[String]) -> Result<()> {
    let mut cargo = workspace::cargo();
    cargo.args(["bench", "--package", "wrapped-benches"]);
    if !args.is_empty() {
        cargo.arg("--").args(args);
    }
    process::run(&mut cargo)
}
