"""Hashes by which items and variants are known without their text."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any


def item_key(name: str) -> int:
    """Hash an item's id to 64 bits, with a sign ("q7" -> -1310…)."""
    return _hashed(name.encode("utf-8", "surrogatepass"))


def variant_key(key: Any) -> int:
    """Hash what tells variants of an item apart (``Variant.key``) to 64 bits, with a sign."""
    return _hashed(ascii(key).encode())


def _hashed(data: bytes) -> int:
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big", signed=True)
