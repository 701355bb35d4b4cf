//! Pictures at the size of their slot, corners rounded, alpha premultiplied: ready to be blitted.

use fast_image_resize as fir;
use tiny_skia::{FillRule, Mask, PathBuilder, Pixmap, Rect, Transform};

use super::ScaledKey;
use super::decode::Picture;

/// How a picture of another shape fills its slot: SVG's `preserveAspectRatio`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Crop {
    /// `none`: stretched.
    Stretch,
    /// `slice`: filled, the middle shown.
    Slice,
    /// `meet`: whole, centred.
    Meet,
}

/// Scales a picture into a pixmap of the key's size.
pub(crate) fn scale(picture: &Picture, key: &ScaledKey) -> Option<Pixmap> {
    let mut source = picture.rgba.clone();
    premultiply(&mut source);
    let (sw, sh) = (f64::from(picture.width), f64::from(picture.height));
    let (dw, dh) = (f64::from(key.width), f64::from(key.height));
    let mut target = Pixmap::new(key.width, key.height)?;
    let (mut crop, mut place) = ((0.0, 0.0, sw, sh), (0, 0, key.width, key.height));
    match key.crop {
        Crop::Stretch => {}
        Crop::Slice => {
            let ratio = (sw / dw).min(sh / dh);
            let (w, h) = (dw * ratio, dh * ratio);
            crop = ((sw - w) / 2.0, (sh - h) / 2.0, w, h);
        }
        Crop::Meet => {
            let ratio = (dw / sw).min(dh / sh);
            let w = ((sw * ratio).round() as u32).clamp(1, key.width);
            let h = ((sh * ratio).round() as u32).clamp(1, key.height);
            place = ((key.width - w) / 2, (key.height - h) / 2, w, h);
        }
    }
    let shrinks = crop.2 > f64::from(place.2) || crop.3 > f64::from(place.3);
    let filter = if shrinks { fir::FilterType::Lanczos3 } else { fir::FilterType::CatmullRom };
    let options = fir::ResizeOptions::new()
        .crop(crop.0, crop.1, crop.2, crop.3)
        .resize_alg(fir::ResizeAlg::Convolution(filter))
        .use_alpha(false);
    let from =
        fir::images::ImageRef::new(picture.width, picture.height, &source, fir::PixelType::U8x4)
            .ok()?;
    let mut to = fir::images::Image::new(place.2, place.3, fir::PixelType::U8x4);
    fir::Resizer::new().resize(&from, &mut to, &options).ok()?;
    copy(&mut target, to.buffer(), place);
    round_corners(&mut target, key);
    Some(target)
}

fn premultiply(rgba: &mut [u8]) {
    for pixel in rgba.chunks_exact_mut(4) {
        let alpha = u32::from(pixel[3]);
        if alpha < 255 {
            for channel in &mut pixel[..3] {
                *channel = ((u32::from(*channel) * alpha + 127) / 255) as u8;
            }
        }
    }
}

/// Rows of `from` into their place; a filter's overshoot above alpha is cut, as premultiplied
/// colour cannot exceed it.
fn copy(target: &mut Pixmap, from: &[u8], (x, y, w, h): (u32, u32, u32, u32)) {
    let stride = target.width() as usize * 4;
    let row_bytes = w as usize * 4;
    let data = target.data_mut();
    for row in 0..h as usize {
        let start = (y as usize + row) * stride + x as usize * 4;
        let out = &mut data[start..start + row_bytes];
        out.copy_from_slice(&from[row * row_bytes..(row + 1) * row_bytes]);
        for pixel in out.chunks_exact_mut(4) {
            let alpha = pixel[3];
            pixel[..3].iter_mut().for_each(|channel| *channel = (*channel).min(alpha));
        }
    }
}

fn round_corners(target: &mut Pixmap, key: &ScaledKey) {
    let (rx, ry) = (key.radius.0 as f32 / 64.0, key.radius.1 as f32 / 64.0);
    if rx <= 0.0 || ry <= 0.0 {
        return;
    }
    let (w, h) = (key.width as f32, key.height as f32);
    let Some(rect) = Rect::from_xywh(0.0, 0.0, w, h) else { return };
    let Some(path) = rounded(rect, rx.min(w / 2.0), ry.min(h / 2.0)) else { return };
    if let Some(mut mask) = Mask::new(key.width, key.height) {
        mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
        target.apply_mask(&mask);
    }
}

/// A rounded rectangle with the curves that SVG's `rect` has.
fn rounded(rect: Rect, rx: f32, ry: f32) -> Option<tiny_skia::Path> {
    // The usual approximation of a quarter circle by a cubic.
    const K: f32 = 0.552_284_8;
    let (l, t, r, b) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let (kx, ky) = (rx * (1.0 - K), ry * (1.0 - K));
    let mut p = PathBuilder::new();
    p.move_to(l + rx, t);
    p.line_to(r - rx, t);
    p.cubic_to(r - kx, t, r, t + ky, r, t + ry);
    p.line_to(r, b - ry);
    p.cubic_to(r, b - ky, r - kx, b, r - rx, b);
    p.line_to(l + rx, b);
    p.cubic_to(l + kx, b, l, b - ky, l, b - ry);
    p.line_to(l, t + ry);
    p.cubic_to(l, t + ky, l + kx, t, l + rx, t);
    p.close();
    p.finish()
}
