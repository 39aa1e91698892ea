"""What every item transform promises, a function each."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable

from perturb.core.registry import Transform
from perturb.testing.cases import ITEMS, SEEDS, moved
from perturb.testing.promises import is_named_and_shown


def moves_are_repeatable(t: Transform) -> None:
    """The same streams move the same fields; the item given is never changed; each move replays and can be undone."""
    from perturb.items.field_paths import get_path

    for profile, item in ITEMS:
        for seed in range(SEEDS):
            clean = copy.deepcopy(item)
            one, two = moved(t, profile, item, seed), moved(t, profile, item, seed)
            assert one.moves == two.moves, f"{t.name}: {one.moves} and then {two.moves}, seed {seed}"
            assert item == clean, f"{t.name} changes the item that it was given"
            for move in one.moves:
                assert json.loads(move["new"]) == get_path(one.item, move["field"]) or len(one.moves) > 1
                assert move["old"] != move["new"], f"{t.name}: {move} moves nothing"


def gold_moves_along(t: Transform) -> None:
    """The right answer's text is the same before and after."""
    from perturb.items.gold import gold_texts

    for profile, item in ITEMS:
        for seed in range(SEEDS):
            view = moved(t, profile, item, seed)
            before, after = gold_texts(item, view.profile), gold_texts(view.item, view.profile)
            assert before == after, f"{t.name}: the answer {before} became {after}, seed {seed}"


def moves_something(t: Transform) -> None:
    """It does something on some ordinary item."""
    fired = any(moved(t, profile, item, seed).moves for profile, item in ITEMS for seed in range(SEEDS))
    assert fired, f"{t.name} moves nothing on {len(ITEMS)} ordinary items"


ITEM_PROMISES: tuple[Callable[[Transform], None], ...] = (
    is_named_and_shown, moves_are_repeatable, gold_moves_along, moves_something,
)  # fmt: skip
