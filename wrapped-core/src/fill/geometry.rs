//! Numbers, transforms and colours as SVG writes them.

use tiny_skia::Transform;

/// A length in px of the drawing; `em` is the font size.
pub(crate) fn length(value: &str, em: f32) -> Option<f32> {
    use svgtypes::{Length, LengthUnit};
    let Length { number, unit } = value.trim().parse().ok()?;
    let factor = match unit {
        LengthUnit::None | LengthUnit::Px => 1.0,
        LengthUnit::Em => f64::from(em),
        LengthUnit::Ex => f64::from(em) * 0.5,
        LengthUnit::In => 96.0,
        LengthUnit::Cm => 96.0 / 2.54,
        LengthUnit::Mm => 96.0 / 25.4,
        LengthUnit::Pt => 96.0 / 72.0,
        LengthUnit::Pc => 16.0,
        LengthUnit::Percent => return None,
    };
    Some((number * factor) as f32).filter(|n| n.is_finite())
}

/// A `transform` attribute.
pub(crate) fn transform(value: &str) -> Option<Transform> {
    let t: svgtypes::Transform = value.parse().ok()?;
    Some(Transform::from_row(
        t.a as f32, t.b as f32, t.c as f32, t.d as f32, t.e as f32, t.f as f32,
    ))
}

/// A plain colour as RGBA; none for gradients, keywords that depend on others, and mistakes.
pub(crate) fn color(value: &str) -> Option<[u8; 4]> {
    let c: svgtypes::Color = value.trim().parse().ok()?;
    Some([c.red, c.green, c.blue, c.alpha])
}

/// An opacity, 0..=1, as a number or a percentage.
pub(crate) fn opacity(value: &str) -> Option<f32> {
    let value = value.trim();
    let n: f32 = match value.strip_suffix('%') {
        Some(percent) => percent.parse::<f32>().ok()? / 100.0,
        None => value.parse().ok()?,
    };
    Some(n.clamp(0.0, 1.0))
}

/// Whether a transform keeps rectangles upright and unflipped.
pub(crate) fn is_upright(t: &Transform) -> bool {
    t.kx == 0.0 && t.ky == 0.0 && t.sx > 0.0 && t.sy > 0.0
}

/// A transform as an attribute's value.
pub(crate) fn matrix(t: &Transform) -> String {
    format!("matrix({} {} {} {} {} {})", n(t.sx), n(t.ky), n(t.kx), n(t.sy), n(t.tx), n(t.ty))
}

/// A number short enough for a file and exact enough for a pixel.
pub(crate) fn n(value: f32) -> String {
    let text = format!("{value:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// Path data with three decimals.
pub(crate) fn path_data(path: &tiny_skia::Path) -> String {
    use std::fmt::Write as _;
    use tiny_skia::PathSegment as S;
    let mut out = String::with_capacity(path.len() * 14);
    // Three decimals: a thousandth of a pixel changes no channel by more than one step.
    let f = |v: f32| {
        let text = format!("{v:.3}");
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    for segment in path.segments() {
        let _ = match segment {
            S::MoveTo(p) => write!(out, "M{} {}", f(p.x), f(p.y)),
            S::LineTo(p) => write!(out, "L{} {}", f(p.x), f(p.y)),
            S::QuadTo(a, p) => write!(out, "Q{} {} {} {}", f(a.x), f(a.y), f(p.x), f(p.y)),
            S::CubicTo(a, b, p) => {
                write!(out, "C{} {} {} {} {} {}", f(a.x), f(a.y), f(b.x), f(b.y), f(p.x), f(p.y))
            }
            S::Close => write!(out, "Z"),
        };
    }
    out
}

/// A colour as `#rrggbb`.
pub(crate) fn hex(color: [u8; 4]) -> String {
    format!("#{:02x}{:02x}{:02x}", color[0], color[1], color[2])
}

/// Text as it may stand in an attribute's value.
pub(crate) fn escape(value: &str) -> String {
    value.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
