"""The list of font files: what each is made from and whom it serves."""

from dataclasses import dataclass

INTER = "fonts-inter"
CORE = "fonts-noto-core"
EXTRA = "fonts-noto-extra"
MONO = "fonts-noto-mono"
CJK = "fonts-noto-cjk"

# npm's package, its version, and the digest of the one file used from it: a
# Debian package is checked by apt, this is what checks the other source.
TWEMOJI = "twemoji-colr-font"
TWEMOJI_VERSION = "15.0.3"
TWEMOJI_SHA256 = "598b6867d47954acab46edd6a9773d734b844d221d3a95834da7442d5df64f98"

# `case` lifts brackets to capitals, `tnum` keeps counting figures in columns.
INTER_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "calt", "case", "tnum"]

# Headings are mostly Latin, Greek and Cyrillic of today; what else a title
# brings falls back to the sans faces anyway.
HEADING_RANGES = (
    (0x20, 0x24F), (0x2B0, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x206F),
    (0x20A0, 0x20CF), (0x2100, 0x214F), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD),
)
# Tiles, dominoes, playing cards, chess problems, Aegean and Mayan numbers: a
# third of the file, and in no title. Twemoji keeps the two that are emoji.
GAMES_AND_NUMBERS = ((0x10100, 0x10FFF), (0x1D2E0, 0x1D37F), (0x1F000, 0x1F0FF), (0x1FA00, 0x1FA6F))


@dataclass(frozen=True)
class Face:
    """One output file with a single face."""

    file: str
    family: str
    weight: int
    package: str
    source: str
    serves: str
    pack: str = "default"
    features: tuple | None = None
    # Code point ranges, both ends included: all that is wanted, and what is not.
    only: tuple | None = None
    without: tuple = ()


def default_faces():
    """The faces of the default set that are cut from a single source file."""
    faces = []
    latin = "Latin, Greek, Cyrillic, Vietnamese"
    for style, weight in [("Regular", 400), ("Bold", 700), ("Black", 900)]:
        faces.append(
            Face(
                f"Inter-{style}.ttf", "Inter", weight, INTER, f"Inter-{style}.otf",
                latin if weight < 900 else latin + ", for posters",
                features=tuple(INTER_FEATURES),
            )
        )
    faces += pair("NotoSans", "Noto Sans", "extended Latin and Cyrillic, IPA")
    faces.append(
        Face(
            "NotoSerifDisplay-Black.ttf", "Noto Serif Display", 900, EXTRA,
            "NotoSerifDisplay-Black.ttf", "headings in Latin, Greek, Cyrillic",
            only=HEADING_RANGES,
        )
    )
    faces.append(
        Face(
            "NotoSerif-Bold.ttf", "Noto Serif", 700, CORE,
            "NotoSerif-Bold.ttf", "headings in Latin, Greek, Cyrillic",
            only=HEADING_RANGES,
        )
    )
    for script in [
        "Arabic", "Hebrew", "Thai", "Devanagari", "Bengali", "Tamil",
        "Georgian", "Armenian", "Ethiopic",
    ]:
        faces += pair(f"NotoSans{script}", f"Noto Sans {script}", script)
    faces += pair("NotoSansSymbols", "Noto Sans Symbols", "signs, alchemy, letters in circles")
    faces += [
        Face(
            "NotoSansSymbols2-Regular.ttf", "Noto Sans Symbols2", 400, CORE,
            "NotoSansSymbols2-Regular.ttf", "arrows, dingbats, pictographs in one colour, braille",
            without=GAMES_AND_NUMBERS,
        ),
        single("NotoSansMath", "Noto Sans Math", "mathematical letters and operators"),
        single("NotoMusic", "Noto Music", "musical signs"),
        # The rest of the face only repeats what Inter and Noto Sans have.
        Face(
            "NotoSansMono-Regular.ttf", "Noto Sans Mono", 400, MONO,
            "NotoSansMono-Regular.ttf", "box drawing, blocks and shades, technical signs",
            only=((0x20, 0x20), (0xA0, 0xA0), (0x2190, 0x21FF), (0x2300, 0x23FF), (0x2500, 0x25FF)),
        ),
    ]
    return faces


def more_faces():
    """The optional pack: scripts that few titles use, added with --fonts."""
    faces = []
    for script in [
        "Khmer", "Lao", "Telugu", "Malayalam", "Gujarati", "Gurmukhi",
        "Sinhala", "Myanmar", "Thaana", "Cherokee",
    ]:
        faces += pair(f"NotoSans{script}", f"Noto Sans {script}", script, "more")
    faces.append(single("NotoSansDeseret", "Noto Sans Deseret", "Deseret", "more"))
    # The bold would be a fifth of the pack for one rare script.
    faces.append(single("NotoSerifTibetan", "Noto Serif Tibetan", "Tibetan", "more"))
    return faces


def pair(stem, family, serves, pack="default"):
    return [
        Face(f"{stem}-{style}.ttf", family, weight, CORE, f"{stem}-{style}.ttf", serves, pack)
        for style, weight in [("Regular", 400), ("Bold", 700)]
    ]


def single(stem, family, serves, pack="default"):
    name = f"{stem}-Regular.ttf"
    return Face(name, family, 400, CORE, name, serves, pack)
