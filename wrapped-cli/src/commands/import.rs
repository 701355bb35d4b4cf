//! `wrapped import`

mod folder;

use std::fs::File;
use std::io::IsTerminal as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use wrapped_core::{Error, ErrorKind, Summary, Warning};
use wrapped_import::{ImportOptions, Imported, NamedReader, Progress, Source, spotify_export};

use crate::errors::{Format, Result, io_error, shown};
use crate::output::{self, STANDARD};
use crate::style;

const EXAMPLES: &str = "\
Examples:
  wrapped import spotify-export my_spotify_data.zip --month 2026-10 \\
      --time-zone Europe/Berlin --name Maya -o summary.json
  wrapped import spotify-export ~/Downloads/MyData --month 2026-10 -o - | wrapped render - -o cards

Both downloads of the account's privacy page will do: the extended streaming history, and the
account data. Only songs, times and lengths are read; addresses and devices are never kept.";

/// Turns a download of listening data into a summary.
#[derive(Subcommand)]
pub(crate) enum Import {
    SpotifyExport(Args),
}

/// Reads one month of a Spotify download.
#[derive(clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The zip as it was downloaded, or the folder it unpacks to.
    #[arg(value_name = "PATH.zip|DIR")]
    export: PathBuf,
    /// The month, for example 2026-10.
    #[arg(long, value_name = "YYYY-MM")]
    month: String,
    /// The time zone in which days and months begin, for example Europe/Berlin [default: UTC].
    #[arg(long, value_name = "TZ")]
    time_zone: Option<String>,
    /// The name that the cards show.
    #[arg(long)]
    name: Option<String>,
    /// The summary's user.id: letters, digits, - and _.
    #[arg(long, value_name = "ID")]
    user_id: Option<String>,
    /// The summary's language, for example de.
    #[arg(long, value_name = "TAG")]
    locale: Option<String>,
    /// The summary's file; - writes it to standard output.
    #[arg(short, long, value_name = "FILE|-")]
    output: PathBuf,
}

/// What `--format json` says.
#[derive(Serialize)]
struct Results<'a> {
    path: String,
    bytes: usize,
    period: &'a wrapped_core::summary::Period,
    totals: &'a wrapped_core::summary::Totals,
    coverage: Option<wrapped_core::summary::Coverage>,
    note: Option<&'a str>,
    read: Read,
    warnings: &'a [Warning],
}

#[derive(Serialize)]
struct Read {
    files: u64,
    entries: u64,
    bytes: u64,
    not_music: u64,
    short: u64,
    repeated: u64,
    superseded: u64,
    implausible: u64,
}

pub(crate) fn run(args: &Args, format: Format) -> Result<()> {
    let options = options(args)?;
    let to_stdout = args.output == Path::new(STANDARD);
    if !to_stdout {
        output::check_place(&args.output)?;
    }
    let bar = bar();
    let imported = spotify_export::import(open(&args.export)?, &options, &mut |progress| {
        show(&bar, progress);
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    let imported = imported?.expect("the progress function never says stop");
    let json = summary_json(&imported.summary);
    if to_stdout {
        output::write_stdout(&json)?;
    } else {
        output::write_files(&[(args.output.clone(), json.clone())])?;
    }
    match format {
        Format::Text => tell(args, &imported),
        Format::Json => tell_json(args, &imported, json.len()),
    }
}

fn options(args: &Args) -> Result<ImportOptions> {
    let mut options = ImportOptions::for_month(&args.month)?;
    if let Some(zone) = &args.time_zone {
        options.time_zone.clone_from(zone);
    }
    options.name.clone_from(&args.name);
    options.user_id.clone_from(&args.user_id);
    options.locale.clone_from(&args.locale);
    Ok(options)
}

/// A zip, a folder, or one history by itself.
fn open(path: &Path) -> Result<Source<'static>> {
    let unreadable = |error| io_error(path, "cannot be read", error);
    let name = path.file_name().map_or_else(|| shown(path), |name| name.display().to_string());
    if path.is_dir() {
        return Ok(Source::files(name, folder::readers(path).map_err(unreadable)?));
    }
    let file = File::open(path).map_err(unreadable)?;
    if !file.metadata().map_err(unreadable)?.is_file() {
        let message = "is neither a file nor a folder";
        return Err(Error::new(ErrorKind::Io, message).at(shown(path)).into());
    }
    if spotify_export::is_history(&name) {
        return Ok(Source::files(name.clone(), [NamedReader::new(name, file)]));
    }
    Ok(Source::zip(name, file))
}

fn summary_json(summary: &Summary) -> Vec<u8> {
    let text = serde_json::to_string_pretty(summary).expect("a summary has texts as keys");
    (text + "\n").into_bytes()
}

/// A bar on a terminal, nothing elsewhere.
fn bar() -> ProgressBar {
    let target = if std::io::stderr().is_terminal() {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let style = ProgressStyle::with_template("{bar:30} {percent:>3} %  {bytes}  {wide_msg}")
        .expect("the template is well-formed");
    ProgressBar::with_draw_target(Some(0), target).with_style(style)
}

fn show(bar: &ProgressBar, progress: Progress<'_>) {
    if bar.is_hidden() {
        return;
    }
    // A zip may declare its entries smaller than they are.
    bar.set_length(progress.bytes_total.max(progress.bytes));
    bar.set_position(progress.bytes);
    bar.set_message(style::harmless(progress.entry).into_owned());
}

fn tell(args: &Args, imported: &Imported) -> Result<()> {
    style::warnings(&imported.warnings);
    if let Some(note) = &imported.note {
        style::note(note);
    }
    if args.time_zone.is_none() {
        style::note("the month was cut in UTC; --time-zone Europe/Berlin, say, cuts it there");
    }
    if args.output == Path::new(STANDARD) {
        return Ok(());
    }
    output::write_stdout(format!("{}\n", args.output.display()).as_bytes())?;
    style::next(&format!("wrapped render {} --out cards", quoted(&args.output)));
    Ok(())
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = shown(path);
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:\\".contains(c);
    if text.chars().all(is_plain) { text } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

fn tell_json(args: &Args, imported: &Imported, bytes: usize) -> Result<()> {
    let stats = imported.stats;
    let results = Results {
        path: shown(&args.output),
        bytes,
        period: &imported.summary.period,
        totals: &imported.summary.totals,
        coverage: imported.summary.coverage,
        note: imported.note.as_deref(),
        read: Read {
            files: stats.files,
            entries: stats.entries,
            bytes: stats.bytes,
            not_music: stats.not_music,
            short: stats.short,
            repeated: stats.repeated,
            superseded: stats.superseded,
            implausible: stats.implausible,
        },
        warnings: &imported.warnings,
    };
    let text = serde_json::to_string(&results).expect("results have texts as keys");
    if args.output == Path::new(STANDARD) {
        // Standard output has the summary, so that the results go to the other stream.
        style::plain(&text);
        return Ok(());
    }
    output::write_stdout((text + "\n").as_bytes())
}
