//! Which face draws which part of a text: emoji first, Han by region, the rest by a chain.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use unicode_properties::{EmojiStatus, UnicodeEmoji};
use unicode_segmentation::UnicodeSegmentation;

use super::fonts::{FaceId, Fonts, Region};
use super::safe::is_ignorable;
use crate::limits::FACE_CACHE_ENTRIES;

/// What stands for a character that no font has: small and quiet, unlike a box.
pub(crate) const MISSING_GLYPH: char = '·';

/// The families, weight and slope that a text asks for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FaceRequest {
    /// Families in order of preference, generic names included.
    pub families: Vec<String>,
    /// CSS weight, 1 to 1000.
    pub weight: u16,
    /// Italic or oblique.
    pub italic: bool,
}

/// A piece of text with the face that draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaceRun {
    /// Bytes of [`Itemized::text`].
    pub range: Range<usize>,
    /// The face.
    pub face: FaceId,
}

/// A text cut into runs of one face each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Itemized {
    /// The text with [`MISSING_GLYPH`] where no face has a glyph.
    pub text: String,
    /// The runs, without gaps.
    pub runs: Vec<FaceRun>,
    /// The characters that no face has.
    pub missing: Vec<char>,
}

/// Finds faces and remembers what it found, misses included.
#[derive(Default)]
pub(crate) struct FaceFinder {
    chains: HashMap<FaceRequest, (u32, Arc<[FaceId]>)>,
    found: HashMap<(u32, Region, char), Option<FaceId>>,
}

impl FaceFinder {
    /// Appends `text` to `out`, cut into runs.
    pub(crate) fn itemize(
        &mut self,
        fonts: &Fonts,
        request: &FaceRequest,
        region: Region,
        text: &str,
        out: &mut Itemized,
    ) {
        let (chain_id, chain) = self.chain(fonts, request);
        let Some(&base) = chain.first() else { return };
        for cluster in text.graphemes(true) {
            let start = out.text.len();
            let face = match self.face_of(fonts, chain_id, &chain, region, cluster) {
                Some(face) => {
                    out.text.push_str(cluster);
                    face
                }
                None => {
                    let missing = cluster.chars().find(|&c| !is_ignorable(c));
                    if let Some(c) = missing {
                        out.missing.push(c);
                        out.text.push(MISSING_GLYPH);
                    } else {
                        // Isolates and joiners on their own: nothing to draw, but bidi needs them.
                        out.text.push_str(cluster);
                    }
                    base
                }
            };
            let end = out.text.len();
            match out.runs.last_mut() {
                Some(run) if run.face == face && run.range.end == start => run.range.end = end,
                _ => out.runs.push(FaceRun { range: start..end, face }),
            }
        }
    }

    /// The first face of the chain; it decides a slot's vertical metrics.
    pub(crate) fn base(&mut self, fonts: &Fonts, request: &FaceRequest) -> Option<FaceId> {
        self.chain(fonts, request).1.first().copied()
    }

    fn chain(&mut self, fonts: &Fonts, request: &FaceRequest) -> (u32, Arc<[FaceId]>) {
        if let Some(chain) = self.chains.get(request) {
            return chain.clone();
        }
        let families: Vec<String> =
            request.families.iter().map(|family| generic(family).to_owned()).collect();
        let chain = fonts.chain(&families, request.weight, request.italic);
        let entry = (self.chains.len() as u32, Arc::from(chain));
        self.chains.insert(request.clone(), entry.clone());
        entry
    }

    fn face_of(
        &mut self,
        fonts: &Fonts,
        chain_id: u32,
        chain: &[FaceId],
        region: Region,
        cluster: &str,
    ) -> Option<FaceId> {
        let mut chars = cluster.chars().filter(|&c| !is_ignorable(c));
        let first = chars.next()?;
        if is_emoji(cluster)
            && let Some(emoji) = fonts.emoji()
            && fonts.face(emoji).covers(first)
        {
            return Some(emoji);
        }
        let base = self.face_of_char(fonts, chain_id, chain, region, first);
        if chars.clone().next().is_none() {
            return base;
        }
        // A cluster stays in one face if any has all of it; marks are lost otherwise.
        if base.is_some_and(|face| chars.clone().all(|c| fonts.face(face).covers(c))) {
            return base;
        }
        candidates(fonts, chain, region)
            .find(|&face| {
                let face = fonts.face(face);
                face.covers(first) && chars.clone().all(|c| face.covers(c))
            })
            .or(base)
    }

    fn face_of_char(
        &mut self,
        fonts: &Fonts,
        chain_id: u32,
        chain: &[FaceId],
        region: Region,
        c: char,
    ) -> Option<FaceId> {
        if self.found.len() >= FACE_CACHE_ENTRIES {
            self.found.clear();
        }
        *self
            .found
            .entry((chain_id, region, c))
            .or_insert_with(|| candidates(fonts, chain, region).find(|&f| fonts.face(f).covers(c)))
    }
}

