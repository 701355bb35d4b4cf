"""The Han faces: four regions in one collection that shares its glyphs.

The same code point is drawn differently in Japan, Korea, mainland China and
Taiwan, and the shaper is never told a language, so that `locl` cannot choose.
Hence one face a region. Each takes from its own source face the glyphs of its
own character set; one glyph table holds the union of them all.
"""

import io

import cffsubr
from fontTools.subset import Subsetter
from fontTools.ttLib import TTCollection, TTFont, newTable
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

import cut

REGIONS = ["JP", "KR", "SC", "TC"]
# Upright features of horizontal text; without `palt` and `halt` Japanese
# punctuation could never be set tight.
FEATURES = ["ccmp", "palt", "halt", "kern"]
VERTICAL_TABLES = ["vhea", "vmtx", "VORG", "BASE"]

# Characters that names use and the national standards miss. Each is in every
# region's set, for artists of one region are heard in all of them.
NAMES = (
    "喆瑀𠮷嘅囧堃玥珺昉昶晞煊煜琪瑄璟祎翀翯赟頔骉骎髙﨑𡈽嗰嘢嚟唔咗喺冇啲佢哋乜嘥瞓攰埗邨"
    "氹栢衞峯綫裏粧麪羣滙埈垠婉旼昇玟珉瑃瑛璘祐禛稀赫炫曔媛妍嬅鏞鎭鉉煥炅焄璱俐俙倖"
)


def codec_set(codec, rows):
    """Every character that a two or three byte codec knows in `rows`."""
    found = set()
    for prefix in rows:
        for last in range(0x40, 0xFF):
            try:
                text = bytes([*prefix, last]).decode(codec)
            except UnicodeDecodeError:
                continue
            found.update(map(ord, text))
    return found


def rows(first, last):
    return [(lead,) for lead in range(first, last + 1)]


def common_set():
    """What every region's face holds: letters, kana, punctuation, full width."""
    ranges = [
        (0x20, 0x7E), (0xA0, 0xFF), (0x2010, 0x2027), (0x2030, 0x205E),
        (0x2100, 0x214F), (0x2150, 0x218B), (0x2190, 0x2199), (0x2460, 0x24FF),
        (0x2500, 0x25FF), (0x2600, 0x266F), (0x2E80, 0x2FD5), (0x2FF0, 0x2FFB),
        (0x3000, 0x30FF), (0x3100, 0x312F), (0x3130, 0x318F), (0x31A0, 0x31BF),
        (0x31C0, 0x31EF), (0x31F0, 0x31FF), (0x3200, 0x33FF), (0xFE30, 0xFE4F),
        (0xFF00, 0xFFEF), (0x1F100, 0x1F2FF),
    ]
    points = {c for first, last in ranges for c in range(first, last + 1)}
    # Radicals are for dictionaries; nobody sings them.
    points -= set(range(0x2E80, 0x3000))
    return points | set(map(ord, NAMES))


def character_sets():
    """The code points of each region, after its national standard."""
    # JIS X 0213 plane 1 is the two byte part of its EUC form (0x8F leads to
    # plane 2); cp932 adds the vendors' characters, 髙 and 﨑 among them.
    japan = codec_set("euc_jisx0213", rows(0xA1, 0xFE))
    japan |= codec_set("cp932", rows(0x81, 0xFC))
    # KS X 1001 has the hanja; all 11,172 syllables, because the 2,350 of the
    # standard lack 똠 쀍 햏 뷁, and loanwords and slang use the rest.
    korea = codec_set("euc_kr", rows(0xA1, 0xFE)) | set(range(0xAC00, 0xD7A4))
    mainland = codec_set("gb2312", rows(0xA1, 0xFE))
    taiwan = codec_set("big5", rows(0xA1, 0xC6)) | big5_name_characters()
    common = common_set()
    sets = {"JP": japan, "KR": korea, "SC": mainland, "TC": taiwan}
    return {region: points | common for region, points in sets.items()}


