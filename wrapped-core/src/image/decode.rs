//! JPEG, PNG and WebP to upright RGBA, with limits on bytes and pixels before decoding.

use std::io::Cursor;

use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::{MAX_IMAGE_BYTES, MAX_IMAGE_PIXELS};

/// A decoded picture: straight RGBA, row by row, upright.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// px.
    pub width: u32,
    /// px.
    pub height: u32,
    /// Four bytes a pixel, alpha not premultiplied.
    pub rgba: Vec<u8>,
}

/// Decodes an image file of any supported kind and turns it upright after its EXIF orientation.
///
/// # Errors
///
/// Kind `limit` for files beyond the limits, `data` for what cannot be decoded.
pub fn decode(bytes: &[u8]) -> Result<Picture> {
    if bytes.len() > MAX_IMAGE_BYTES {
        let message = format!("has {} bytes, at most {MAX_IMAGE_BYTES} are read", bytes.len());
        return Err(Error::new(ErrorKind::Limit, message));
    }
    let (picture, exif) = match bytes {
        [0xff, 0xd8, ..] => jpeg(bytes)?,
        [0x89, b'P', b'N', b'G', ..] => png(bytes)?,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => webp(bytes)?,
        _ => return Err(broken("is not a JPEG, PNG or WebP image")),
    };
    Ok(upright(picture, exif.as_deref().map_or(1, orientation)))
}

/// Decoders' messages may run over lines; ours are one sentence.
fn broken(message: impl Into<String>) -> Error {
    let message: String = message.into();
    let words: Vec<&str> = message.split_whitespace().collect();
    Error::new(ErrorKind::Data, words.join(" "))
}

/// The product of width and height is checked before a buffer of that size exists.
fn check_size(width: u32, height: u32) -> Result<()> {
    if width == 0 || height == 0 {
        return Err(broken("has no pixels"));
    }
    if u64::from(width) * u64::from(height) > MAX_IMAGE_PIXELS {
        let message =
            format!("is {width} × {height} px, at most {MAX_IMAGE_PIXELS} pixels are decoded");
        return Err(Error::new(ErrorKind::Limit, message));
    }
    Ok(())
}

type Decoded = (Picture, Option<Vec<u8>>);

fn jpeg(bytes: &[u8]) -> Result<Decoded> {
    // The safe routines give the same pixels on every machine; the vector ones round otherwise.
    let options = DecoderOptions::default()
        .set_use_unsafe(false)
        .set_max_width(usize::from(u16::MAX))
        .set_max_height(usize::from(u16::MAX))
        .jpeg_set_out_colorspace(ColorSpace::RGBA);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    let fail = |error| broken(format!("is not a JPEG that can be decoded: {error}"));
    decoder.decode_headers().map_err(fail)?;
    let info = decoder.info().ok_or_else(|| broken("is a JPEG without a header"))?;
    let (width, height) = (u32::from(info.width), u32::from(info.height));
    check_size(width, height)?;
    // Entropy-coded data cannot hold this marker, so a file without it near its end was cut off.
    if !bytes[bytes.len() / 2..].windows(2).any(|pair| pair == [0xff, 0xd9]) {
        return Err(broken("is a JPEG that ends too early"));
    }
    let exif = decoder.exif().cloned();
    let rgba = decoder.decode().map_err(fail)?;
    if rgba.len() as u64 != u64::from(width) * u64::from(height) * 4 {
        return Err(broken("is a JPEG in a colour space that is not known"));
    }
    Ok((Picture { width, height, rgba }, exif))
}

fn png(bytes: &[u8]) -> Result<Decoded> {
    let fail =
        |error: png::DecodingError| broken(format!("is not a PNG that can be decoded: {error}"));
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(
        png::Transformations::normalize_to_color8() | png::Transformations::ALPHA,
    );
    let mut reader = decoder.read_info().map_err(fail)?;
    let (width, height) = (reader.info().width, reader.info().height);
    check_size(width, height)?;
    let exif = reader.info().exif_metadata.as_ref().map(|data| data.to_vec());
    let size = reader.output_buffer_size().ok_or_else(|| broken("is too large a PNG"))?;
    let mut buffer = vec![0; size];
    let frame = reader.next_frame(&mut buffer).map_err(fail)?;
    buffer.truncate(frame.buffer_size());
    let rgba = match frame.color_type {
        png::ColorType::Rgba => buffer,
        png::ColorType::GrayscaleAlpha => {
            buffer.chunks_exact(2).flat_map(|p| [p[0], p[0], p[0], p[1]]).collect()
        }
        png::ColorType::Rgb => {
            buffer.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect()
        }
        png::ColorType::Grayscale => buffer.iter().flat_map(|&p| [p, p, p, 255]).collect(),
        png::ColorType::Indexed => return Err(broken("is a PNG whose palette was not applied")),
    };
    Ok((Picture { width, height, rgba }, exif))
}

fn webp(bytes: &[u8]) -> Result<Decoded> {
    let fail = |error: image_webp::DecodingError| {
        broken(format!("is not a WebP image that can be decoded: {error}"))
    };
    let mut decoder = image_webp::WebPDecoder::new(Cursor::new(bytes)).map_err(fail)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    decoder.set_memory_limit(MAX_IMAGE_PIXELS as usize * 8);
    let exif = decoder.exif_metadata().ok().flatten();
    let size = decoder.output_buffer_size().ok_or_else(|| broken("is too large a WebP image"))?;
    let mut buffer = vec![0; size];
    decoder.read_image(&mut buffer).map_err(fail)?;
    let rgba = if decoder.has_alpha() {
        buffer
    } else {
        buffer.chunks_exact(3).flat_map(|p| [p[0], p[1], p[2], 255]).collect()
    };
    Ok((Picture { width, height, rgba }, exif))
}

/// The EXIF orientation (CIPA DC-008, tag 0x0112), 1 where there is none.
fn orientation(exif: &[u8]) -> u32 {
    // JPEG hands over the segment with or without its "Exif" header.
    let tiff = exif.strip_prefix(b"Exif\0\0").unwrap_or(exif);
    exif::Reader::new()
        .read_raw(tiff.to_vec())
        .ok()
        .and_then(|data| {
            data.get_field(exif::Tag::Orientation, exif::In::PRIMARY)?.value.get_uint(0)
        })
        .filter(|value| (1..=8).contains(value))
        .unwrap_or(1)
}

fn upright(picture: Picture, orientation: u32) -> Picture {
    if orientation == 1 {
        return picture;
    }
    let Picture { width: w, height: h, rgba } = picture;
    let (width, height) = if orientation >= 5 { (h, w) } else { (w, h) };
    let mut out = Vec::with_capacity(rgba.len());
    for y in 0..height {
        for x in 0..width {
            // Where the upright pixel lies in the stored picture.
            let (sx, sy) = match orientation {
                2 => (w - 1 - x, y),
                3 => (w - 1 - x, h - 1 - y),
                4 => (x, h - 1 - y),
                5 => (y, x),
                6 => (y, h - 1 - x),
                7 => (w - 1 - y, h - 1 - x),
                _ => (w - 1 - y, x),
            };
            let at = (sy as usize * w as usize + sx as usize) * 4;
            out.extend_from_slice(&rgba[at..at + 4]);
        }
    }
    Picture { width, height, rgba: out }
}
