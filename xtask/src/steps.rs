//! A list of steps, each announced and timed, with a summary that a person and a CI reader find.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

/// The steps of one task and how they went.
///
/// A failed step does not stop the next: one run shows everything that is wrong.
#[derive(Default)]
pub struct Steps {
    done: Vec<Done>,
}

struct Done {
    name: &'static str,
    took: Duration,
    passed: bool,
}

impl Steps {
    /// Runs one step, and says what it is, how long it took and why it failed.
    pub fn run(&mut self, name: &'static str, step: impl FnOnce() -> Result<()>) {
        println!("\n==> {name}");
        let started = Instant::now();
        let result = step();
        let took = started.elapsed();
        match &result {
            Ok(()) => println!("==> {name}: passed in {:.1} s", took.as_secs_f64()),
            Err(error) => {
                println!("==> {name}: FAILED after {:.1} s: {error:#}", took.as_secs_f64());
            }
        }
        self.done.push(Done { name, took, passed: result.is_ok() });
    }

    /// Prints the summary; fails if a step did.
    pub fn finish(self) -> Result<()> {
        print!("{}", self.summary());
        let failed: Vec<&str> =
            self.done.iter().filter(|step| !step.passed).map(|step| step.name).collect();
        if !failed.is_empty() {
            bail!("failed: {}", failed.join("; "));
        }
        Ok(())
    }

    /// One line a step, then the count in the plain form that CI readers look for.
    fn summary(&self) -> String {
        let mut text = String::from("\n");
        for step in &self.done {
            let verdict = if step.passed { "ok" } else { "FAILED" };
            let seconds = step.took.as_secs_f64();
            text.push_str(&format!("{seconds:>8.1} s  {verdict:<6}  {}\n", step.name));
        }
        let passed = self.done.iter().filter(|step| step.passed).count();
        let total: Duration = self.done.iter().map(|step| step.took).sum();
        text.push_str(&format!("{:>8.1} s  in all\n\n", total.as_secs_f64()));
        text.push_str(&format!("steps: {passed} passed, {} failed\n", self.done.len() - passed));
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_is_counted_and_the_next_still_runs() {
        let mut steps = Steps::default();
        let mut reached = false;
        steps.run("first", || bail!("no luck"));
        steps.run("second", || {
            reached = true;
            Ok(())
        });
        assert!(reached);
        assert!(steps.summary().ends_with("\nsteps: 1 passed, 1 failed\n"));
        assert_eq!(steps.finish().unwrap_err().to_string(), "failed: first");
    }
}
