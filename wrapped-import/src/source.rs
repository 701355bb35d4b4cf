//! Where an export's bytes come from: a zip, or loose files that a front-end has opened.

use std::fmt;
use std::io::{self, Read, Seek, SeekFrom};

use wrapped_core::{Error, ErrorKind, Result};

use crate::archive::Archive;
use crate::files::{FileKind, kind, shown};
use crate::limits::MAX_ENTRIES;

/// Bytes that can be read from any place.
pub trait ReadSeek: Read + Seek {}

impl<T: Read + Seek> ReadSeek for T {}

/// A file of a folder: its path inside the folder, and its bytes.
pub struct NamedReader<'a> {
    name: String,
    reader: Box<dyn ReadSeek + 'a>,
}

impl<'a> NamedReader<'a> {
    /// A file at `name`, the path inside the folder with either slash.
    pub fn new(name: impl Into<String>, reader: impl Read + Seek + 'a) -> Self {
        Self { name: name.into(), reader: Box::new(reader) }
    }
}

impl fmt::Debug for NamedReader<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NamedReader").field("name", &self.name).finish_non_exhaustive()
    }
}

/// An export: a zip as it was downloaded, or its files.
pub struct Source<'a> {
    name: String,
    content: Content<'a>,
}

enum Content<'a> {
    Zip(Box<dyn ReadSeek + 'a>),
    Files(Vec<NamedReader<'a>>),
}

impl<'a> Source<'a> {
    /// A zip; `name` is what messages call it, for example its file name.
    pub fn zip(name: impl Into<String>, reader: impl Read + Seek + 'a) -> Self {
        Self { name: name.into(), content: Content::Zip(Box::new(reader)) }
    }

    /// Loose files, in any order; `name` is what messages call the folder.
    ///
    /// Hand in every file of the folder and its folders: those that hold no listening history are
    /// not read, but their names help to say what a wrong folder is.
    pub fn files(
        name: impl Into<String>,
        files: impl IntoIterator<Item = NamedReader<'a>>,
    ) -> Self {
        Self { name: name.into(), content: Content::Files(files.into_iter().collect()) }
    }
}

impl fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Source").field("name", &self.name).finish_non_exhaustive()
    }
}

/// What is known of an entry before it is read.
#[derive(Clone, Debug)]
pub(crate) struct EntryInfo {
    /// The name as messages show it.
    pub(crate) name: String,
    pub(crate) kind: FileKind,
    /// Unpacked size; a zip may lie about it.
    pub(crate) bytes: u64,
    /// Packed size, in a zip.
    pub(crate) packed: Option<u64>,
}

impl EntryInfo {
    pub(crate) fn new(path: &str, bytes: u64, packed: Option<u64>) -> Self {
        Self { name: shown(path), kind: kind(path), bytes, packed }
    }
}

/// An opened source.
pub(crate) struct Entries<'a> {
    /// What messages call the source.
    pub(crate) name: String,
    pub(crate) list: Vec<EntryInfo>,
    content: OpenContent<'a>,
}

enum OpenContent<'a> {
    Zip(Archive<'a>),
    Files(Vec<NamedReader<'a>>),
}

impl<'a> Entries<'a> {
    /// Lists the source's entries.
    ///
    /// Fails with kind `data` if it is not a whole zip, `limit` if it has too many entries, and
    /// `io` if it cannot be read.
    pub(crate) fn open(source: Source<'a>) -> Result<Self> {
        let name = shown(&source.name);
        let (list, content) = match source.content {
            Content::Zip(reader) => {
                let (archive, list) = Archive::open(&name, reader)?;
                (list, OpenContent::Zip(archive))
            }
            Content::Files(mut files) => {
                let list = files.iter_mut().map(file_info).collect::<Result<_>>()?;
                (list, OpenContent::Files(files))
            }
        };
        if list.len() > MAX_ENTRIES {
            let message = format!("holds {} files; at most {MAX_ENTRIES} are read", list.len());
            return Err(Error::new(ErrorKind::Limit, message).at(name));
        }
        Ok(Self { name, list, content })
    }

    /// Fails if the entry can be seen to be unreadable before any of it is read.
    pub(crate) fn check(&self, index: usize) -> Result<()> {
        match &self.content {
            OpenContent::Zip(archive) => archive.check(index, &self.list[index]),
            OpenContent::Files(_) => Ok(()),
        }
    }

    /// The unpacked bytes of an entry.
    pub(crate) fn reader(&mut self, index: usize) -> Result<Box<dyn Read + '_>> {
        match &mut self.content {
            OpenContent::Zip(archive) => archive.reader(index, &self.list[index]),
            OpenContent::Files(files) => {
                let file = &mut files[index];
                let start = file.reader.seek(SeekFrom::Start(0));
                start.map_err(|error| io_error(&self.list[index].name, error))?;
                Ok(Box::new(&mut file.reader))
            }
        }
    }

    /// A reader's error: of the device, or of the packed bytes.
    pub(crate) fn explain(&self, index: usize, error: io::Error) -> Error {
        let entry = &self.list[index].name;
        match &self.content {
            OpenContent::Zip(archive) if !archive.device_failed() => Error::data(
                entry,
                format!("is damaged inside the zip ({error}); download the export again"),
            )
            .caused_by(error),
            _ => io_error(entry, error),
        }
    }
}

fn file_info(file: &mut NamedReader<'_>) -> Result<EntryInfo> {
    let mut info = EntryInfo::new(&file.name, 0, None);
    let size = file.reader.seek(SeekFrom::End(0));
    info.bytes = size.map_err(|error| io_error(&info.name, error))?;
    Ok(info)
}

/// A device's error, kind `io`.
pub(crate) fn io_error(place: &str, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot be read: {error}")).at(place).caused_by(error)
}
