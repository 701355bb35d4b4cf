//! The theme and the fonts that a command asks for: shipped ones by name, a person's own by folder.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use wrapped_core::limits::MAX_TEMPLATE_BYTES;
use wrapped_core::{Error, ErrorKind, Fonts, ThemeSource};

use crate::errors::{Result, io_error, shown, usage_error};

/// Bytes of a font file. The largest in common use, all of Noto's Han faces in one collection, has
/// 150 MB.
const MAX_FONT_BYTES: u64 = 256 << 20;

/// The theme of this name, or in this folder; without either, the default one.
///
/// A shipped name goes first, so that a folder that happens to have it changes nothing; `./block`
/// is the folder. Kind `usage` for an unknown name, `template` for a file that is not there.
pub(crate) fn theme(wanted: Option<&str>) -> Result<ThemeSource> {
    let mut shipped = wrapped_templates::themes();
    let Some(wanted) = wanted else { return Ok(shipped.swap_remove(0)) };
    if let Some(found) = shipped.iter().position(|theme| theme.name == wanted) {
        return Ok(shipped.swap_remove(found));
    }
    let folder = Path::new(wanted);
    if !folder.is_dir() && folder.components().count() == 1 {
        let names: Vec<&str> = shipped.iter().map(|theme| theme.name.as_str()).collect();
        let message = format!(
            "there is no theme {wanted:?}; shipped is {}, and a folder with theme.toml, songs.svg \
             and artists.svg will do",
            names.join(", ")
        );
        return Err(usage_error(message).at("--theme").into());
    }
    Ok(ThemeSource {
        name: wanted.to_owned(),
        manifest: theme_file(folder, "theme.toml")?,
        songs: theme_file(folder, "songs.svg")?,
        artists: theme_file(folder, "artists.svg")?,
    })
}

fn theme_file(folder: &Path, name: &str) -> Result<String> {
    let path = folder.join(name);
    let wrong = |message: String| Error::template(shown(&path), message);
    let file = match File::open(&path) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let message = "is missing; a theme is theme.toml, songs.svg and artists.svg";
            return Err(wrong(message.to_owned()).into());
        }
        Err(error) => return Err(io_error(&path, "cannot be read", error).into()),
    };
    let mut bytes = Vec::new();
    file.take(MAX_TEMPLATE_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| io_error(&path, "cannot be read", error))?;
    if bytes.len() > MAX_TEMPLATE_BYTES {
        let limit = MAX_TEMPLATE_BYTES >> 20;
        return Err(wrong(format!("must be at most {limit} MiB")).into());
    }
    Ok(String::from_utf8(bytes).map_err(|_| wrong("is not UTF-8".to_owned()))?)
}

/// The default fonts, then those of a folder in the order of their names.
///
/// Kind `font` naming a file that is no font, `io` for what cannot be read.
pub(crate) fn fonts(folder: Option<&Path>) -> Result<Fonts> {
    let mut fonts = wrapped_templates::fonts()?;
    let Some(folder) = folder else { return Ok(fonts) };
    let unreadable = |error| io_error(folder, "cannot be read", error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if is_font(&path) {
            paths.push(path);
        }
    }
    if paths.is_empty() {
        let message = "holds no .ttf, .otf or .ttc file";
        return Err(Error::new(ErrorKind::Font, message).at(shown(folder)).into());
    }
    // The order decides which font serves a character that several have.
    paths.sort();
    for path in paths {
        let bytes = font_bytes(&path)?;
        fonts.add(&shown(&path), Arc::new(bytes))?;
    }
    Ok(fonts)
}

fn is_font(path: &PathBuf) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    ["ttf", "otf", "ttc"].iter().any(|known| extension.eq_ignore_ascii_case(known))
        && path.is_file()
}

fn font_bytes(path: &Path) -> Result<Vec<u8>> {
    let unreadable = |error| io_error(path, "cannot be read", error);
    let file = File::open(path).map_err(unreadable)?;
    if file.metadata().map_err(unreadable)?.len() > MAX_FONT_BYTES {
        let message = format!("must be at most {} MiB", MAX_FONT_BYTES >> 20);
        return Err(Error::new(ErrorKind::Font, message).at(shown(path)).into());
    }
    let mut bytes = Vec::new();
    file.take(MAX_FONT_BYTES).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}
