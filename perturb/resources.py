"""The only module that knows where ``recipes/`` and ``data/`` are, installed or in a checkout."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from perturb.core.errors import PerturbError


@cache
def root(kind: str) -> Path:
    """Find a folder of shipped files ("recipes" -> …/perturb/recipes)."""
    here = Path(__file__).resolve().parent
    for folder in (here / kind, here.parent / kind):
        if folder.is_dir() and any(folder.iterdir()):
            return folder
    raise PerturbError(f"the shipped {kind}/ folder is missing beside {here}: install perturb again")


@cache
def data_digest() -> str:
    """Hash all shipped tables and profiles (-> 16 hex digits); a replay refuses another set of them.

    Samples and realism cards are left out: no draw depends on them.
    """
    h = blake2b(digest_size=8)
    folder = root("data")
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (
            path.is_file()
            and not name.startswith(("samples/", "realism/"))
            and path.suffix in (".tsv", ".yaml", ".json", ".txt")
        ):
            h.update(f"{name}\0".encode() + path.read_bytes() + b"\0")
    return h.hexdigest()
