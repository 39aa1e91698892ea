"""A variant as a row of a tool's own file; ids and what is expected ride where each tool carries them to its results."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perturb.core.errors import DataError
from perturb.integrations.promptfoo_tests import promptfoo
from perturb.integrations.question import Question, about, row_id

Writer = Callable[[dict[str, Any], Question, dict[str, Any]], dict[str, Any]]
ID_FIELDS = ("orig_id", "variant", "recipe", "run", "expect")


def openai_evals(item: dict[str, Any], asked: Question, record: dict[str, Any]) -> dict[str, Any]:
    """Give a sample of OpenAI Evals (``input`` as messages, ``ideal``); its extra keys are ignored by the evals."""
    messages = asked.input if isinstance(asked.input, list) else [{"role": "user", "content": asked.input}]
    ideal: Any = asked.golds[0] if len(asked.golds) == 1 else asked.golds
    known = {"ideal": ideal} if asked.golds else {}  # an eval that compares would fail every answer with an empty list
    return {"input": messages, **known, **about(record)}


def deepeval(item: dict[str, Any], asked: Question, record: dict[str, Any]) -> dict[str, Any]:
    """Give a golden of DeepEval; ``additional_metadata`` goes on to its test case."""
    context = {"context": asked.context} if asked.context else {}
    return {"input": _text(asked), "expected_output": _gold(asked), **context, "name": row_id(record),
            "additional_metadata": about(record)}  # fmt: skip


def ragas(item: dict[str, Any], asked: Question, record: dict[str, Any]) -> dict[str, Any]:
    """Give a row of ragas; ``ragas.Dataset`` keeps the ids, ``SingleTurnSample`` drops what it does not know."""
    own: dict[str, Any] = {key: item[key] for key in ("retrieved_contexts", "rubrics") if key in item}
    context = item.get("reference_contexts") or asked.context
    contexts = {"reference_contexts": context} if context and "retrieved_contexts" not in own else {}
    return {
        "id": row_id(record),
        "user_input": "\n".join(
            filter(None, [asked.text, asked.fields.get("choices")])
        ),  # the passage has its own column
        "reference": _gold(asked),
        **own,
        **contexts,
        **about(record),
    }


def helm(item: dict[str, Any], asked: Question, record: dict[str, Any]) -> dict[str, Any]:
    """Give an instance of HELM: the clean one's id and a perturbation, so that HELM itself computes what was lost."""
    made = {"name": record["recipe"], "robustness": True, "fairness": False, "computed_on": "perturbed",
            "seed": record["variant"]}  # fmt: skip
    references = [{"output": {"text": gold}, "tags": ["correct"]} for gold in asked.golds]
    varied = {"perturbation": made} if record["variant"] else {}
    return {
        "input": {"text": _text(asked)},
        "references": references,
        "split": "test",
        "id": str(record["of"]),
        **varied,
    }


def langsmith(item: dict[str, Any], asked: Question, record: dict[str, Any]) -> dict[str, Any]:
    """Give an example of LangSmith (``client.create_examples(dataset_id=…, examples=[…])``)."""
    return {"inputs": dict(asked.fields), "outputs": {"answer": _gold(asked)}, "metadata": about(record),
            "split": "perturbed" if record["variant"] else "clean"}  # fmt: skip


def langfuse(item: dict[str, Any], asked: Question, record: dict[str, Any]) -> dict[str, Any]:
    """Give an item of Langfuse (``client.create_dataset_item(dataset_name=…, **row)``)."""
    return {"id": row_id(record), "input": asked.input, "expected_output": _gold(asked), "metadata": about(record)}


def flat(item: dict[str, Any], asked: Question, record: dict[str, Any]) -> dict[str, Any]:
    """Give the item's own fields with the ids beside them."""
    taken = [key for key in ID_FIELDS if key in item]
    if taken:
        raise DataError(f"{row_id(record)}: the item has a field {taken[0]!r} of its own; rename it")
    return {**item, **about(record)}


def _text(asked: Question) -> str:
    if isinstance(asked.input, str):
        return asked.input
    return (
        "\n".join(f"{m['role']}: {m.get('content') or ''}" for m in asked.input) if len(asked.input) > 1 else asked.text
    )


def _gold(asked: Question) -> str:
    """Give the one answer to compare with ("any of: tea; coffee", where several are right now)."""
    if asked.kind == "any_of":
        return f"any of: {'; '.join(asked.golds)}"
    return asked.golds[0] if asked.golds else ""


WRITERS: dict[str, Writer] = {
    "openai-evals": openai_evals, "deepeval": deepeval, "ragas": ragas, "helm": helm, "langsmith": langsmith,
    "langfuse": langfuse, "promptfoo": promptfoo, "csv": flat, "parquet": flat,
}  # fmt: skip
