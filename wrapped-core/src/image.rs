//! Covers and portraits: foreign image files decoded within limits, turned upright, scaled well.

mod decode;
mod scale;

use std::collections::HashMap;
use std::sync::Arc;

use base64::Engine as _;
use tiny_skia::Pixmap;

pub use decode::Picture;
pub use decode::decode;
pub(crate) use scale::{Crop, scale};

use crate::limits::{IMAGE_CACHE_BYTES, MAX_IMAGE_BYTES};

/// The images a summary refers to: a map from reference to bytes. Nothing is ever fetched; a
/// `data:` URI stands for itself.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    map: HashMap<String, Arc<[u8]>>,
}

impl Assets {
    /// No images.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds the bytes of an image under the reference by which the summary names it.
    pub fn insert(&mut self, reference: impl Into<String>, bytes: impl Into<Arc<[u8]>>) {
        self.map.insert(reference.into(), bytes.into());
    }

    /// Whether a reference is there.
    pub fn contains(&self, reference: &str) -> bool {
        self.map.contains_key(reference)
    }

    fn resolve(&self, reference: &str) -> Option<Arc<[u8]>> {
        if let Some(bytes) = self.map.get(reference) {
            return Some(bytes.clone());
        }
        let (head, data) = reference.strip_prefix("data:")?.split_once(',')?;
        if data.len() > MAX_IMAGE_BYTES / 3 * 4 + 4 || !head.ends_with(";base64") {
            return None;
        }
        base64::engine::general_purpose::STANDARD.decode(data).ok().map(Arc::from)
    }
}

/// What became of a reference.
#[derive(Clone, Debug)]
pub(crate) enum Resolved {
    /// A picture that can be shown.
    Ok(PictureKey),
    /// No bytes for the reference.
    Unresolved,
    /// Bytes that are no picture, or one beyond the limits; with the reason.
    Broken(String),
}

/// The identity of a picture: a hash of its bytes, so that equal covers are decoded once and a
/// hostile file cannot pass for another.
pub(crate) type PictureKey = [u8; 32];

/// Pixels ready to be blitted.
#[derive(Clone, Debug)]
pub(crate) struct Scaled {
    pub(crate) pixels: Arc<Pixmap>,
}

/// Which picture, how large and with which corners.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct ScaledKey {
    pub(crate) picture: PictureKey,
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) crop: Crop,
    /// Corner radii in 1/64 px.
    pub(crate) radius: (u32, u32),
}

/// A worker's images: what is popular is decoded and scaled once.
#[derive(Default)]
pub(crate) struct Images {
    /// Pictures of the card at hand.
    pictures: HashMap<PictureKey, Arc<Picture>>,
    /// Originals by hash for pictures that only live as scaled copies; needed again for a new size.
    sources: HashMap<PictureKey, Arc<[u8]>>,
    verdicts: HashMap<PictureKey, Option<String>>,
    scaled: HashMap<ScaledKey, (Arc<Pixmap>, u64)>,
    bytes: usize,
    clock: u64,
}

/// Pictures judged that a worker remembers; 40 bytes each.
const VERDICTS: usize = 65_536;

impl Images {
    /// Forgets what only the card at hand needed.
    pub(crate) fn end_card(&mut self) {
        self.pictures.clear();
        self.sources.clear();
        if self.verdicts.len() > VERDICTS {
            self.verdicts.clear();
        }
    }

    /// Looks a reference up and makes sure that it can be decoded.
    pub(crate) fn resolve(&mut self, assets: &Assets, reference: &str) -> Resolved {
        let Some(bytes) = assets.resolve(reference) else { return Resolved::Unresolved };
        let key: PictureKey = *blake3::hash(&bytes).as_bytes();
        let verdict = match self.verdicts.get(&key) {
            Some(verdict) => verdict.clone(),
            None => {
                let verdict = match decode(&bytes) {
                    Ok(picture) => {
                        self.pictures.insert(key, Arc::new(picture));
                        None
                    }
                    Err(error) => Some(error.message().to_owned()),
                };
                self.verdicts.insert(key, verdict.clone());
                verdict
            }
        };
        match verdict {
            Some(reason) => Resolved::Broken(reason),
            None => {
                self.sources.insert(key, bytes);
                Resolved::Ok(key)
            }
        }
    }

    /// A picture at a size in px with rounded corners, from the cache if it is popular.
    pub(crate) fn scaled(&mut self, key: ScaledKey) -> Option<Scaled> {
        self.clock += 1;
        if let Some((pixels, used)) = self.scaled.get_mut(&key) {
            *used = self.clock;
            return Some(Scaled { pixels: pixels.clone() });
        }
        let picture = match self.pictures.get(&key.picture) {
            Some(picture) => picture.clone(),
            None => {
                let picture = Arc::new(decode(self.sources.get(&key.picture)?).ok()?);
                self.pictures.insert(key.picture, picture.clone());
                picture
            }
        };
        let pixels = Arc::new(scale(&picture, &key)?);
        self.bytes += pixels.data().len();
        self.scaled.insert(key, (pixels.clone(), self.clock));
        self.evict();
        Some(Scaled { pixels })
    }

    /// Drops what has not been used for longest until the budget is kept.
    fn evict(&mut self) {
        if self.bytes <= IMAGE_CACHE_BYTES {
            return;
        }
        let mut ages: Vec<(u64, ScaledKey)> =
            self.scaled.iter().map(|(key, (_, used))| (*used, *key)).collect();
        ages.sort_unstable_by_key(|(used, _)| *used);
        for (_, key) in ages {
            // Down to three quarters, so that this is not done for every card.
            if self.bytes <= IMAGE_CACHE_BYTES / 4 * 3 {
                break;
            }
            if let Some((pixels, _)) = self.scaled.remove(&key) {
                self.bytes -= pixels.data().len();
            }
        }
    }
}
