"""The manifest of the font files: fonts.toml for programs, a table in README.md."""

import faces


def entries(singles):
    """One entry a file: path, families, weight, scripts served, pack."""
    found = [
        {
            "file": ("more/" if face.pack == "more" else "") + face.file,
            "families": [face.family],
            "weight": face.weight,
            "serves": face.serves,
            "pack": face.pack,
            "from": face.package,
        }
        for face in singles
    ]
    for style, weight in [("Regular", 400), ("Bold", 700)]:
        found.append(
            {
                "file": f"NotoSansCJK-{style}.ttc",
                "families": [f"Noto Sans CJK {region}" for region in ["JP", "KR", "SC", "TC"]],
                "weight": weight,
                "serves": "Japanese, Korean, both Chinese, full width",
                "pack": "default",
                "from": faces.CJK,
            }
        )
    found.append(
        {
            "file": "Twemoji.ttf",
            "families": ["Twemoji"],
            "weight": 400,
            "serves": "colour emoji to Emoji 15.0 with their sequences",
            "pack": "default",
            "from": faces.TWEMOJI,
        }
    )
    return found


def write(out, entries, versions):
    versions = {**versions, faces.TWEMOJI: faces.TWEMOJI_VERSION}
    write_manifest(out, entries, versions)
    write_tables(out, entries, versions)


def write_manifest(out, entries, versions):
    """fonts.toml: plain enough for a TOML reader of any kind."""
    lines = [
        "# Written by `cargo xtask fonts`; do not edit.",
        "",
        "[sources]",
        *(f'{package} = "{version}"' for package, version in versions.items()),
    ]
    for entry in entries:
        size = (out / entry["file"]).stat().st_size
        families = ", ".join(f'"{family}"' for family in entry["families"])
        lines += [
            "",
            "[[font]]",
            f'file = "{entry["file"]}"',
            f"families = [{families}]",
            f"weight = {entry['weight']}",
            f'serves = "{entry["serves"]}"',
            f'pack = "{entry["pack"]}"',
            f'from = "{entry["from"]}"',
            f"bytes = {size}",
        ]
    (out / "fonts.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")


def write_tables(out, entries, versions):
    """Replace what stands between the marks in README.md, and nothing else."""
    path = out / "README.md"
    text = path.read_text(encoding="utf-8")
    for mark, lines in [
        ("sources", source_table(versions)),
        ("default", file_table(out, entries, "default")),
        ("more", file_table(out, entries, "more")),
    ]:
        begin, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
        head, _, rest = text.partition(begin)
        _, found, tail = rest.partition(end)
        if not found:
            raise SystemExit(f"{path} has lost its marks for the table '{mark}'")
        text = head + begin + "\n".join(lines) + "\n" + end + tail
    path.write_text(text, encoding="utf-8")


def source_table(versions):
    lines = ["| package | version | from |", "|---|---|---|"]
    for package, version in versions.items():
        origin = "npm" if package == faces.TWEMOJI else "Debian 12"
        lines.append(f"| {package} | {version} | {origin} |")
    return lines


def file_table(out, entries, pack):
    """One row a file, and the sum."""
    lines = ["| file | family | weight | bytes | serves |", "|---|---|---|---:|---|"]
    total = 0
    for entry in entries:
        if entry["pack"] != pack:
            continue
        size = (out / entry["file"]).stat().st_size
        total += size
        families = entry["families"][0]
        if len(entry["families"]) > 1:
            families += "".join(f" / {name.rsplit(' ', 1)[1]}" for name in entry["families"][1:])
        lines.append(
            f"| {entry['file']} | {families} | {entry['weight']} | {size:,} | {entry['serves']} |"
        )
    lines.append(f"| **all** | | | **{total:,}** | |")
    return lines
