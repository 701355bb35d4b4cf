//! The set of fonts a renderer works with: parsed once, shared by all workers, never the system's.

use std::collections::BTreeSet;
use std::sync::Arc;

use cosmic_text::fontdb;
use swash::FontRef;

use crate::error::{Error, ErrorKind, Result};
use crate::limits::MAX_FACES;

/// The bytes of a font file: a static slice for embedded fonts, an `Arc<Vec<u8>>` for loaded ones.
pub type FontBytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// The index of a face in [`Fonts`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FaceId(pub u16);

/// Which regional design of Han characters a face draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Region {
    /// Japan.
    Jp,
    /// Korea.
    Kr,
    /// Mainland China, Singapore.
    Sc,
    /// Taiwan, Hong Kong, Macao.
    Tc,
}

/// One face of a font file.
pub struct Face {
    /// The family name, for example `Noto Sans Arabic`.
    pub family: String,
    /// The weight, 1 to 1000.
    pub weight: u16,
    /// Whether the face is italic or oblique.
    pub italic: bool,
    /// Whether the face draws colour glyphs.
    pub color: bool,
    /// The regional design, for faces of a CJK family.
    pub region: Option<Region>,
    /// Vertical metrics in em.
    pub metrics: FaceMetrics,
    data: FontBytes,
    offset: u32,
    key: swash::CacheKey,
    pub(crate) db_id: fontdb::ID,
}

/// Vertical metrics of a face in em, all positive.
#[derive(Clone, Copy, Debug)]
pub struct FaceMetrics {
    /// From the baseline to the top of the line.
    pub ascent: f32,
    /// From the baseline to the bottom of the line.
    pub descent: f32,
    /// The height of capitals.
    pub cap_height: f32,
    /// The height of small letters.
    pub x_height: f32,
}

impl Face {
    /// The face as the outline and character-map reader wants it.
    pub(crate) fn font(&self) -> FontRef<'_> {
        FontRef { data: (*self.data).as_ref(), offset: self.offset, key: self.key }
    }

    /// Whether the face has a glyph for `c`.
    pub(crate) fn covers(&self, c: char) -> bool {
        self.font().charmap().map(c) != 0
    }
}

/// All faces a renderer may use, in order of preference.
///
/// The order in which files are added decides which face serves a character that several cover.
#[derive(Default)]
pub struct Fonts {
    faces: Vec<Face>,
    db: fontdb::Database,
}

impl Fonts {
    /// An empty set.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds every face of a TrueType or OpenType file or collection.
    ///
    /// `name` is the file's name, for messages only.
    ///
    /// # Errors
    ///
    /// Kind `font` if the bytes hold no usable face.
    pub fn add(&mut self, name: &str, data: FontBytes) -> Result<()> {
        let mut parsed = fontdb::Database::new();
        let ids = parsed.load_font_source(fontdb::Source::Binary(data.clone()));
        let before = self.faces.len();
        if before + ids.len() > MAX_FACES {
            let message = format!("is one too many: at most {MAX_FACES} faces are used");
            return Err(Error::new(ErrorKind::Limit, message).at(name));
        }
        for id in ids {
            let Some(info) = parsed.face(id) else { continue };
            self.add_face(info, &data);
        }
        if self.faces.len() == before {
            return Err(Error::new(
                ErrorKind::Font,
                "is not a TrueType or OpenType font with a name and a character map",
            )
            .at(name));
        }
        Ok(())
    }

    fn add_face(&mut self, info: &fontdb::FaceInfo, data: &FontBytes) {
        let Some(font) = FontRef::from_index((**data).as_ref(), info.index as usize) else {
            return;
        };
        let family = info.families.first().map_or_else(String::new, |(name, _)| name.clone());
        let metrics = font.metrics(&[]);
        let em = f32::from(metrics.units_per_em.max(1));
        let mut own = info.clone();
        // Every face gets a family of its own in the shaper's database, so that asking for it
        // can never give another face.
        own.families = vec![(
            Self::shaper_family(FaceId(self.faces.len() as u16)),
            fontdb::Language::English_UnitedStates,
        )];
        own.style = fontdb::Style::Normal;
        own.weight = fontdb::Weight::NORMAL;
        own.stretch = fontdb::Stretch::Normal;
        let db_id = self.db.push_face_info(own);
        let color = ["COLR", "CBDT", "sbix"]
            .iter()
            .any(|tag| font.table(swash::tag_from_bytes(tag_bytes(tag))).is_some());
        self.faces.push(Face {
            region: region_of(&family),
            family,
            weight: info.weight.0,
            italic: info.style != fontdb::Style::Normal,
            color,
            metrics: FaceMetrics {
                ascent: metrics.ascent.abs() / em,
                descent: metrics.descent.abs() / em,
                cap_height: or(metrics.cap_height / em, 0.7),
                x_height: or(metrics.x_height / em, 0.5),
            },
            data: data.clone(),
            offset: font.offset,
            key: font.key,
            db_id,
        });
    }

    /// The family name under which the shaper knows a face.
    pub(crate) fn shaper_family(face: FaceId) -> String {
        format!("face {}", face.0)
    }

    /// The faces in order of preference.
    pub fn faces(&self) -> &[Face] {
        &self.faces
    }

    /// A face by its index.
    pub(crate) fn face(&self, id: FaceId) -> &Face {
        &self.faces[usize::from(id.0)]
    }

    /// The shaper's database; cloning it shares the font bytes.
    pub(crate) fn db(&self) -> &fontdb::Database {
        &self.db
    }

    /// The faces to try for a text of these families, weight and slope: the families asked for,
    /// then every other family, each with the face of the nearest weight.
    pub(crate) fn chain(&self, families: &[String], weight: u16, italic: bool) -> Vec<FaceId> {
        let mut order: Vec<&str> = Vec::new();
        for family in families {
            order.extend(
                self.faces.iter().map(|f| f.family.as_str()).filter(|f| same_family(f, family)),
            );
        }
        order.extend(self.faces.iter().map(|f| f.family.as_str()));
        let mut seen = BTreeSet::new();
        order
            .into_iter()
            .filter(|family| seen.insert(*family))
            .filter_map(|family| self.nearest(family, weight, italic))
            .collect()
    }

    fn nearest(&self, family: &str, weight: u16, italic: bool) -> Option<FaceId> {
        (0..self.faces.len())
            .filter(|&i| self.faces[i].family == family)
            .min_by_key(|&i| {
                let face = &self.faces[i];
                (face.italic != italic, face.weight.abs_diff(weight), u16::MAX - face.weight)
            })
            .map(|i| FaceId(i as u16))
    }

    /// Whether any face draws colour glyphs; the emoji face.
    pub(crate) fn emoji(&self) -> Option<FaceId> {
        self.faces.iter().position(|f| f.color).map(|i| FaceId(i as u16))
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("faces", &self.faces.len()).finish()
    }
}

fn or(value: f32, default: f32) -> f32 {
    if value > 0.0 { value } else { default }
}

fn tag_bytes(tag: &str) -> &[u8; 4] {
    tag.as_bytes().try_into().expect("a table tag has four letters")
}

fn same_family(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

fn region_of(family: &str) -> Option<Region> {
    let (name, region) = family.rsplit_once(' ')?;
    if !name.contains("CJK") {
        return None;
    }
    match region {
        "JP" => Some(Region::Jp),
        "KR" => Some(Region::Kr),
        "SC" => Some(Region::Sc),
        "TC" | "HK" => Some(Region::Tc),
        _ => None,
    }
}
