//! The card against its reference picture: `to_svg` painted by resvg, and whole SVG features
//! against plain resvg.

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use wrapped_core::{Assets, CardKind, Filled, RenderOptions};

use crate::common::{difference, fill, renderer_of, with_title};

/// At most this channel difference, on all but a thousandth of the pixels.
const TOLERANCE: u8 = 2;

fn painted_by_resvg(svg: &str, width: u32, height: u32) -> Pixmap {
    let tree = Tree::from_str(svg, &Options::default()).expect("to_svg is valid SVG");
    let mut pixels = Pixmap::new(width, height).expect("a card's size");
    resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
    pixels
}

fn check(what: &str, filled: &Filled) {
    let pixels = filled.paint().expect(what);
    let svg = filled.to_svg().expect(what);
    assert!(!svg.contains("<text"), "{what}: text is left in the SVG");
    let reference = painted_by_resvg(&svg, pixels.width(), pixels.height());
    let (largest, beyond) = difference(pixels.data(), reference.data(), TOLERANCE);
    let allowed = pixels.pixels().len() / 1000;
    assert!(beyond <= allowed, "{what}: {beyond} pixels beyond {TOLERANCE}, largest {largest}");
}

#[test]
fn cards_equal_their_svg() {
    for name in ["october", "ok-name-arabic", "ok-no-covers", "ok-hostile-text", "ok-one-song"] {
        for card in CardKind::ALL {
            check(&format!("{name} {card}"), &fill(name, card, &RenderOptions::default()));
        }
    }
}

#[test]
fn scaled_cards_equal_their_svg() {
    for scale in [0.25, 1.0 / 3.0, 2.0] {
        let options = RenderOptions { scale, ..RenderOptions::default() };
        check(&format!("october at {scale}"), &fill("october", CardKind::Songs, &options));
    }
}

/// A drawing without text must come out as resvg draws it.
fn check_feature(what: &str, body: &str) {
    let svg = format!(
        "<svg xmlns='http://www.w3.org/2000/svg' width='200' height='200' viewBox='0 0 200 200'>\
         <rect width='200' height='200' fill='#fff8ee'/>{body}</svg>"
    );
    let renderer = renderer_of(&svg, "").expect(what);
    let summary = with_title("x");
    let filled = renderer
        .worker()
        .fill(&summary, &Assets::new(), CardKind::Songs, &RenderOptions::default())
        .expect(what);
    let ours = filled.paint().expect(what);
    let plain = body
        .replace("fill='#000' data-set-fill=\"{{ '#1f3bff' if card else '' }}\"", "fill='#1f3bff'")
        .replace("data-set-x=\"{{ songs|length * 20 }}\"", "x='20'");
    let plain = svg.replace(body, &plain);
    let theirs = painted_by_resvg(&plain, 200, 200);
    let (largest, beyond) = difference(ours.data(), theirs.data(), TOLERANCE);
    assert!(beyond <= 40, "{what}: {beyond} pixels beyond {TOLERANCE}, largest {largest}");
    let blank = painted_by_resvg(&svg.replace(body, ""), 200, 200);
    let (_, inked) = difference(ours.data(), blank.data(), TOLERANCE);
    assert!(inked > 500, "{what}: nothing was drawn");
}

/// Every feature alone, and in front of and behind something live.
#[test]
fn svg_features_are_drawn_as_resvg_draws_them() {
    const LIVE: &str = "<rect data-set-x=\"{{ songs|length * 20 }}\" y='60' width='120' height='50' fill='#ff4b33'/>";
    const FEATURES: &[(&str, &str)] = &[
        (
            "linear gradient",
            "<linearGradient id='g' x2='1' y2='1'><stop stop-color='#ff4b33'/><stop offset='1' stop-color='#1f3bff'/></linearGradient><rect x='20' y='20' width='160' height='160' fill='url(#g)'/>",
        ),
        (
            "radial gradient",
            "<defs><radialGradient id='g'><stop stop-color='#b8ffd9'/><stop offset='1' stop-color='#141414' stop-opacity='0'/></radialGradient></defs><circle cx='100' cy='100' r='90' fill='url(#g)'/>",
        ),
        (
            "mask",
            "<mask id='m'><rect width='200' height='200' fill='#fff'/><circle cx='100' cy='100' r='50'/></mask><rect x='20' y='20' width='160' height='160' mask='url(#m)'/>",
        ),
        (
            "clip path",
            "<clipPath id='c'><path d='M100 10L190 190H10Z'/></clipPath><g clip-path='url(#c)'><rect width='200' height='200' fill='#1f3bff'/></g>",
        ),
        (
            "filter",
            "<filter id='f'><feGaussianBlur stdDeviation='6'/></filter><g filter='url(#f)'><rect x='50' y='50' width='100' height='100' fill='#ff4b33'/></g>",
        ),
        (
            "blend mode",
            "<rect x='10' y='40' width='140' height='100' fill='#ffe8a3'/><rect x='60' y='20' width='110' height='150' fill='#1f3bff' style='mix-blend-mode:multiply'/>",
        ),
        (
            "use",
            "<defs><path id='p' d='M0 0H40V40Z'/></defs><use href='#p' x='20' y='20' fill='#ff4b33'/><use href='#p' transform='translate(100 100) rotate(30) scale(2)'/>",
        ),
        (
            "nested transforms",
            "<g transform='translate(100 100)'><g transform='rotate(30)'><g transform='scale(1.5 .5) skewX(20)'><rect x='-40' y='-40' width='80' height='80' fill='#ff4b33'/></g></g></g>",
        ),
        (
            "group opacity",
            "<g opacity='.5'><circle cx='80' cy='100' r='60' fill='#ff4b33'/><circle cx='120' cy='100' r='60' fill='#1f3bff'/></g>",
        ),
        (
            "stroke",
            "<path d='M20 180C60 20 140 20 180 180' fill='none' stroke='#141414' stroke-width='12' stroke-dasharray='24 10' stroke-linecap='round'/>",
        ),
        (
            "pattern",
            "<pattern id='p' width='20' height='20' patternUnits='userSpaceOnUse'><circle cx='10' cy='10' r='6' fill='#1f3bff'/></pattern><rect x='20' y='20' width='160' height='160' fill='url(#p)'/>",
        ),
        (
            "style sheet",
            "<style>.a { fill: #1f3bff } rect.a { opacity: .8 } #x { stroke: #141414; stroke-width: 6 }</style><rect class='a' id='x' x='40' y='40' width='100' height='100'/>",
        ),
        (
            "even-odd",
            "<path fill-rule='evenodd' d='M20 20H180V180H20ZM60 60H140V140H60Z' fill='#141414'/>",
        ),
    ];
    for (what, body) in FEATURES {
        check_feature(what, body);
        check_feature(&format!("{what} behind something live"), &format!("{body}{LIVE}"));
        check_feature(&format!("{what} before something live"), &format!("{LIVE}{body}"));
        let inside = format!("<g opacity='.9'>{body}{LIVE}</g>");
        check_feature(&format!("{what} around something live"), &inside);
    }
}

#[test]
fn live_paint_inside_effects() {
    check_feature(
        "live paint under a mask",
        "<mask id='m'><circle cx='100' cy='100' r='80' fill='#fff'/></mask>\
         <g mask='url(#m)'><rect width='200' height='200' fill='#000' data-set-fill=\"{{ '#1f3bff' if card else '' }}\"/></g>",
    );
}
