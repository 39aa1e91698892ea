"""An item as eval tools take it: what is asked, about what, and which answers are right."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from perturb.items.field_paths import get_path, values_at
from perturb.items.gold import gold_places, gold_texts, option_labels, option_texts
from perturb.items.profiles import Profile

NUMBER = re.compile(r"-?[$€£]?\d[\d,]*(?:\.\d+)?%?")


class Question(NamedTuple):
    """The parts of an item (MMLU: text "Which gas …?", options lettered, golds ["D"], kind "letter")."""

    fields: dict[str, str]  # the input's fields, the passage and the options by their names
    text: str  # the input alone
    input: str | list[dict[str, Any]]  # all that is sent: the passage, the input and the options, or the messages
    context: list[str]
    golds: list[str]
    kind: str  # letter, number, label, bool or text; of a variant also any_of, question or none


def question_of(item: dict[str, Any], profile: Profile) -> Question:
    """Take an item apart; golds are empty where the profile names no target."""
    places = profile.inputs(item)
    chat = _messages(item, places)
    text = "\n".join(str(get_path(item, place)) for place in places)
    context = [c for c in _flat(values_at(item, profile.context)) if c] if profile.context else []
    options = option_texts(item, profile)
    golds, kind = _golds(item, profile, options)
    labels = option_labels(item, profile) if len(option_labels(item, profile)) == len(options) else []
    marks = labels or [chr(ord("A") + i) for i in range(len(options))]
    listed = "\n".join(f"{mark}. {option}" for mark, option in zip(marks, options))
    fields = (
        {_name(p): str(get_path(item, p)) for p in places}
        if chat is None
        else {_name(places[0]): json.dumps(chat, ensure_ascii=False)}
    )
    if context:
        fields[_name(profile.context)] = "\n\n".join(context)
    if options:
        fields["choices"] = listed
    whole = "\n\n".join([*context, *([text] if not listed else [f"{text}\n{listed}"])])
    return Question(fields, text, chat if chat is not None else whole, context, golds, kind)


def asked_now(item: dict[str, Any], profile: Profile, record: dict[str, Any]) -> Question:
    """Take a variant apart; in the place of the old answer stands what is right now, by its record.

    Several answers under ``any_of``, what to ask for under ``clarify``, nothing where no answer is known to be right.
    """
    asked, expect = question_of(item, profile), record["expect"]
    if expect == "same":
        return asked
    if expect == "any_of":
        return asked._replace(golds=list(record.get("any_of") or ()), kind="any_of")
    if expect == "clarify":
        return asked._replace(golds=[m["ask"] for m in record.get("missing") or ()], kind="question")
    return asked._replace(golds=[], kind="none")


def about(record: dict[str, Any]) -> dict[str, Any]:
    """Give what results need to be paired, of a variant's record."""
    return {"orig_id": record["of"], **{key: record[key] for key in ("variant", "recipe", "run", "expect")}}


def row_id(record: dict[str, Any]) -> str:
    """Name a row ("q7#hurried.k7q2m4.1"; the clean item keeps its own id)."""
    clean = str(record["of"])
    return f"{clean}#{record['recipe']}.{record['run']}.{record['variant']}" if record["variant"] else clean


def _golds(item: dict[str, Any], profile: Profile, options: list[str]) -> tuple[list[str], str]:
    if not profile.target:
        return [], "text"
    values = values_at(item, profile.target)
    if options:
        labels = option_labels(item, profile)
        marks = labels if len(labels) == len(options) else [chr(ord("A") + i) for i in range(len(options))]
        return [marks[i] for v in values for i in gold_places(v, profile.target_kind, options, labels)], "letter"
    if profile.target_kind == "bool":
        return [
            w for v in values if isinstance(v, (bool, int)) for w in (("yes", "true") if v else ("no", "false"))
        ], "bool"
    golds = gold_texts(item, profile)
    if profile.task == "intent":
        return golds, "label"
    return golds, "number" if golds and all(NUMBER.fullmatch(g) for g in golds) else "text"


def _messages(item: dict[str, Any], places: list[str]) -> list[dict[str, Any]] | None:
    """Give the list of messages that the input is in, None where it is plain text."""
    head = places[0].split("[")[0]
    found = get_path(item, head) if "[" in places[0] else None
    chat = isinstance(found, list) and all(isinstance(m, dict) and "role" in m for m in found)
    return found if chat else None


def _name(path: str) -> str:
    """Name a field by the last of its path that is a name ("turns[0]" -> "turns_0", "messages[1].content" -> "messages")."""
    plain = path.removeprefix("vars.")
    if re.search(r"\[\d+\]\.", plain):
        return plain.split("[")[0].split(".")[-1]
    return re.sub(r"\W+", "_", plain.split(".")[-1]).strip("_")


def _flat(values: list[Any]) -> list[str]:
    return [text for v in values for text in (_flat(v) if isinstance(v, list) else [v] if isinstance(v, str) else [])]
