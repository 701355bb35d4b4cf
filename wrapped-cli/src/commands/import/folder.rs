//! The files of an unpacked export, found in a folder and opened one at a time.

use std::fs::{self, File};
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

use wrapped_import::limits::MAX_ENTRIES;
use wrapped_import::{NamedReader, spotify_export};

/// How deep folders are searched; an export has three levels.
const MAX_DEPTH: usize = 16;

/// Every file below `folder`, named by its path in it.
///
/// Links to folders are not followed, so that none is read twice or for ever. One file more than
/// an import takes ends the search: whoever names a whole home folder is told soon.
pub(super) fn readers(folder: &Path) -> io::Result<Vec<NamedReader<'static>>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), 0)];
    while let Some((current, depth)) = open.pop() {
        for entry in fs::read_dir(&current)? {
            let entry = entry?;
            let path = entry.path();
            if entry.file_type()?.is_dir() {
                if depth < MAX_DEPTH {
                    open.push((path, depth + 1));
                }
            } else if path.is_file() && found.len() <= MAX_ENTRIES {
                let name = path.strip_prefix(folder).unwrap_or(&path).display().to_string();
                found.push(reader(name, path));
            }
        }
        if found.len() > MAX_ENTRIES {
            break;
        }
    }
    Ok(found)
}

/// Files that hold no history matter by their names only and are never opened.
fn reader(name: String, path: PathBuf) -> NamedReader<'static> {
    if spotify_export::is_history(&name) {
        NamedReader::new(name, LateFile { path, file: None })
    } else {
        NamedReader::new(name, Cursor::new([]))
    }
}

/// A file that is opened when it is first read and closed at its end, because a process may have
/// only so many open.
struct LateFile {
    path: PathBuf,
    file: Option<File>,
}

impl Read for LateFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(file) = &mut self.file else { return Ok(0) };
        let read = file.read(buffer)?;
        if read == 0 && !buffer.is_empty() {
            self.file = None;
        }
        Ok(read)
    }
}

impl Seek for LateFile {
    /// To the end tells the size without opening; to anywhere else opens.
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if to == SeekFrom::End(0) {
            return Ok(fs::metadata(&self.path)?.len());
        }
        let mut file = File::open(&self.path)?;
        let position = file.seek(to)?;
        self.file = Some(file);
        Ok(position)
    }
}
