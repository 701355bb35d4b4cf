//! The images that a summary refers to, read from files near it and from nowhere else.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Component, Path, PathBuf};

use wrapped_core::limits::{MAX_CONTEXT_ENTRIES, MAX_IMAGE_BYTES};
use wrapped_core::{Assets, Summary, Warning, WarningCode};

/// Bytes of all images of one summary together: thirteen of the largest, a thousand times what a
/// month of ordinary covers has. Without it, a hundred large files would fill the memory.
const MAX_ASSETS_BYTES: usize = 256 << 20;

/// The images of a summary, and why some are not there.
pub(crate) struct Images {
    /// What could be read.
    pub(crate) assets: Assets,
    /// By path in the summary.
    refusals: BTreeMap<String, String>,
}

/// Where references lead.
pub(crate) struct Base<'a> {
    /// The folder that relative references start from.
    pub(crate) folder: &'a Path,
    /// Whether they may be absolute or leave the folder.
    pub(crate) allow_path: bool,
}

impl Images {
    /// Reads the images that a card could show. What cannot be read is left out; the card then has
    /// a placeholder and a warning, which [`Images::explain`] completes.
    pub(crate) fn read(summary: &Summary, base: &Base<'_>) -> Self {
        let covers = summary.songs.iter().enumerate().take(MAX_CONTEXT_ENTRIES);
        let covers = covers.map(|(i, song)| (format!("songs[{i}].cover"), song.cover.as_deref()));
        let portraits = summary.artists.iter().enumerate().take(MAX_CONTEXT_ENTRIES);
        let portraits =
            portraits.map(|(i, artist)| (format!("artists[{i}].image"), artist.image.as_deref()));

        let mut images = Self { assets: Assets::new(), refusals: BTreeMap::new() };
        let mut tried: HashMap<&str, Option<String>> = HashMap::new();
        let mut left = MAX_ASSETS_BYTES;
        for (path, reference) in covers.chain(portraits) {
            // A `data:` URI stands for itself.
            let Some(reference) = reference.filter(|text| !text.starts_with("data:")) else {
                continue;
            };
            let refusal =
                tried.entry(reference).or_insert_with(|| match base.read(reference, left) {
                    Ok(bytes) => {
                        left -= bytes.len();
                        images.assets.insert(reference, bytes);
                        None
                    }
                    Err(reason) => Some(reason),
                });
            if let Some(reason) = refusal {
                images.refusals.insert(path, reason.clone());
            }
        }
        images
    }

    /// Says in warnings of images that are not there why they are not.
    pub(crate) fn explain(&self, warnings: &mut [Warning]) {
        for warning in warnings {
            if warning.code == WarningCode::ImageUnresolved
                && let Some(reason) = self.refusals.get(&warning.path)
            {
                warning.message.clone_from(reason);
            }
        }
    }
}

impl Base<'_> {
    /// The bytes that a reference leads to, or why it is not followed.
    fn read(&self, reference: &str, left: usize) -> Result<Vec<u8>, String> {
        let path = self.locate(reference)?;
        let failed = |error| format!("{} cannot be read: {error}", quoted(reference));
        let found = fs::metadata(&path).map_err(failed)?;
        // Opening a pipe would wait for ever, and a device has no end.
        if !found.is_file() {
            return Err(format!("{} is no file", quoted(reference)));
        }
        let mut bytes = Vec::new();
        if found.len() <= MAX_IMAGE_BYTES as u64 {
            // A file may grow while it is read; a byte above the limit is enough to notice.
            let file = File::open(&path).map_err(failed)?;
            file.take(MAX_IMAGE_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(failed)?;
        }
        if found.len().max(bytes.len() as u64) > MAX_IMAGE_BYTES as u64 {
            let limit = MAX_IMAGE_BYTES >> 20;
            return Err(format!("{} is larger than {limit} MiB", quoted(reference)));
        }
        if bytes.len() > left {
            let limit = MAX_ASSETS_BYTES >> 20;
            return Err(format!("the images of this summary take more than {limit} MiB"));
        }
        Ok(bytes)
    }

    /// The file that a reference names, with every link followed before it is judged.
    fn locate(&self, reference: &str) -> Result<PathBuf, String> {
        if reference.contains("://") {
            let message = "is an address; nothing is fetched, so name a file";
            return Err(format!("{} {message}", quoted(reference)));
        }
        let path = Path::new(reference);
        let is_absolute =
            path.components().any(|c| matches!(c, Component::Prefix(_) | Component::RootDir));
        if is_absolute && !self.allow_path {
            let message = "is an absolute path; --allow-path allows it";
            return Err(format!("{} {message}", quoted(reference)));
        }
        let leaves = || {
            let message = "leaves the folder of the summary; --allow-path allows it";
            format!("{} {message}", quoted(reference))
        };
        let found = match fs::canonicalize(self.folder.join(path)) {
            Ok(found) => found,
            // Whether a file exists outside is not told either.
            Err(_) if !self.allow_path && goes_up(path) => return Err(leaves()),
            Err(error) => return Err(format!("{} cannot be read: {error}", quoted(reference))),
        };
        if self.allow_path {
            return Ok(found);
        }
        match fs::canonicalize(self.folder) {
            Ok(folder) if found.starts_with(&folder) => Ok(found),
            _ => Err(leaves()),
        }
    }
}

/// Whether a relative path, taken literally, climbs above its start.
fn goes_up(path: &Path) -> bool {
    let mut depth = 0_i32;
    for component in path.components() {
        match component {
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            _ => {}
        }
        if depth < 0 {
            return true;
        }
    }
    false
}

/// A reference as messages show it: short enough for a line.
fn quoted(reference: &str) -> String {
    const MAX_CHARS: usize = 60;
    let mut text: String = reference.chars().take(MAX_CHARS).collect();
    if text.len() < reference.len() {
        text.push('…');
    }
    format!("{text:?}")
}