def big5_name_characters():
    """The part of Big5's second level (and Hong Kong's) that names draw on.

    The whole level weighs 1.2 MB a weight, mostly plants and fishes. Given
    names favour jade, sun and woman; Cantonese words are written with mouth.
    """
    second = codec_set("big5", rows(0xC9, 0xF9))
    hong_kong = codec_set("big5hkscs", rows(0x87, 0xFE))
    jade, sun, woman, mouth = (0x7389, 0x74DB), (0x65E5, 0x66EF), (0x5973, 0x5B4F), (0x53E3, 0x56D5)
    found = {c for c in second if any(a <= c <= b for a, b in (jade, sun, woman, mouth))}
    return found | {c for c in hong_kong if mouth[0] <= c <= mouth[1]}


def choose_glyphs(source_cmaps, sets):
    """Each region's map from code point to glyph name, and all glyphs kept.

    A code point that only another region's standard has still gets a glyph in
    this face: its own drawing if that is kept anyway, else the other's. So a
    stray character costs no change of face.
    """
    own = {
        region: {c: source_cmaps[region][c] for c in sets[region] if c in source_cmaps[region]}
        for region in REGIONS
    }
    kept = {glyph for mapping in own.values() for glyph in mapping.values()}
    everything = {c for mapping in own.values() for c in mapping}
    cmaps = {}
    for region in REGIONS:
        mapping = {}
        for code_point in everything:
            regional = source_cmaps[region].get(code_point)
            if regional in kept:
                mapping[code_point] = regional
            else:
                mapping[code_point] = next(
                    own[other][code_point] for other in REGIONS if code_point in own[other]
                )
        cmaps[region] = mapping
    return cmaps, kept


def build(source, weight):
    """The bytes of the collection for one weight."""
    source_fonts = regional_fonts(source)
    source_cmaps = {region: dict(font.getBestCmap()) for region, font in source_fonts.items()}
    cmaps, kept = choose_glyphs(source_cmaps, character_sets())

    base = source_fonts["JP"]
    for tag in VERTICAL_TABLES:
        if tag in base:
            del base[tag]
    chosen = cut.options(FEATURES)
    chosen.layout_closure = False
    subsetter = Subsetter(chosen)
    # By glyph, not by code point: what the base's own map would bring in for
    # other regions' characters is not wanted, and every face gets its own map.
    subsetter.populate(glyphs=kept)
    subsetter.subset(base)
    order = base.getGlyphOrder()
    # The source shares strokes over 65,535 glyphs; sharing anew over those
    # that are left saves another 6 %. Outlines stay the same, to the point.
    cffsubr.subroutinize(base)
    return collect(cut.save(base), order, cmaps, weight)


def regional_fonts(source):
    """The proportional faces of the collection by region."""
    fonts = {}
    for font in TTCollection(source, lazy=True).fonts:
        family = font["name"].getDebugName(1) or ""
        region = family.removeprefix("Noto Sans CJK ").split(" ")[0]
        if family.startswith("Noto Sans CJK ") and region in REGIONS:
            font.recalcTimestamp = False
            fonts.setdefault(region, font)
    missing = [region for region in REGIONS if region not in fonts]
    if missing:
        raise SystemExit(f"{source} has no face for {', '.join(missing)}")
    return fonts


def collect(shared, order, cmaps, weight):
    """Four faces over the tables of `shared`, each with its own map and name."""
    collection = TTCollection()
    for region in REGIONS:
        font = TTFont(io.BytesIO(shared), recalcTimestamp=False, lazy=True)
        # Known names keep fontTools from unpacking and rewriting the outlines.
        font.setGlyphOrder(order)
        table = newTable("cmap")
        table.tableVersion = 0
        subtable = CmapSubtable.newSubtable(12)
        subtable.platformID, subtable.platEncID, subtable.language = 3, 10, 0
        subtable.format, subtable.reserved, subtable.length = 12, 0, 0
        subtable.cmap = cmaps[region]
        table.tables = [subtable]
        font["cmap"] = table
        cut.name(font, f"Noto Sans CJK {region}", weight)
        collection.fonts.append(font)
    buffer = io.BytesIO()
    collection.save(buffer, shareTables=True)
    return buffer.getvalue()
