"""What preview and explain are given: a file of items, or one text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from perturb.cli.options import is_file, taken_as_text

if TYPE_CHECKING:
    from perturb.variants import Perturber


def items_of(perturber: Perturber, source: str, limit: int) -> Iterator[dict[str, Any]]:
    """Give a file's items, the bad ones named by their line, or a text as the only item."""
    from perturb.core.errors import UsageError
    from perturb.items.profiles import Profile
    from perturb.runs.feed import Feed

    if is_file(source):
        feed = Feed([source], limit=limit)
        perturber.on_bad = feed.bad_item
        return feed.items()
    taken_as_text(source)
    if perturber.profile != "auto" or perturber.told:
        raise UsageError("--profile and --…-field are for files: a TEXT has no fields")
    perturber.profile = Profile("text", ("text",), task="chat")
    return iter([{"text": source}])
