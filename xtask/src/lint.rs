//! Formatting, clippy, documentation, tidy: everything that judges the text rather than runs it.

use anyhow::Result;

use crate::steps::Steps;
use crate::{fuzz, no_arguments, process, tidy, workspace};

/// `cargo xtask lint`.
pub fn run(args: &[String]) -> Result<()> {
    no_arguments("lint", args)?;
    let mut steps = Steps::default();
    steps.run("format", || {
        process::run(workspace::cargo().args(["fmt", "--all", "--check"]))?;
        process::run(fuzz::cargo().args(["fmt", "--check"]))
    });
    steps.run("clippy", || {
        let flags = ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"];
        process::run(workspace::cargo().args(flags))
    });
    steps.run("documentation", || {
        let flags = ["doc", "--workspace", "--no-deps"];
        process::run(workspace::cargo().env("RUSTDOCFLAGS", "-D warnings").args(flags))
    });
    steps.run("tidy", || tidy::run(&[]));
    steps.finish()
}
