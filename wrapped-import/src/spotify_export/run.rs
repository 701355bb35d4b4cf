//! One import, from its source to its summary.

use std::cell::Cell;
use std::ops::ControlFlow;

use serde::de::DeserializeOwned;
use wrapped_core::summary::Coverage;
use wrapped_core::{Error, ErrorKind, Result, Warning, WarningCode};

use super::account::AccountEntry;
use super::extended::ExtendedEntry;
use super::months::Months;
use super::spans::{Span, Spans};
use super::wrong_kind::wrong_kind;
use crate::clock::{MonthClock, Place};
use crate::files::FileKind;
use crate::json_array::fold;
use crate::ledger::{Ledger, Play};
use crate::limits::{MAX_PLAY_MS, MAX_TOTAL_BYTES, MAX_WARNINGS, MIN_PLAY_MS};
use crate::meter::{Halt, Meter, MeteredReader, Progress, ReadFailure, total_message};
use crate::options::{ImportOptions, Imported, Stats};
use crate::ranking::rank;
use crate::source::{Entries, Source};

/// 2006-01-01: the service was founded that year, so an older time is an unset clock's. Such an
/// entry is in no month that can be asked for in earnest, and must not stretch the coverage.
const EARLIEST_SECOND: i64 = 1_136_073_600;

