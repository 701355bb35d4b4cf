//! Names kept once each, within a bound on memory.

use std::collections::HashMap;
use std::rc::Rc;

use wrapped_core::{Error, ErrorKind, Result};

use crate::limits::MAX_NAMES_BYTES;

/// What a name costs beside its own bytes: its allocation, and its places in the map and the list.
const NAME_OVERHEAD_BYTES: usize = 80;

/// A name's number in [`Names`].
pub(crate) type NameId = u32;

/// All the names of artists, titles and albums that matter to the month.
#[derive(Default)]
pub(crate) struct Names {
    by_name: HashMap<Rc<str>, NameId>,
    by_id: Vec<Rc<str>>,
    bytes: usize,
}

impl Names {
    /// The number of `name`, which is kept if it is new.
    ///
    /// Fails with kind `limit` if there are too many.
    pub(crate) fn keep(&mut self, name: &str) -> Result<NameId> {
        if let Some(&id) = self.by_name.get(name) {
            return Ok(id);
        }
        self.bytes += name.len() + NAME_OVERHEAD_BYTES;
        if self.bytes > MAX_NAMES_BYTES {
            let message = format!(
                "the different artists, titles and albums take more than {MAX_NAMES_BYTES} bytes"
            );
            return Err(Error::new(ErrorKind::Limit, message));
        }
        let id = NameId::try_from(self.by_id.len()).expect("the bound on bytes is below 2^32");
        let name: Rc<str> = name.into();
        self.by_id.push(Rc::clone(&name));
        self.by_name.insert(name, id);
        Ok(id)
    }

    /// The name of a number that [`Names::keep`] gave.
    pub(crate) fn get(&self, id: NameId) -> &str {
        &self.by_id[id as usize]
    }
}
