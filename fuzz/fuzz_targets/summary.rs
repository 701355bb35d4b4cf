//! Any bytes as a summary: a summary or an error, never a panic; and what was accepted once is
//! accepted again, unchanged, after it was written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wrapped_core::Summary;

fuzz_target!(|bytes: &[u8]| {
    let Ok(accepted) = Summary::from_json(bytes) else { return };
    let written = serde_json::to_vec(&accepted.value).expect("a summary is plain data");
    let again = Summary::from_json(&written).expect("what was accepted is accepted again");
    assert_eq!(again.value, accepted.value);
});
