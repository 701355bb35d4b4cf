"""Checks what was built; any failure ends the recipe with exit 1.

Coverage at both weights, names and weights, the same shaping and outlines as
the sources, and the sizes.
"""

import json
import sys
import unicodedata
from functools import cache
from pathlib import Path

import uharfbuzz as hb
from fontTools.pens.recordingPen import RecordingPen
from fontTools.ttLib import TTCollection, TTFont

import cjk

# What the release binary can carry (35 MB in all), and what a checkout can.
DEFAULT_LIMIT_BYTES = 16_500_000
MORE_LIMIT_BYTES = 2_300_000
# The shaper drops these when it has no glyph, so no font need have one.
IGNORABLE_RANGES = [
    (0x034F, 0x034F), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F),
    (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0),
    (0xE0000, 0xE0FFF),
]
REGIONAL_TEXT = "骨直曜返角誤海戸与令"


def run(out, entries, singles, sources):
    """Every check; prints the sizes and each failure."""
    samples = json.loads((Path(__file__).parent / "samples.json").read_text(encoding="utf-8"))
    faces = [face for entry in entries for face in open_faces(out, entry)]
    failures = [
        *check_names(faces),
        *check_coverage(faces, samples["texts"]),
        *check_emoji(out / "Twemoji.ttf", samples["emoji"]),
        *check_shaping(out, singles, sources, samples["texts"]),
        *check_collections(out, sources),
        *check_sizes(out, entries),
    ]
    for failure in failures:
        print(f"FAILED {failure}", file=sys.stderr)
    if failures:
        raise SystemExit(1)
    print(f"checked {len(faces)} faces with {len(samples['texts'])} texts")


def open_faces(out, entry):
    path = out / entry["file"]
    fonts = TTCollection(path).fonts if path.suffix == ".ttc" else [TTFont(path)]
    if len(fonts) != len(entry["families"]):
        raise SystemExit(f"{path}: {len(fonts)} faces, expected {entry['families']}")
    return [
        {
            "file": entry["file"],
            "pack": entry["pack"],
            "family": family,
            "weight": entry["weight"],
            "found": (font["name"].getDebugName(1), font["OS/2"].usWeightClass),
            "points": set(font.getBestCmap()),
        }
        for font, family in zip(fonts, entry["families"])
    ]


def check_names(faces):
    seen = set()
    for face in faces:
        wanted = (face["family"], face["weight"])
        if face["found"] != wanted:
            yield f"{face['file']}: says {face['found']}, the list says {wanted}"
        if wanted in seen:
            yield f"{face['file']}: {wanted} is there twice"
        seen.add(wanted)


def visible(text):
    """The code points of a text that want a glyph."""
    for character in unicodedata.normalize("NFC", text):
        point = ord(character)
        if unicodedata.category(character) in ("Cc", "Cf", "Zs", "Zl", "Zp"):
            continue
        if any(first <= point <= last for first, last in IGNORABLE_RANGES):
            continue
        yield point


def check_coverage(faces, texts):
    """Each text is covered at 400, and at 700 where its script has a bold."""
    for sample in texts:
        packs = {"default"} if sample["pack"] != "more" else {"default", "more"}
        usable = [face for face in faces if face["pack"] in packs]
        bold_families = {face["family"] for face in usable if face["weight"] == 700}
        missing = []
        for point in visible(sample["text"]):
            regular = [f for f in usable if f["weight"] == 400 and point in f["points"]]
            bold = any(f["weight"] == 700 and point in f["points"] for f in usable)
            if not regular:
                missing.append(f"U+{point:04X} at 400")
            elif not bold and any(face["family"] in bold_families for face in regular):
                missing.append(f"U+{point:04X} at 700")
        if missing and sample["pack"] != "none":
            yield f"{sample['name']}: no glyph for {', '.join(missing)}"
        if not missing and sample["pack"] == "none":
            yield f"{sample['name']}: was expected to be missing; update samples.json"
    # The pack is there to add something: its texts must need it.
    default = {point for face in faces if face["pack"] == "default" for point in face["points"]}
    for sample in texts:
        if sample["pack"] == "more" and all(p in default for p in visible(sample["text"])):
            yield f"{sample['name']}: the default set covers it already"


