"""Cutting one face: outlines without hinting, the wanted features, plain names."""

import copy
import io

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

# Copyright, version, trademark and licence stay in the files as the OFL asks.
KEPT_NAMES = [0, 1, 2, 4, 5, 6, 7, 13, 14, 16, 17]
ENGLISH = 0x409
EMOJI_CREDIT = (
    "Emoji artwork: Twemoji, Copyright 2020 Twitter, Inc and other contributors, "
    "licensed under CC-BY 4.0: https://creativecommons.org/licenses/by/4.0/"
)


def options(features=None):
    """The subsetter's settings that every face shares."""
    chosen = Options()
    # tiny-skia fills unhinted outlines, so instructions would only weigh.
    chosen.hinting = False
    # Subroutines make the raw file smaller; only compressed would it not matter.
    chosen.desubroutinize = False
    chosen.notdef_outline = True
    chosen.name_IDs = KEPT_NAMES
    chosen.name_languages = [ENGLISH]
    chosen.drop_tables = [*chosen.drop_tables, "meta", "FFTM", "gasp"]
    # The source's own date stays, so that the same input gives the same bytes.
    chosen.recalc_timestamp = False
    if features is not None:
        chosen.layout_features = list(features)
    return chosen


def cut(source, face):
    """The bytes of `face`, cut from the font file `source`."""
    font = TTFont(source, recalcTimestamp=False, lazy=False)
    code_points = set(font.getBestCmap())
    if face.only is not None:
        code_points &= spread(face.only)
    code_points -= spread(face.without)
    subsetter = Subsetter(options(face.features))
    subsetter.populate(unicodes=code_points)
    subsetter.subset(font)
    name(font, face.family, face.weight)
    return save(font)


def spread(ranges):
    """The code points of ranges that include both their ends."""
    return {c for first, last in ranges for c in range(first, last + 1)}


def emoji(source, family):
    """The colour emoji font: unpacked from woff2, nothing left out but names."""
    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    accept_unqualified(font)
    chosen = options(["*"])
    # Layers of a colour glyph have no code point; the subsetter follows COLR.
    subsetter = Subsetter(chosen)
    subsetter.populate(unicodes=set(font.getBestCmap()))
    subsetter.subset(font)
    name(font, family, 400)
    # The source names no author; the artwork's licence asks for the credit.
    font["name"].setName(EMOJI_CREDIT, 0, 3, 1, ENGLISH)
    return save(font)


def accept_unqualified(font):
    """Let a sequence work without its U+FE0F, as many keyboards leave it out."""
    selector = font.getBestCmap()[0xFE0F]
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for subtable in lookup.SubTable:
            if lookup.LookupType != 4:
                continue
            for ligatures in subtable.ligatures.values():
                known = {tuple(ligature.Component) for ligature in ligatures}
                for ligature in list(ligatures):
                    short = tuple(c for c in ligature.Component if c != selector)
                    if short and short not in known:
                        known.add(short)
                        added = copy.copy(ligature)
                        added.Component = list(short)
                        ligatures.append(added)
                # The first match wins, so the longest has to stand first.
                ligatures.sort(key=lambda ligature: -len(ligature.Component))


def name(font, family, weight):
    """Give the face its plain family name and a weight of its own.

    One family with the weight as a number is how fontdb finds a face; names
    like "Inter Black" for the family would hide the relation.
    """
    style = {400: "Regular", 700: "Bold", 900: "Black"}[weight]
    table = font["name"]
    table.names = [r for r in table.names if r.nameID not in (3, 16, 17)]
    full = family if style == "Regular" else f"{family} {style}"
    for name_id, value in [
        (1, family),
        (2, style),
        (4, full),
        (6, f"{family.replace(' ', '')}-{style}"),
    ]:
        table.setName(value, name_id, 3, 1, ENGLISH)
    font["OS/2"].usWeightClass = weight


def save(font):
    buffer = io.BytesIO()
    font.save(buffer, reorderTables=True)
    return buffer.getvalue()
