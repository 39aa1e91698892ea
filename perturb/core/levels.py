"""The levels of the mask, one byte a character, and what each reach may touch."""

from __future__ import annotations

FREE, NAME, SLOT, LOCKED = 0, 1, 2, 3
LEVELS = ("free", "name", "slot", "locked")
REACHES = ("free", "form", "loss")

# Which characters a word on offer under this reach may not have (1).
BARRED = {
    "free": bytes([0, 1, 1, 1]).ljust(256, b"\1"),
    "form": bytes([0, 0, 0, 1]).ljust(256, b"\1"),
    "loss": bytes([0, 0, 0, 1]).ljust(256, b"\1"),
}
