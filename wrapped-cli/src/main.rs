//! The `wrapped` command: listening data in, story cards out.
//!
//! This file boots: arguments, Ctrl-C, the command, the exit code. A command is a file in
//! `commands`; what they share about files is in `output` and `assets`, about people in `style`,
//! about failure in `errors`.

mod assets;
mod commands;
mod errors;
mod output;
mod resources;
mod style;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use commands::{completions, import, render, schema};
use errors::{Failure, Format};

/// Turns a month of listening into story cards: top songs and top artists.
#[derive(Parser)]
#[command(name = "wrapped", version, propagate_version = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// How results and errors are written: results on standard output, errors on standard error.
    #[arg(long, global = true, value_enum, default_value_t)]
    format: Format,
}

const EXAMPLES: &str = "\
Examples:
  wrapped import spotify-export my_spotify_data.zip --month 2026-10 -o summary.json
  wrapped render summary.json --out cards

Exit codes:
  0 done, 1 input or output, 2 usage, 3 the data or a limit, 4 the theme, 5 a font, 130 Ctrl-C";

#[derive(Subcommand)]
enum Command {
    Render(render::Args),
    #[command(subcommand)]
    Import(import::Import),
    Schema(schema::Args),
    Completions(completions::Args),
}

fn main() -> ExitCode {
    // First of all, so that Ctrl-C never finds a half-written file without its keeper.
    let kept = output::clean_up_on_ctrl_c();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return errors::usage(&error),
    };
    let done = kept.and_then(|()| match &cli.command {
        Command::Render(args) => render::run(args, cli.format),
        Command::Import(import::Import::SpotifyExport(args)) => import::run(args, cli.format),
        Command::Schema(_) => schema::run(),
        Command::Completions(args) => completions::run(args),
    });
    match done {
        Ok(()) | Err(Failure::ReaderGone) => ExitCode::SUCCESS,
        Err(Failure::Error(error)) => errors::report(&error, cli.format),
    }
}