def check_emoji(path, sequences):
    """Each sequence becomes one glyph, and that glyph has colour layers."""
    layers = TTFont(path)["COLR"].ColorLayers
    order = TTFont(path).getGlyphOrder()
    font = shaper(str(path))
    # U+FE0F is left out by many keyboards; a sequence has to work without it.
    bare = [s.replace("\uFE0F", "") for s in sequences if len(s.replace("\uFE0F", "")) > 1]
    for sequence in sequences + bare:
        glyphs = [glyph for glyph, *_ in shape(font, sequence)]
        if len(glyphs) != 1 or order[glyphs[0]] not in layers:
            points = " ".join(f"U+{ord(c):04X}" for c in sequence)
            yield f"Twemoji: {sequence} ({points}) is {len(glyphs)} glyphs, or without colour"


def check_shaping(out, singles, sources, texts):
    """A cut face sets a text as its source does: places and outlines."""
    for face in singles:
        cut_path = str(out / ("more" if face.pack == "more" else "") / face.file)
        source_path = sources[face.source]
        points = set(TTFont(cut_path).getBestCmap())
        compared = 0
        for sample in texts:
            words = [w for w in sample["text"].split() if all(ord(c) in points for c in w)]
            for word in words:
                compared += 1
                if drawn(cut_path, word) != drawn(source_path, word):
                    yield f"{face.file}: {word!r} is not set as in {face.source}"
        if compared == 0:
            yield f"{face.file}: no text of samples.json is set in it"


def check_collections(out, sources):
    """Every region draws its own forms, and the standards are complete."""
    sets = cjk.character_sets()
    for style in ["Regular", "Bold"]:
        name = f"NotoSansCJK-{style}.ttc"
        source_index = family_indices(sources[name])
        cut_index = family_indices(out / name)
        forms = set()
        for region in cjk.REGIONS:
            family = f"Noto Sans CJK {region}"
            ours = (str(out / name), cut_index[family])
            theirs = (sources[name], source_index[family])
            hangul = "".join(map(chr, range(0xAC00, 0xD7A4, 97)))
            han = "".join(map(chr, sorted(c for c in sets[region] if 0x4E00 <= c < 0xA000)[::61]))
            for text in [REGIONAL_TEXT, han, hangul, "ガ゙リサフランク・、。「」ＶＡＰＯＲ"]:
                if text == REGIONAL_TEXT:
                    forms.add(str(drawn(*ours[:1], text, ours[1])))
                    text = "".join(c for c in text if ord(c) in sets[region])
                if drawn(ours[0], text, ours[1]) != drawn(theirs[0], text, theirs[1]):
                    yield f"{name}, {region}: {text[:12]}... differs from the source"
            points = set(TTFont(ours[0], fontNumber=ours[1]).getBestCmap())
            source_points = set(TTFont(theirs[0], fontNumber=theirs[1]).getBestCmap())
            lost = (sets[region] & source_points) - points
            if lost or not set(range(0xAC00, 0xD7A4)) <= points:
                yield f"{name}, {region}: {len(lost)} characters of its set are missing"
        if len(forms) != len(cjk.REGIONS):
            yield f"{name}: only {len(forms)} different drawings of {REGIONAL_TEXT}"


def check_sizes(out, entries):
    for pack, limit in [("default", DEFAULT_LIMIT_BYTES), ("more", MORE_LIMIT_BYTES)]:
        files = [entry["file"] for entry in entries if entry["pack"] == pack]
        sizes = {file: (out / file).stat().st_size for file in files}
        for file, size in sorted(sizes.items(), key=lambda item: -item[1]):
            print(f"{size:>10,} {file}")
        total = sum(sizes.values())
        print(f"{total:>10,} bytes in {len(files)} files: {pack}")
        if total > limit:
            yield f"{pack}: {total:,} bytes are more than the {limit:,} allowed"


@cache
def shaper(path, index=0):
    return hb.Font(hb.Face(hb.Blob.from_file_path(path), index))


@cache
def family_indices(path):
    fonts = TTCollection(path, lazy=True).fonts
    return {font["name"].getDebugName(1): index for index, font in enumerate(fonts)}


def shape(font, text):
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    # A language would let the source choose forms that our shaper never asks for.
    buffer.language = "und"
    hb.shape(font, buffer, {"calt": True, "liga": True})
    return [
        (info.codepoint, info.cluster, pos.x_advance, pos.y_advance, pos.x_offset, pos.y_offset)
        for info, pos in zip(buffer.glyph_infos, buffer.glyph_positions)
    ]


def drawn(path, text, index=0):
    """What a text looks like: for every glyph its outline and its place."""
    font = shaper(path, index)
    result = []
    for glyph, *place in shape(font, text):
        pen = RecordingPen()
        font.draw_glyph_with_pen(glyph, pen)
        result.append((place, pen.value))
    return result
