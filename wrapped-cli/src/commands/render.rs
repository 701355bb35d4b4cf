//! `wrapped render`

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use clap::ValueEnum;
use serde::Serialize;
use wrapped_core::limits::MAX_SUMMARY_BYTES;
use wrapped_core::report::Report;
use wrapped_core::{
    Card, CardKind, Error, ErrorKind, MissingGlyphs, RenderOptions, Renderer, Summary, Warned,
    Warning,
};

use crate::assets::{Base, Images};
use crate::errors::{Format, Result, io_error, shown, usage_error};
use crate::output::{self, STANDARD};
use crate::{resources, style};

const EXAMPLES: &str = "\
Examples:
  wrapped render summary.json --out cards
  wrapped render summary.json --out cards --locale de --card songs --scale 0.5
  wrapped render summary.json --out cards --theme ./my-theme --svg --report
  cat summary.json | wrapped render - --card artists --out - > artists.png

Covers are files named in the summary, relative to its folder (for - to the current folder).
A cover that is not there gives a drawn one and a warning.";

/// Makes the cards of a summary: OUT/songs.png and OUT/artists.png.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The summary; - reads it from standard input.
    #[arg(value_name = "SUMMARY.json|-")]
    summary: PathBuf,
    /// The folder for the cards, made if need be; - writes one card to standard output.
    #[arg(short, long, value_name = "DIR|-")]
    out: PathBuf,
    /// A theme that ships with wrapped, or a folder with theme.toml, songs.svg and artists.svg.
    #[arg(long, value_name = "NAME|DIR")]
    theme: Option<String>,
    /// Make this card only.
    #[arg(long, value_enum)]
    card: Option<CardName>,
    /// The language of the card, instead of the summary's: de, for example.
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
    /// Write each card as SVG too, with texts as outlines and covers inside.
    #[arg(long)]
    svg: bool,
    /// Write a report on each card: alt text, fonts, what was shortened, every warning.
    #[arg(long)]
    report: bool,
    /// The size, from 0.25 to 2 times 1080×1920.
    #[arg(long, value_name = "FACTOR", default_value_t = 1.0)]
    scale: f32,
    /// Add every .ttf, .otf and .ttc file of this folder after the shipped fonts.
    #[arg(long, value_name = "DIR")]
    fonts: Option<PathBuf>,
    /// Let the summary name covers by absolute paths and outside its folder.
    #[arg(long)]
    allow_path: bool,
    /// What to do about a character that no font has.
    #[arg(long, value_enum, default_value_t)]
    missing_glyph: MissingGlyph,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum CardName {
    Songs,
    Artists,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum MissingGlyph {
    /// Show a small dot and warn.
    #[default]
    Substitute,
    /// Stop with exit code 5.
    Error,
}

/// A card, and as what else it is wanted.
struct Finished {
    card: Card,
    svg: Option<String>,
}

/// What `--format json` says of a whole call.
#[derive(Serialize)]
struct Results<'a> {
    cards: Vec<CardResult<'a>>,
    /// About the summary itself, whichever the card.
    warnings: &'a [Warning],
}

#[derive(Serialize)]
struct CardResult<'a> {
    card: CardKind,
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    svg: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<String>,
    bytes: usize,
    width: u32,
    height: u32,
    alt_text: &'a str,
    warnings: &'a [Warning],
}

/// Everything is made before anything is written, so that an error leaves nothing behind.
pub(crate) fn run(args: &Args, format: Format) -> Result<()> {
    check(args)?;
    let summary = read_summary(&args.summary)?;
    let theme = resources::theme(args.theme.as_deref())?;
    let fonts = resources::fonts(args.fonts.as_deref())?;
    let renderer = Renderer::new(&[theme], wrapped_templates::locales()?, fonts)?;
    let base = Base { folder: folder_of(&args.summary), allow_path: args.allow_path };
    let images = Images::read(&summary.value, &base);
    let cards = make(args, &renderer, &summary.value, &images)?;
    if args.out == Path::new(STANDARD) {
        output::write_stdout(&cards[0].card.png)?;
    } else {
        output::write_files(&files(args, &cards)?)?;
    }
    tell(args, format, &cards, &summary.warnings)
}

/// What can be known to fail before any work is done.
fn check(args: &Args) -> Result<()> {
    if args.out != Path::new(STANDARD) {
        return kinds(args)
            .iter()
            .try_for_each(|&kind| output::check_place(&place(args, kind, "png")));
    }
    if args.card.is_none() {
        let message = "standard output takes one card; add --card songs or --card artists";
        return Err(usage_error(message).at("--out -").into());
    }
    if args.svg || args.report {
        let message = "standard output takes the card alone; give a folder for --svg and --report";
        return Err(usage_error(message).at("--out -").into());
    }
    output::check_no_terminal()
}

