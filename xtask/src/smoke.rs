//! The README's first command, run as a stranger runs it: two cards from the shipped summary.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, Result, ensure};

use crate::{process, workspace};

/// The shipped summary that the README renders.
const SUMMARY: &str = "fixtures/summaries/october.json";

/// What the README promises for the binary with fonts and theme inside: 35 MB.
const BINARY_LIMIT: u64 = 35_000_000;

/// Builds the release binary and holds it to its promised size.
pub fn build() -> Result<()> {
    process::run(workspace::cargo().args(["build", "--release"]))?;
    let binary = workspace::target_dir().join("release").join("wrapped");
    let size = binary.metadata().with_context(|| format!("cannot find {}", binary.display()))?;
    println!("the release binary has {:.1} MB", size.len() as f64 / 1e6);
    ensure!(
        size.len() <= BINARY_LIMIT,
        "the release binary has {} bytes, more than the {BINARY_LIMIT} promised",
        size.len()
    );
    Ok(())
}

/// Renders both cards with the README's command and looks at the files.
pub fn render() -> Result<()> {
    let out = workspace::scratch("cards")?;
    let started = Instant::now();
    process::run(
        workspace::cargo().args(["run", "--release", "--", "render", SUMMARY, "--out"]).arg(&out),
    )?;
    let took = started.elapsed();
    // Said and not demanded: another cargo holding the lock is no fault of the cards.
    println!("both cards took {:.2} s, cargo included; the README promises 10", took.as_secs_f64());
    for card in ["songs.png", "artists.png"] {
        check_card(&out.join(card))?;
    }
    Ok(())
}

/// A card is a PNG of 1080 by 1920 pixels, and valid for a decoder that is not ours.
fn check_card(file: &Path) -> Result<()> {
    let bytes = std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let size = png_size(&bytes);
    ensure!(size == Some((1080, 1920)), "{} is not a card: size {size:?}", file.display());
    if process::find("pngcheck").is_some() {
        process::run(Command::new("pngcheck").arg("-q").arg(file))?;
    }
    Ok(())
}

/// Width and height from a PNG's header, if it is one.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let header = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    (header.get(4..8)? == b"IHDR").then_some(())?;
    Some((number(8)?, number(12)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn size_is_read_from_the_header_only_of_a_png() {
        let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bytes.extend_from_slice(&1080u32.to_be_bytes());
        bytes.extend_from_slice(&1920u32.to_be_bytes());
        assert_eq!(png_size(&bytes), Some((1080, 1920)));
        assert_eq!(png_size(&bytes[..20]), None);
        assert_eq!(png_size(b"GIF89a, which is something else entirely"), None);
    }
}
