//! `wrapped schema`

use wrapped_core::Summary;

use crate::errors::Result;
use crate::output::write_stdout;

const EXAMPLES: &str = "\
Examples:
  wrapped schema > summary.schema.json";

/// Prints the JSON Schema of the summary.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {}

pub(crate) fn run() -> Result<()> {
    write_stdout(format!("{:#}\n", Summary::json_schema()).as_bytes())
}
