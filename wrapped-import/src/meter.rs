//! A reader that counts: it reports progress, and ends what grows beyond its limit.

use std::cell::Cell;
use std::io::{self, Read};
use std::ops::ControlFlow;

use wrapped_core::{Error, ErrorKind};

use crate::limits::{MAX_PLAY_BYTES, MAX_RATIO, MAX_TOTAL_BYTES, RATIO_FREE_BYTES};

/// How far an import has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress<'a> {
    /// The entry that is being read.
    pub entry: &'a str,
    /// Unpacked bytes read so far. More than `bytes_total` if a zip declares its entries smaller.
    pub bytes: u64,
    /// Unpacked bytes in total, as the export declares them; 0 if nothing is to be read.
    pub bytes_total: u64,
}

/// Told about progress several times a second; [`ControlFlow::Break`] ends the import.
pub(crate) type ProgressSink<'p> = dyn FnMut(Progress<'_>) -> ControlFlow<()> + 'p;

/// Why an import ends without a summary.
#[derive(Debug)]
pub(crate) enum Halt {
    /// The progress function said stop.
    Stopped,
    /// Something is wrong.
    Failed(Error),
}

impl From<Error> for Halt {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

/// What the whole import has read.
pub(crate) struct Meter<'p> {
    sink: &'p mut ProgressSink<'p>,
    bytes: u64,
    bytes_total: u64,
}

impl<'p> Meter<'p> {
    pub(crate) fn new(sink: &'p mut ProgressSink<'p>, bytes_total: u64) -> Self {
        Self { sink, bytes: 0, bytes_total }
    }

    pub(crate) fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// One entry as it is read through a [`Meter`].
///
/// A reader can only fail with an [`io::Error`], which the JSON parser would swallow into a
/// sentence of its own; so the true reason waits in `failure`.
pub(crate) struct MeteredReader<'a, 'p, R> {
    pub(crate) inner: R,
    pub(crate) meter: &'a mut Meter<'p>,
    pub(crate) entry: &'a str,
    /// Packed size, for an entry of a zip.
    pub(crate) packed: Option<u64>,
    pub(crate) entry_bytes: u64,
    /// Bytes since the last whole play; the parser's side sets it back.
    pub(crate) play_bytes: &'a Cell<u64>,
    pub(crate) failure: &'a mut Option<ReadFailure>,
}

/// What ended the reading of an entry.
#[derive(Debug)]
pub(crate) enum ReadFailure {
    /// The progress function or a limit.
    Halt(Halt),
    /// The reader below, with its own error.
    Reader(io::Error),
}

impl<R: Read> Read for MeteredReader<'_, '_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.failure.is_some() {
            return Err(io::ErrorKind::Other.into());
        }
        let read = match self.inner.read(buffer) {
            Ok(read) => read as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(error) => {
                *self.failure = Some(ReadFailure::Reader(error));
                return Err(io::ErrorKind::Other.into());
            }
        };
        self.entry_bytes += read;
        self.meter.bytes += read;
        self.play_bytes.set(self.play_bytes.get() + read);
        let checked = self.check_limits().and_then(|()| {
            let (bytes, bytes_total) = (self.meter.bytes, self.meter.bytes_total);
            match (self.meter.sink)(Progress { entry: self.entry, bytes, bytes_total }) {
                ControlFlow::Continue(()) => Ok(()),
                ControlFlow::Break(()) => Err(Halt::Stopped),
            }
        });
        match checked {
            Ok(()) => Ok(read as usize),
            Err(halt) => {
                *self.failure = Some(ReadFailure::Halt(halt));
                Err(io::ErrorKind::Other.into())
            }
        }
    }
}

impl<R> MeteredReader<'_, '_, R> {
    fn check_limits(&self) -> Result<(), Halt> {
        let limit = |message: String| {
            Err(Halt::Failed(Error::new(ErrorKind::Limit, message).at(self.entry)))
        };
        if let Some(packed) = self.packed {
            check_ratio(self.entry, packed, self.entry_bytes)?;
        }
        if self.meter.bytes > MAX_TOTAL_BYTES {
            return limit(total_message());
        }
        if self.play_bytes.get() > MAX_PLAY_BYTES {
            return limit(format!("one play is larger than {MAX_PLAY_BYTES} bytes"));
        }
        Ok(())
    }
}

/// Fails with kind `limit` if `unpacked` bytes cannot honestly come from `packed` ones.
pub(crate) fn check_ratio(entry: &str, packed: u64, unpacked: u64) -> Result<(), Error> {
    if unpacked > RATIO_FREE_BYTES && unpacked / MAX_RATIO > packed {
        let message = format!(
            "unpacks to more than {MAX_RATIO} times its size, as no listening history does; \
             the zip may be a bomb, so ask for the export again"
        );
        return Err(Error::new(ErrorKind::Limit, message).at(entry));
    }
    Ok(())
}

/// The sentence for an export beyond [`MAX_TOTAL_BYTES`].
pub(crate) fn total_message() -> String {
    format!("the histories unpack to more than {MAX_TOTAL_BYTES} bytes; import fewer files")
}
