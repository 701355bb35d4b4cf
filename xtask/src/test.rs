//! Every kind of check on samples, in one command: what is missing is installed, then all tests
//! of all crates run. The long versions are in `soak`.

use std::time::Duration;

use anyhow::Result;

use crate::steps::Steps;
use crate::{fuzz, no_arguments, process, setup, smoke, wasm, workspace};

/// How long each fuzz target runs here: enough to try its seeds and their near neighbours.
const FUZZ_SMOKE: Duration = Duration::from_secs(5);

/// `cargo xtask test`.
pub fn run(args: &[String]) -> Result<()> {
    no_arguments("test", args)?;
    let mut steps = Steps::default();
    steps.run("set-up", || setup::ensure(setup::ALL));
    // Unit, integration and documentation tests of every crate.
    steps.run("cargo test", || process::run(workspace::cargo().args(["test", "--workspace"])));
    steps.run("wasm32", wasm::check);
    steps.run("fuzz smoke", || fuzz::smoke(FUZZ_SMOKE));
    // With optimisation and through the real command, as the README tells a stranger to do it.
    steps.run("release build", smoke::build);
    steps.run("the README's command", smoke::render);
    steps.finish()
}
