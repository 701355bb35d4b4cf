"""Builds the fonts of templates/fonts from the packages that ship them.

Usage: build.py OUT TWEMOJI_WOFF2. Run through `cargo xtask fonts`, which
installs what is missing. The same packages give the same bytes.
"""

import hashlib
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import check
import cjk
import cut
import document
import faces

CJK_WEIGHTS = [("Regular", 400), ("Bold", 700)]


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    out, twemoji = Path(sys.argv[1]), Path(sys.argv[2])
    sources = package_files([faces.INTER, faces.CORE, faces.EXTRA, faces.MONO, faces.CJK])
    check_digest(twemoji)
    singles = faces.default_faces() + faces.more_faces()

    # Two jobs at once: the two collections take a minute each.
    with ProcessPoolExecutor(max_workers=2) as pool:
        jobs = [
            pool.submit(cjk.build, sources[f"NotoSansCJK-{style}.ttc"], weight)
            for style, weight in CJK_WEIGHTS
        ]
        made = {}
        for face in singles:
            made[folder(face.pack) + face.file] = pool.submit(cut.cut, sources[face.source], face)
        made["Twemoji.ttf"] = pool.submit(cut.emoji, twemoji, "Twemoji")
        for (style, _), job in zip(CJK_WEIGHTS, jobs):
            made[f"NotoSansCJK-{style}.ttc"] = job
        files = {name: job.result() for name, job in made.items()}

    write(out, files)
    entries = document.entries(singles)
    document.write(out, entries, package_versions())
    check.run(out, entries, singles, sources)


def folder(pack):
    return "" if pack == "default" else f"{pack}/"


def package_files(packages):
    """Every font file of the Debian packages by its name."""
    found = {}
    for package in packages:
        listing = subprocess.run(["dpkg", "-L", package], capture_output=True, text=True)
        if listing.returncode != 0:
            raise SystemExit(f"the Debian package {package} is not installed: {listing.stderr}")
        for line in listing.stdout.splitlines():
            if line.endswith((".ttf", ".otf", ".ttc")):
                found[Path(line).name] = line
    return found


def package_versions():
    versions = {}
    for package in [faces.INTER, faces.CORE, faces.EXTRA, faces.MONO, faces.CJK]:
        query = ["dpkg-query", "--show", "--showformat=${Version}", package]
        versions[package] = subprocess.run(
            query, capture_output=True, text=True, check=True
        ).stdout
    return versions


def check_digest(path):
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != faces.TWEMOJI_SHA256:
        raise SystemExit(f"{path} is not the pinned file: its SHA-256 is {digest}")


def write(out, files):
    """Write the files, and drop fonts that the recipe no longer makes."""
    (out / "more").mkdir(parents=True, exist_ok=True)
    for old in [*out.glob("*.tt?"), *out.glob("more/*.tt?")]:
        if old.relative_to(out).as_posix() not in files:
            old.unlink()
    for name, data in files.items():
        (out / name).write_bytes(data)


if __name__ == "__main__":
    main()