/// The chain as this region reads it: its own CJK faces before those of other regions, colour
/// faces last.
fn candidates<'a>(
    fonts: &'a Fonts,
    chain: &'a [FaceId],
    region: Region,
) -> impl Iterator<Item = FaceId> + 'a {
    let rank = move |face: FaceId| {
        let face = fonts.face(face);
        match face.region {
            _ if face.color => 3,
            Some(own) if own == region => 1,
            Some(_) => 2,
            None => 0,
        }
    };
    (0..4).flat_map(move |wanted| chain.iter().copied().filter(move |&f| rank(f) == wanted))
}

/// Whether a cluster is to be drawn in colour: emoji presentation by default, by a selector, or
/// as a sequence (UTS #51). A text selector (U+FE0E) keeps it plain.
fn is_emoji(cluster: &str) -> bool {
    if cluster.contains('\u{fe0e}') {
        return false;
    }
    if cluster.contains(['\u{fe0f}', '\u{20e3}']) {
        return true;
    }
    cluster.chars().any(|c| {
        matches!(
            c.emoji_status(),
            EmojiStatus::EmojiPresentation
                | EmojiStatus::EmojiPresentationAndModifierBase
                | EmojiStatus::EmojiPresentationAndModifierAndEmojiComponent
                | EmojiStatus::EmojiPresentationAndEmojiComponent
        )
    })
}

fn generic(family: &str) -> &str {
    match family.to_ascii_lowercase().as_str() {
        "serif" => "Noto Serif",
        "monospace" => "Noto Sans Mono",
        _ => family,
    }
}

/// The region whose design a text asks for: kana means Japan, hangul Korea; characters that
/// only one Chinese script has mean that one; otherwise the reader's own.
pub(crate) fn region_of(texts: &[&str], reader: Region) -> Region {
    let chars = || texts.iter().flat_map(|text| text.chars());
    if chars().any(|c| matches!(c, '\u{3041}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}'))
    {
        return Region::Jp;
    }
    if chars().any(|c| matches!(c, '\u{1100}'..='\u{11ff}' | '\u{3131}'..='\u{318e}' | '\u{ac00}'..='\u{d7a3}'))
    {
        return Region::Kr;
    }
    let simplified = chars().any(|c| SIMPLIFIED.contains(c));
    let traditional = chars().any(|c| TRADITIONAL.contains(c));
    match (simplified, traditional) {
        (true, _) => Region::Sc,
        // Japanese writes most of these too, so a Japanese reader's names stay Japanese.
        (false, true) if reader != Region::Jp => Region::Tc,
        _ => reader,
    }
}

/// Frequent characters that only the simplified script has.
const SIMPLIFIED: &str = "气爱边变宾仓产长车陈处达带单导灯东动对队尔发范风飞复刚个给关观广归过汉红华\
    欢还机几级纪际继价间见讲节结经剧决军开块况兰乐离丽历连联两临龙楼录妈马买卖满门们梦难脑鸟宁农\
    强亲轻庆请穷权确让热认荣伞杀伤设时识实书术树说岁孙态谈题铁听头图团为伟卫问无务雾习戏细现线乡\
    响谢兴选寻压亚阳样药爷业叶艺忆义应优语鱼园员远愿约云运杂载脏择战张这针阵证质众钟种转专装组总纵";
/// Frequent characters that the traditional script has and the simplified one lacks.
const TRADITIONAL: &str = "氣愛邊變賓倉產長車陳處達帶單導燈東動對隊爾發範風飛復剛個給關觀廣歸過漢紅華\
    歡還機幾級紀際繼價間見講節結經劇決軍開塊況蘭樂離麗歷連聯兩臨龍樓錄媽馬買賣滿門們夢難腦鳥寧農\
    強親輕慶請窮權確讓熱認榮傘殺傷設時識實書術樹說歲孫態談題鐵聽頭圖團為偉衛問無務霧習戲細現線鄉\
    響謝興選尋壓亞陽樣藥爺業葉藝憶義應優語魚園員遠願約雲運雜載臟擇戰張這針陣證質眾鐘種轉專裝組總縱\
    學會來體聲萬雙寫醫區號獨師當條國點";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn han_forms_follow_the_item_then_the_reader() {
        for (texts, reader, region) in [
            (&["夜に駆ける"][..], Region::Sc, Region::Jp),
            // The artist's name alone could be Chinese; its song tells.
            (&["米津玄師", "パプリカ"], Region::Tc, Region::Jp),
            (&["봄날", "防彈少年團"], Region::Jp, Region::Kr),
            (&["告白气球"], Region::Jp, Region::Sc),
            (&["告白氣球"], Region::Sc, Region::Tc),
            (&["東京"], Region::Jp, Region::Jp),
            (&["夜曲"], Region::Kr, Region::Kr),
            (&["Space Song"], Region::Tc, Region::Tc),
        ] {
            assert_eq!(region_of(texts, reader), region, "{texts:?}");
        }
    }

    #[test]
    fn colour_is_for_emoji_and_not_for_signs() {
        for colored in ["👋🏽", "🇧🇷", "1️⃣", "❤️", "👩‍🎤", "☺️"] {
            assert!(is_emoji(colored), "{colored}");
        }
        for plain in ["❤︎", "♥", "1", "#", "©", "☺", "a", "夜"] {
            assert!(!is_emoji(plain), "{plain}");
        }
    }
}
