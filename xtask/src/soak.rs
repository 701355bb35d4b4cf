//! The long versions of what `test` samples. Its figures belong into an issue's closing note.

use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::steps::Steps;
use crate::{fuzz, process, setup, workspace};

/// How long each fuzz target runs unless told otherwise.
const DEFAULT_MINUTES: u64 = 5;

/// `cargo xtask soak [--minutes N]`.
pub fn run(args: &[String]) -> Result<()> {
    let minutes = minutes(args)?;
    let mut steps = Steps::default();
    steps.run("set-up", || setup::ensure(setup::ALL));
    // Tests that have a long version take it when they see the variable; optimised, because they
    // count work by the ten thousand.
    steps.run("long tests", || {
        let flags = ["test", "--workspace", "--release", "--", "--nocapture"];
        process::run(workspace::cargo().env("WRAPPED_SOAK", "1").args(flags))
    });
    steps.run("fuzz", || fuzz::soak(Duration::from_secs(minutes * 60)));
    steps.finish()
}

fn minutes(args: &[String]) -> Result<u64> {
    match args {
        [] => Ok(DEFAULT_MINUTES),
        [flag, number] if flag == "--minutes" => {
            number.parse().with_context(|| format!("--minutes {number:?} is not a whole number"))
        }
        _ => bail!("`cargo xtask soak` takes only --minutes N, not {}", args.join(" ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(words: &str) -> Result<u64> {
        minutes(&words.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn minutes_are_read_or_refused() {
        assert_eq!(parsed("").unwrap(), DEFAULT_MINUTES);
        assert_eq!(parsed("--minutes 30").unwrap(), 30);
        assert!(parsed("--minutes soon").is_err());
        assert!(parsed("--hours 1").is_err());
    }
}
