//! Files appear whole or not at all: written beside their place under another name, then renamed.
//! Ctrl-C and errors leave neither half a file nor the other name.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use wrapped_core::{Error, ErrorKind};

use crate::errors::{Failure, Result, io_error, shown, usage_error};

/// The path that means standard input or output.
pub(crate) const STANDARD: &str = "-";

/// 128 + SIGINT, as shells have it.
const EXIT_CTRL_C: i32 = 130;

/// What exists now and must not stay if the process ends.
struct Pending {
    files: Vec<PathBuf>,
    /// Folders made for the files, outermost first.
    folders: Vec<PathBuf>,
}

/// Whoever changes the folders holds this lock, so that the thread of Ctrl-C finds a whole list
/// and, once it has the lock, lets nobody go on.
static PENDING: Mutex<Pending> = Mutex::new(Pending { files: Vec::new(), folders: Vec::new() });

fn pending() -> MutexGuard<'static, Pending> {
    PENDING.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on Ctrl-C (also a terminal that closes, and a polite kill) ends the process with code
/// 130 and leaves nothing half-done.
pub(crate) fn clean_up_on_ctrl_c() -> Result<()> {
    ctrlc::set_handler(|| {
        let mut pending = pending();
        discard(&mut pending);
        if io::stderr().is_terminal() {
            // A new line after the progress bar and the `^C` that the terminal shows.
            let _ = writeln!(io::stderr(), "\nstopped");
        }
        std::process::exit(EXIT_CTRL_C);
    })
    .map_err(|error| {
        Error::new(ErrorKind::Io, format!("Ctrl-C cannot be watched for: {error}")).into()
    })
}

/// Removes what is pending, as far as it can be.
fn discard(pending: &mut Pending) {
    for file in pending.files.drain(..) {
        let _ = fs::remove_file(file);
    }
    for folder in pending.folders.drain(..).rev() {
        let _ = fs::remove_dir(folder);
    }
}

/// Fails if `path` can be seen to be no place for a file, so that nobody waits for work in vain.
pub(crate) fn check_place(path: &Path) -> Result<()> {
    if path.is_dir() {
        return Err(not_a_file(path).into());
    }
    let existing = path.ancestors().skip(1).find(|folder| folder.exists());
    match existing {
        Some(folder) if !folder.is_dir() => {
            let message = "is a file, so that no folder can be made of it; choose another";
            Err(Error::new(ErrorKind::Io, message).at(shown(folder)).into())
        }
        _ => Ok(()),
    }
}

fn not_a_file(path: &Path) -> Error {
    let message = "is a folder; a file is to be written there";
    Error::new(ErrorKind::Io, message).at(shown(path))
}

/// Writes all of these files or none, together with the folders they are in.
///
/// Kind `io` with path and reason. What was there before is replaced in one step, each file by
/// itself.
pub(crate) fn write_files(files: &[(PathBuf, Vec<u8>)]) -> Result<()> {
    let staged = files.iter().map(|(path, bytes)| stage(path, bytes)).collect::<Result<Vec<_>>>();
    let mut pending = pending();
    let done = staged.and_then(|staged| {
        for (temporary, target) in staged.iter().flatten() {
            fs::rename(temporary, target)
                .map_err(|error| io_error(target, "cannot be written", error))?;
            pending.files.retain(|file| file != temporary);
        }
        pending.folders.clear();
        Ok(())
    });
    // After success nothing is left in it.
    discard(&mut pending);
    done
}

/// Writes one file beside its place; gives its path there and the place. None if the place is a
/// device or a pipe, which is written at once: replacing it would break it.
fn stage(path: &Path, bytes: &[u8]) -> Result<Option<(PathBuf, PathBuf)>> {
    let failed = |error| io_error(path, "cannot be written", error);
    let target = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(not_a_file(path).into()),
        // Through a link, so that the link stays and its target is what is replaced.
        Ok(found) if found.is_file() => fs::canonicalize(path).map_err(failed)?,
        Ok(_) => {
            let mut device = File::options().write(true).open(path).map_err(failed)?;
            return device.write_all(bytes).map_err(|error| gone_or(error, path)).map(|()| None);
        }
        Err(_) => path.to_owned(),
    };
    let folder = match target.parent() {
        Some(folder) if folder.as_os_str().is_empty() => Path::new("."),
        Some(folder) => folder,
        None => return Err(not_a_file(path).into()),
    };
    let (mut file, temporary) = create_beside(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    Ok(Some((temporary, target)))
}

/// A new file in `folder`, which is made if it is not there; both are pending.
fn create_beside(folder: &Path) -> io::Result<(File, PathBuf)> {
    let mut pending = pending();
    let missing: Vec<&Path> = folder
        .ancestors()
        .take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists())
        .collect();
    for folder in missing.into_iter().rev() {
        fs::create_dir(folder)?;
        pending.folders.push(folder.to_owned());
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wrapped-").suffix(".tmp");
    #[cfg(unix)]
    {
        // As for any other new file: the user's umask decides, not tempfile's caution.
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let (file, path) = builder.tempfile_in(folder)?.keep().map_err(|error| error.error)?;
    pending.files.push(path.clone());
    Ok((file, path))
}

/// Fails with kind `usage` if standard output is a terminal, which a picture would only upset.
pub(crate) fn check_no_terminal() -> Result<()> {
    if io::stdout().is_terminal() {
        return Err(
            usage_error("standard output is a terminal; send it to a file or a pipe").into()
        );
    }
    Ok(())
}

/// Writes to standard output.
pub(crate) fn write_stdout(bytes: &[u8]) -> Result<()> {
    let mut stdout = io::stdout().lock();
    stdout
        .write_all(bytes)
        .and_then(|()| stdout.flush())
        .map_err(|error| gone_or(error, Path::new("standard output")))
}

/// A pipe whose reader has gone is no error.
fn gone_or(error: io::Error, path: &Path) -> Failure {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Failure::ReaderGone;
    }
    io_error(path, "cannot be written", error).into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "test code")]

    use super::*;

    #[test]
    fn what_ctrl_c_finds_half_done_goes_with_its_folders() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new/deep/songs.png");
        let (temporary, target) = stage(&path, b"half a card").unwrap().unwrap();
        assert_eq!(fs::read(&temporary).unwrap(), b"half a card");
        assert_eq!(target, path);
        assert!(!path.exists());
        // The handler does this, and then ends the process.
        discard(&mut pending());
        assert!(!temporary.exists());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
