//! A zip, with an answer for each way in which it can be wrong.

use std::cell::RefCell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

use wrapped_core::{Error, Result};
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use crate::limits::MAX_DIRECTORY_BYTES;
use crate::meter::check_ratio;
use crate::source::{EntryInfo, ReadSeek, io_error};

/// A zip whose directory has been read.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Device<'a>>,
    device: Device<'a>,
}

impl<'a> Archive<'a> {
    /// Reads the directory of the zip called `name`.
    pub(crate) fn open(
        name: &str,
        reader: Box<dyn ReadSeek + 'a>,
    ) -> Result<(Self, Vec<EntryInfo>)> {
        let device = Device::new(reader);
        device.0.borrow_mut().budget = Some(MAX_DIRECTORY_BYTES);
        let opened = ZipArchive::new(device.clone());
        device.0.borrow_mut().budget = None;
        let zip = match opened {
            Ok(zip) => zip,
            Err(error) => return Err(diagnose(name, &device, error)),
        };
        let mut list = Vec::with_capacity(zip.len());
        for index in 0..zip.len() {
            let data = zip.by_index_data(index).map_err(|error| zip_error(name, error))?;
            let path = match data.name() {
                Ok(path) => path.into_owned(),
                Err(_) => String::from_utf8_lossy(data.name_raw()).into_owned(),
            };
            list.push(EntryInfo::new(&path, data.size(), Some(data.compressed_size())));
        }
        Ok((Self { zip, device }, list))
    }

    /// Fails if the entry is encrypted, packed in an unknown way, or declares itself a bomb.
    pub(crate) fn check(&self, index: usize, entry: &EntryInfo) -> Result<()> {
        let data = self.zip.by_index_data(index).map_err(|error| zip_error(&entry.name, error))?;
        if data.encrypted() {
            return Err(encrypted(&entry.name));
        }
        match data.compression() {
            CompressionMethod::Stored | CompressionMethod::Deflated => {}
            other => {
                let message = format!(
                    "is packed with {other}, where downloads use deflate; \
                     unpack the zip and import the folder"
                );
                return Err(Error::data(&entry.name, message));
            }
        }
        check_ratio(&entry.name, data.compressed_size(), data.size())
    }

    /// The unpacked bytes of an entry.
    pub(crate) fn reader(&mut self, index: usize, entry: &EntryInfo) -> Result<Box<dyn Read + '_>> {
        let device = self.device.clone();
        match self.zip.by_index(index) {
            Ok(file) => Ok(Box::new(file)),
            Err(ZipError::Io(error)) if device.failed() => Err(io_error(&entry.name, error)),
            Err(error) => Err(zip_error(&entry.name, error)),
        }
    }

    /// True once the reader below the zip has failed.
    pub(crate) fn device_failed(&self) -> bool {
        self.device.failed()
    }
}

/// The reader below the zip. It remembers whether it was the one to fail, because through the zip
/// a broken disk and a broken file look the same; and it can be told to end early.
#[derive(Clone)]
struct Device<'a>(Rc<RefCell<DeviceState<'a>>>);

struct DeviceState<'a> {
    reader: Box<dyn ReadSeek + 'a>,
    failed: bool,
    budget: Option<u64>,
}

impl<'a> Device<'a> {
    fn new(reader: Box<dyn ReadSeek + 'a>) -> Self {
        Self(Rc::new(RefCell::new(DeviceState { reader, failed: false, budget: None })))
    }

    fn failed(&self) -> bool {
        self.0.borrow().failed
    }
}

impl Read for Device<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let state = &mut *self.0.borrow_mut();
        let read = state.reader.read(buffer);
        match (&read, &mut state.budget) {
            (Ok(read), Some(budget)) => match budget.checked_sub(*read as u64) {
                Some(left) => *budget = left,
                None => return Err(io::Error::other("the zip's directory is too large")),
            },
            (Err(error), _) => state.failed |= error.kind() != io::ErrorKind::Interrupted,
            _ => {}
        }
        read
    }
}

impl Seek for Device<'_> {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        // A seek fails on a wild offset of a damaged zip, which is no fault of the device.
        self.0.borrow_mut().reader.seek(position)
    }
}

fn encrypted(entry: &str) -> Error {
    Error::data(entry, "is encrypted; unpack the zip with its password and import the folder")
}

fn zip_error(place: &str, error: ZipError) -> Error {
    match error {
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => encrypted(place),
        error => {
            let message = format!("is damaged inside the zip ({error}); download the export again");
            Error::data(place, message).caused_by(error)
        }
    }
}

/// Says what a file is that could not be opened as a zip.
fn diagnose(name: &str, device: &Device<'_>, error: ZipError) -> Error {
    if device.failed() {
        let error = match error {
            ZipError::Io(error) => error,
            other => io::Error::other(other),
        };
        return io_error(name, error);
    }
    let mut head = Vec::with_capacity(4);
    let mut reader = device.clone();
    let read =
        reader.seek(SeekFrom::Start(0)).and_then(|_| (&mut reader).take(4).read_to_end(&mut head));
    if let Err(error) = read {
        return io_error(name, error);
    }
    if head.is_empty() {
        return Error::data(name, "is empty; download the export again");
    }
    if !head.starts_with(b"PK") {
        let message = "is not a zip; give the zip that was downloaded, or the folder it unpacks to";
        return Error::data(name, message).caused_by(error);
    }
    let place = last_entry(&mut reader).unwrap_or_else(|| name.to_owned());
    let message = if place == name {
        "the zip is cut off; download the export again".to_owned()
    } else {
        format!("{name} is cut off in or after this entry; download the export again")
    };
    Error::data(place, message).caused_by(error)
}

/// The name of the last entry that begins in a zip without a directory: where it was cut off.
///
/// Searched from the end for an entry's header, since headers written by a stream do not tell how
/// long the entry is.
fn last_entry(reader: &mut (impl Read + Seek)) -> Option<String> {
    /// Histories come in files of 12 MB unpacked; a header lies nearer to the end than that.
    const MAX_SEARCH_BYTES: u64 = 32 << 20;
    const CHUNK_BYTES: u64 = 1 << 20;
    /// A header with its name may lie across two chunks.
    const OVERLAP_BYTES: u64 = 2048;
    let length = reader.seek(SeekFrom::End(0)).ok()?;
    let mut end = length;
    while end > 0 && length - end < MAX_SEARCH_BYTES {
        let start = end.saturating_sub(CHUNK_BYTES);
        let mut chunk = Vec::new();
        reader.seek(SeekFrom::Start(start)).ok()?;
        reader.take(end - start + OVERLAP_BYTES).read_to_end(&mut chunk).ok()?;
        let headers = (0..chunk.len()).rev().filter_map(|at| header_name(&chunk[at..]));
        if let Some(name) = headers.into_iter().next() {
            return Some(crate::files::shown(&name));
        }
        end = start;
    }
    None
}

/// The name in an entry's header, if `bytes` begin with a believable one.
fn header_name(bytes: &[u8]) -> Option<String> {
    const FIXED_BYTES: usize = 30;
    const MAX_NAME_BYTES: usize = 1024;
    if !bytes.starts_with(b"PK\x03\x04") || bytes.len() < FIXED_BYTES {
        return None;
    }
    let length = usize::from(u16::from_le_bytes([bytes[26], bytes[27]]));
    if !(1..=MAX_NAME_BYTES).contains(&length) {
        return None;
    }
    let name = std::str::from_utf8(bytes.get(FIXED_BYTES..FIXED_BYTES + length)?).ok()?;
    (!name.chars().any(char::is_control)).then(|| name.to_owned())
}
