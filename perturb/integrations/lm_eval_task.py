"""lm-evaluation-harness: the class of wrapped tasks. Few-shot examples stay clean, cached prompts are never another run's."""

from __future__ import annotations

from typing import Any

from perturb.core.errors import UsageError
from perturb.integrations.host import host
from perturb.integrations.lm_eval import CLEAN
from perturb.integrations.lm_eval_shots import Shots
from perturb.items.ids import digest


def task_class() -> Any:
    """Give the class of wrapped tasks: lm-eval's own, over perturbed documents."""
    base = host("lm_eval.api.task", "lm-eval").ConfigurableTask

    class PerturbedTask(base):  # type: ignore[misc, valid-type]
        """A task over perturbed documents."""

        dataset: Any
        sampler: Any

        def __init__(self, config: dict[str, Any] | None = None) -> None:
            self._docs: Any = None
            super().__init__(config={key: value for key, value in (config or {}).items() if key != "class"})
            if "perturb" not in self.task_docs[0]:
                raise UsageError(f"{self.config.task}: the task's process_docs drops the field 'perturb', by which results are paired; "
                                 "export files and score those instead (perturb run, perturb export)")  # fmt: skip
            if hasattr(self, "sampler"):
                names = [doc["perturb"]["of"] for doc in self._of_clean(lambda: base.eval_docs.fget(self))]
                self.sampler = Shots(self.sampler, list(dict.fromkeys(names)))

        @property
        def eval_docs(self) -> Any:
            """Look at the documents once: some tasks (GPQA) shuffle their choices anew whenever they are looked at."""
            if self._docs is None:
                self._docs = super().eval_docs
            return self._docs

        def _of_clean(self, look: Any) -> Any:
            """Look at the task's documents with the clean items in the place of the variants."""
            varied, split = self.dataset, self.config.dataset_kwargs["perturb"]["split"]
            self.dataset = {**varied, split: varied[CLEAN]}
            try:
                return look()
            finally:
                self.dataset = varied

        def fewshot_docs(self) -> Any:
            """Show clean examples, also where they come from the split that is evaluated."""
            return self._of_clean(super().fewshot_docs)

        def fewshot_context(self, doc: dict[str, Any], *args: Any, **options: Any) -> Any:
            """Put the examples of the clean item before its variant."""
            self.sampler.item = doc["perturb"]["of"]
            return super().fewshot_context(doc, *args, **options)

        def build_all_requests(self, **options: Any) -> None:
            """Build the requests, cached (``--cache_requests``) by what is in them; lm-eval itself goes by the task's name alone."""
            name = self.config.task
            runs = {doc["perturb"]["run"] for doc in self.eval_docs if doc["perturb"]["run"]}
            self.config.task = "-".join(
                [name, *sorted(runs), _content([*self.eval_docs, *getattr(self, "sampler", ())])]
            )
            try:
                super().build_all_requests(**options)
            finally:
                self.config.task = name

    return PerturbedTask


def _content(docs: list[Any]) -> str:
    """Hash documents (-> "3f9c0a1be2d4")."""
    return digest({"docs": docs}, without="")
