//! Any bytes as a cover: a picture whose buffer fits its size, or an error; never a panic, and
//! never memory beyond the limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use wrapped_core::image;

fuzz_target!(|bytes: &[u8]| {
    let Ok(picture) = image::decode(bytes) else { return };
    let pixels = u64::from(picture.width) * u64::from(picture.height);
    assert!(pixels > 0 && pixels <= wrapped_core::limits::MAX_IMAGE_PIXELS);
    assert_eq!(picture.rgba.len() as u64, pixels * 4);
});
