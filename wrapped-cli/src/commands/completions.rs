//! `wrapped completions`

use clap::CommandFactory as _;
use clap_complete::Shell;

use crate::errors::Result;
use crate::output::write_stdout;

const EXAMPLES: &str = "\
Examples:
  wrapped completions bash > ~/.local/share/bash-completion/completions/wrapped
  wrapped completions fish > ~/.config/fish/completions/wrapped.fish";

/// Prints what a shell needs to complete commands and options.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut crate::Cli::command(), "wrapped", &mut script);
    write_stdout(&script)
}