/// Imports one month of an export; see the [module](super) for what counts.
///
/// `progress` is told about every 64 KiB; when it says [`ControlFlow::Break`], the import ends with
/// `Ok(None)`. A month without plays is no error: it gives an empty summary with a note.
///
/// Fails with kind `usage` if an option is out of its range, `data` with the entry's name if the
/// export is not whole or not an export, `limit` if it exceeds a [limit](crate::limits), and `io`
/// if a reader fails.
pub fn import(
    source: Source<'_>,
    options: &ImportOptions,
    progress: &mut dyn FnMut(Progress<'_>) -> ControlFlow<()>,
) -> Result<Option<Imported>> {
    options.check()?;
    let clock = MonthClock::new(options)?;
    let mut entries = Entries::open(source)?;
    let (histories, bytes_total) = histories(&entries)?;
    let mut meter = Meter::new(progress, bytes_total);
    let mut run = Run::new(clock);
    for index in histories {
        match run.read(&mut entries, index, &mut meter) {
            Ok(()) => {}
            Err(Halt::Stopped) => return Ok(None),
            Err(Halt::Failed(error)) => return Err(error),
        }
    }
    run.stats.bytes = meter.bytes();
    Ok(Some(run.finish(options, &entries.name)))
}

/// An entry of a history, whichever the format.
pub(super) trait Record: DeserializeOwned {
    /// The field that holds the time, for errors.
    const TIME_FIELD: &'static str;
    /// An example of how it is written.
    const TIME_FORMAT: &'static str;

    /// The time as it is written.
    fn time(&self) -> &str;
    /// The end of the stream in Unix seconds, if it can be read.
    fn end(&self) -> Option<i64>;
    /// The time listened; it may be nonsense.
    fn ms(&self) -> i64;
    /// Artist and title, if it is a song.
    fn song(&self) -> Option<(&str, &str)>;
    /// The album.
    fn album(&self) -> Option<&str>;
}

/// The entries to read, extended history first, and their size together.
///
/// The order is by kind and name, so that the order of the source leaves no trace.
fn histories(entries: &Entries<'_>) -> Result<(Vec<usize>, u64)> {
    let is_history =
        |&index: &usize| matches!(entries.list[index].kind, FileKind::Extended | FileKind::Account);
    let mut histories: Vec<usize> = (0..entries.list.len()).filter(is_history).collect();
    if histories.is_empty() {
        return Err(wrong_kind(&entries.name, &entries.list));
    }
    histories.sort_by_key(|&index| (entries.list[index].kind, &entries.list[index].name));
    let mut bytes_total: u64 = 0;
    for &index in &histories {
        entries.check(index)?;
        bytes_total = bytes_total.saturating_add(entries.list[index].bytes);
    }
    if bytes_total > MAX_TOTAL_BYTES {
        return Err(Error::new(ErrorKind::Limit, total_message()).at(&entries.name));
    }
    Ok((histories, bytes_total))
}

struct Run {
    clock: MonthClock,
    ledger: Ledger,
    stats: Stats,
    warnings: Vec<Warning>,
    months: Months,
    /// From the first to the last entry of the whole export.
    span: Option<Span>,
    /// The same for the file that is being read.
    file_span: Option<Span>,
    /// Where the extended history has the say.
    extended: Spans,
}

impl Run {
    fn new(clock: MonthClock) -> Self {
        Self {
            clock,
            ledger: Ledger::default(),
            stats: Stats::default(),
            warnings: Vec::new(),
            months: Months::default(),
            span: None,
            file_span: None,
            extended: Spans::default(),
        }
    }

    fn read(
        &mut self,
        entries: &mut Entries<'_>,
        index: usize,
        meter: &mut Meter<'_>,
    ) -> Result<(), Halt> {
        self.stats.files += 1;
        match entries.list[index].kind {
            FileKind::Extended => {
                self.file_span = None;
                self.read_as::<ExtendedEntry>(entries, index, meter)?;
                self.extended.add(self.file_span);
                Ok(())
            }
            _ => self.read_as::<AccountEntry>(entries, index, meter),
        }
    }

    fn read_as<T: Record>(
        &mut self,
        entries: &mut Entries<'_>,
        index: usize,
        meter: &mut Meter<'_>,
    ) -> Result<(), Halt> {
        let info = entries.list[index].clone();
        let play_bytes = Cell::new(0);
        let mut failure = None;
        let reader = MeteredReader {
            inner: entries.reader(index)?,
            meter,
            entry: &info.name,
            packed: info.packed,
            entry_bytes: 0,
            play_bytes: &play_bytes,
            failure: &mut failure,
        };
        let is_account = info.kind == FileKind::Account;
        let folded = fold(&info.name, reader, &play_bytes, &mut |number, record: T| {
            self.take(&info.name, number, &record, is_account)
        });
        match failure {
            Some(ReadFailure::Halt(halt)) => Err(halt),
            Some(ReadFailure::Reader(error)) => Err(entries.explain(index, error).into()),
            None => Ok(folded?),
        }
    }

    fn take<T: Record>(
        &mut self,
        entry: &str,
        index: u64,
        record: &T,
        is_account: bool,
    ) -> Result<()> {
        self.stats.entries += 1;
        let Some(end) = record.end() else {
            let place = format!("{entry}[{index}].{}", T::TIME_FIELD);
            let time: String = record.time().chars().take(40).collect();
            let message = format!("{time:?} is not a time like {}", T::TIME_FORMAT);
            return Err(Error::data(place, message));
        };
        if end < EARLIEST_SECOND {
            return Ok(());
        }
        Span::widen(&mut self.span, end);
        Span::widen(&mut self.file_span, end);
        let date = self.clock.date(end);
        let place = self.clock.place(date);
        let mut ignored = Stats::default();
        let stats = if matches!(place, Place::On(_)) { &mut self.stats } else { &mut ignored };
        let Some((artist, title)) = record.song() else {
            stats.not_music += 1;
            return Ok(());
        };
        let ms = match u32::try_from(record.ms()) {
            Ok(ms) if i64::from(ms) <= MAX_PLAY_MS => ms,
            _ => {
                stats.implausible += 1;
                if matches!(place, Place::On(_)) {
                    self.warn(entry, index, record.ms());
                }
                return Ok(());
            }
        };
        if i64::from(ms) < MIN_PLAY_MS {
            stats.short += 1;
            return Ok(());
        }
        let entered = match place {
            Place::On(_) if is_account && self.extended.cover(end) => {
                stats.superseded += 1;
                return Ok(());
            }
            Place::On(day) => {
                let play = Play { end, day, ms, artist, title, album: record.album() };
                self.ledger.enter(play).map(|is_new| stats.repeated += u64::from(!is_new))
            }
            Place::Before => self.ledger.hear_before(artist),
            Place::After => Ok(()),
        };
        self.months.add(date);
        entered.map_err(|error| error.at(entry))
    }

    fn warn(&mut self, entry: &str, index: u64, ms: i64) {
        if self.warnings.len() < MAX_WARNINGS {
            let message = format!("a play of {ms} ms was left out; no play has that length");
            let path = format!("{entry}[{index}]");
            self.warnings.push(Warning::new(WarningCode::PlayImplausible, path, message));
        }
    }

    fn finish(mut self, options: &ImportOptions, source: &str) -> Imported {
        let unnamed = self.stats.implausible - self.warnings.len() as u64;
        if unnamed > 0 {
            let message = format!("{unnamed} more plays of impossible length were left out");
            self.warnings.push(Warning::new(WarningCode::PlayImplausible, source, message));
        }
        let reaches_back = self.span.is_some_and(|span| self.clock.is_before(span.first));
        let ranking = rank(&self.ledger, &self.clock, reaches_back);
        let days = self.span.map_or(0, |span| self.clock.days_covered(span.first, span.last));
        let note = self.ledger.plays.is_empty().then(|| self.months.note(&self.clock));
        let mut summary = options.empty_summary();
        summary.period.time_zone = Some(self.clock.zone_name());
        summary.coverage = Some(Coverage { days, of: self.clock.days_in_month() });
        summary.totals = ranking.totals;
        summary.songs = ranking.songs;
        summary.artists = ranking.artists;
        summary.days = ranking.days;
        Imported { summary, warnings: self.warnings, note, stats: self.stats }
    }
}
