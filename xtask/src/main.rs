//! Every developer task.

mod fonts;

use std::env;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    match env::args().nth(1).as_deref() {
        Some("fonts") => fonts::run(),
        _ => bail!("usage: cargo xtask fonts"),
    }
}
