//! Every developer task: `cargo xtask --help` lists them.
//!
//! A task is one module with one public `run`; the table below is all that joins them.

mod bench;
mod bless;
mod fonts;
mod fuzz;
mod lint;
mod process;
mod setup;
mod smoke;
mod soak;
mod steps;
mod test;
mod tidy;
mod wasm;
mod workspace;

use std::process::ExitCode;

use anyhow::{Result, bail};

/// One subcommand.
struct Task {
    name: &'static str,
    /// What may follow the name, as `--help` shows it.
    usage: &'static str,
    help: &'static str,
    run: fn(&[String]) -> Result<()>,
}

const TASKS: &[Task] = &[
    Task {
        name: "test",
        usage: "",
        help: "install what is missing, then run every test of every crate",
        run: test::run,
    },
    Task {
        name: "ci",
        usage: "",
        help: "what continuous integration runs: lint, then test",
        run: ci,
    },
    Task {
        name: "lint",
        usage: "",
        help: "formatting, clippy and documentation without a warning, then tidy",
        run: lint::run,
    },
    Task {
        name: "tidy",
        usage: "",
        help: "the conventions that no compiler checks",
        run: tidy::run,
    },
    Task {
        name: "bless",
        usage: "NAME",
        help: "rewrite one golden picture, then fail so that you look at it",
        run: bless::run,
    },
    Task {
        name: "wasm",
        usage: "[--debian]",
        help: "check the core and the import for wasm32 (--debian: with Debian's compiler)",
        run: wasm::run,
    },
    Task {
        name: "fuzz",
        usage: "[TARGET] [--seconds N]",
        help: "fuzz one target or all, 60 seconds each unless told otherwise",
        run: fuzz::run,
    },
    Task {
        name: "soak",
        usage: "[--minutes N]",
        help: "the long versions: tests with WRAPPED_SOAK=1, then N (5) minutes a fuzz target",
        run: soak::run,
    },
    Task {
        name: "bench",
        usage: "[CRITERION ARGS]",
        help: "the benches by stage; arguments go to criterion",
        run: bench::run,
    },
    Task {
        name: "fonts",
        usage: "",
        help: "rebuild templates/fonts/ from the packages that ship the fonts",
        run: |args| {
            no_arguments("fonts", args)?;
            fonts::run()
        },
    },
];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match dispatch(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(args: &[String]) -> Result<()> {
    let Some((name, rest)) = args.split_first() else {
        print!("{}", help());
        return Ok(());
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") || rest.iter().any(|arg| arg == "--help") {
        print!("{}", help());
        return Ok(());
    }
    match TASKS.iter().find(|task| task.name == name) {
        Some(task) => (task.run)(rest),
        None => bail!("no task is called {name:?}\n\n{}", help()),
    }
}

fn help() -> String {
    let mut text = String::from("usage: cargo xtask TASK\n\n");
    for task in TASKS {
        let call = format!("{} {}", task.name, task.usage);
        text.push_str(&format!("  {:<28} {}\n", call.trim_end(), task.help));
    }
    text
}

/// What continuous integration runs, in one process for a developer.
fn ci(args: &[String]) -> Result<()> {
    no_arguments("ci", args)?;
    lint::run(&[])?;
    test::run(&[])
}

/// Fails if a task that takes no arguments was given some.
fn no_arguments(task: &str, args: &[String]) -> Result<()> {
    match args.first() {
        None => Ok(()),
        Some(arg) => bail!("`cargo xtask {task}` takes no arguments, not {arg:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_has_a_line_for_each_task() {
        let help = help();
        for task in TASKS {
            assert!(help.contains(&format!("  {}", task.name)), "{} is not listed", task.name);
        }
    }

    #[test]
    fn an_unknown_task_is_an_error_that_lists_the_tasks() {
        let error = dispatch(&["tset".to_owned()]).unwrap_err().to_string();
        assert!(error.contains("\"tset\"") && error.contains("bless"), "{error}");
    }

    #[test]
    fn a_task_without_arguments_refuses_them() {
        assert!(no_arguments("tidy", &["--fix".to_owned()]).is_err());
    }
}
