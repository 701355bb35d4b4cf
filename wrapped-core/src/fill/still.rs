//! Runs of elements that never differ: made once per theme, palette, direction and size, shared
//! by all workers.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use crate::context::CardKind;
use crate::limits::LAYER_CACHE_BYTES;
use crate::scene::Still;
use crate::text::fonts::Region;

/// Everything that a still run depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct StillKey {
    pub(crate) theme: usize,
    pub(crate) card: CardKind,
    pub(crate) palette: usize,
    pub(crate) rtl: bool,
    pub(crate) region: Region,
    pub(crate) scale_bits: u32,
    pub(crate) segment: u32,
}

/// The still runs of a renderer.
#[derive(Debug, Default)]
pub(crate) struct StillCache {
    runs: Mutex<Runs>,
}

#[derive(Debug, Default)]
struct Runs {
    map: HashMap<StillKey, (Arc<Still>, u64)>,
    clock: u64,
}

impl StillCache {
    pub(crate) fn get(&self, key: &StillKey) -> Option<Arc<Still>> {
        let mut runs = self.lock();
        runs.clock += 1;
        let clock = runs.clock;
        let (still, used) = runs.map.get_mut(key)?;
        *used = clock;
        Some(still.clone())
    }

    /// Keeps a run; what has not been used for longest goes when the budget is spent.
    pub(crate) fn insert(&self, key: StillKey, still: Arc<Still>) {
        let mut runs = self.lock();
        runs.clock += 1;
        let clock = runs.clock;
        runs.map.insert(key, (still, clock));
        loop {
            let bytes: usize = runs.map.values().map(|(still, _)| still.bytes()).sum();
            if bytes <= LAYER_CACHE_BYTES {
                return;
            }
            let oldest =
                runs.map.iter().filter(|(k, _)| **k != key).min_by_key(|(_, (_, used))| *used);
            let Some(oldest) = oldest.map(|(key, _)| *key) else { return };
            runs.map.remove(&oldest);
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Runs> {
        // A panic elsewhere cannot leave the map half-changed: every change is one call.
        self.runs.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Still {
    fn bytes(&self) -> usize {
        let layer = self.layer.get().and_then(Option::as_ref).map_or(0, |layer| layer.bytes());
        self.fragment.markup.len() + layer
    }
}