/// Reads no more than a summary may have.
fn read_summary(path: &Path) -> Result<Warned<Summary>> {
    let unreadable = |error| io_error(path, "cannot be read", error);
    let limit = MAX_SUMMARY_BYTES as u64;
    let mut json = Vec::new();
    if path == Path::new(STANDARD) {
        io::stdin().lock().take(limit + 1).read_to_end(&mut json).map_err(unreadable)?;
    } else {
        let file = File::open(path).map_err(unreadable)?;
        if file.metadata().map_err(unreadable)?.len() <= limit {
            file.take(limit + 1).read_to_end(&mut json).map_err(unreadable)?;
        } else {
            return Err(too_large(path));
        }
    }
    if json.len() as u64 > limit {
        return Err(too_large(path));
    }
    Ok(Summary::from_json(&json)?)
}

fn too_large(path: &Path) -> crate::errors::Failure {
    let message = format!("must be at most {} MiB", MAX_SUMMARY_BYTES >> 20);
    Error::new(ErrorKind::Limit, message).at(shown(path)).into()
}

/// The folder that a summary's references start from.
fn folder_of(summary: &Path) -> &Path {
    match summary.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn make(
    args: &Args,
    renderer: &Renderer,
    summary: &Summary,
    images: &Images,
) -> Result<Vec<Finished>> {
    let options = RenderOptions {
        theme: None,
        locale: args.locale.clone(),
        scale: args.scale,
        missing_glyphs: match args.missing_glyph {
            MissingGlyph::Substitute => MissingGlyphs::Substitute,
            MissingGlyph::Error => MissingGlyphs::Error,
        },
    };
    let mut worker = renderer.worker();
    let mut one = |kind| {
        let filled = worker.fill(summary, &images.assets, kind, &options)?;
        let svg = if args.svg { Some(filled.to_svg()?) } else { None };
        let mut card = filled.finish()?;
        images.explain(&mut card.report.warnings);
        Ok(Finished { card, svg })
    };
    kinds(args).iter().map(|&kind| one(kind)).collect()
}

fn kinds(args: &Args) -> &'static [CardKind] {
    match args.card {
        None => &CardKind::ALL,
        Some(CardName::Songs) => &[CardKind::Songs],
        Some(CardName::Artists) => &[CardKind::Artists],
    }
}

/// Where a card's file of this ending goes.
fn place(args: &Args, card: CardKind, ending: &str) -> PathBuf {
    args.out.join(format!("{card}.{ending}"))
}

fn files(args: &Args, cards: &[Finished]) -> Result<Vec<(PathBuf, Vec<u8>)>> {
    let mut files = Vec::new();
    for Finished { card, svg } in cards {
        files.push((place(args, card.kind, "png"), card.png.clone()));
        if let Some(svg) = svg {
            files.push((place(args, card.kind, "svg"), svg.clone().into_bytes()));
        }
        if args.report {
            files.push((place(args, card.kind, "report.json"), report_json(&card.report)));
        }
    }
    Ok(files)
}

fn report_json(report: &Report) -> Vec<u8> {
    let text = serde_json::to_string_pretty(report).expect("a report has texts as keys");
    (text + "\n").into_bytes()
}

fn tell(args: &Args, format: Format, cards: &[Finished], about: &[Warning]) -> Result<()> {
    let to_stdout = args.out == Path::new(STANDARD);
    if format == Format::Json {
        let results = Results {
            cards: cards.iter().map(|card| result(args, card)).collect(),
            warnings: about,
        };
        let text = serde_json::to_string(&results).expect("results have texts as keys");
        if to_stdout {
            // Standard output has the card, so that the results go to the other stream.
            style::plain(&text);
            return Ok(());
        }
        return output::write_stdout((text + "\n").as_bytes());
    }
    style::warnings(about.iter().chain(cards.iter().flat_map(|one| &one.card.report.warnings)));
    if to_stdout {
        return Ok(());
    }
    // One path a line and nothing else, so that a script can read them.
    let paths: Vec<String> =
        files(args, cards)?.iter().map(|(path, _)| format!("{}\n", path.display())).collect();
    output::write_stdout(paths.concat().as_bytes())
}

fn result<'a>(args: &Args, Finished { card, svg }: &'a Finished) -> CardResult<'a> {
    let path = |ending| place(args, card.kind, ending).display().to_string();
    CardResult {
        card: card.kind,
        path: if args.out == Path::new(STANDARD) { STANDARD.to_owned() } else { path("png") },
        svg: svg.as_ref().map(|_| path("svg")),
        report: args.report.then(|| path("report.json")),
        bytes: card.png.len(),
        width: card.width,
        height: card.height,
        alt_text: card.alt_text(),
        warnings: &card.report.warnings,
    }
}
