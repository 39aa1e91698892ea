"""Wrappers of lm-eval's tasks and groups, as YAML files that include the stock ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from perturb.core.errors import UsageError, did_you_mean
from perturb.integrations.host import host
from perturb.integrations.lm_eval_data import absolute, checked, fitting
from perturb.integrations.lm_eval_yaml import dump, task_file

_OF_GROUPS = (
    "group",
    "group_alias",
    "task",
    "aggregate_metric_list",
    "metadata",
    "tag",
)  # what else stands there is its tasks'


def wrap(
    task: str, folder: str | Path, recipe: str, *, n: int = 1, keep: bool = False, data: dict[str, str] | None = None,
    include: str = "", profile: str = "auto", expect: str = "same",
) -> list[Path]:  # fmt: skip
    """Write the wrapper of a task, group or tag (``wrap("gsm8k", "tasks", "hurried")``); the paths of the files.

    For each task two: ``NAME_perturbed`` and ``NAME_clean`` (the same items untouched, with ids); and a group ``NAME_perturb`` of
    both; with ``keep`` the clean items stand in the first, and the second is not needed. ``data`` names local files for splits instead
    of the task's own. Raises UsageError or DataError for what cannot be wrapped.
    """
    tasks = host("lm_eval.tasks", "lm-eval")
    given = {"recipe": absolute(recipe), "n": n, "keep": keep, "profile": absolute(profile), "expect": expect}
    perturber = checked(given, data or {}, include)
    index = tasks.TaskManager(include_path=include or None).task_index  # looks at thousands of files
    if task not in index:
        raise UsageError(f"lm-eval has no task {task!r}{did_you_mean(task, index)}")
    files: dict[str, dict[str, Any]] = {}
    clean = {**given, "recipe": "", "n": 1, "keep": False, "expect": "same"}
    kinds = {"perturbed": given} if keep else {"clean": clean, "perturbed": given}
    for kind, more in kinds.items():
        _wrap(task, kind, index, more, data or {}, files)
    files[f"{task}_perturb"] = {"group": f"{task}_perturb", "task": [f"{task}_{kind}" for kind in kinds]}
    fitting(files, data or {}, perturber)
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    out = []
    for name, config in files.items():
        path = target / f"{name}.yaml"
        path.write_text(dump(config), "utf-8")
        out.append(path)
    return out


def _wrap(
    name: str, kind: str, index: Any, given: dict[str, Any], data: dict[str, str], files: dict[str, Any],
    own: dict[str, Any] | None = None,
) -> str:  # fmt: skip
    """Put the wrapper of a task, group or tag, and of all its members, into ``files``; its new name.

    ``own`` is what groups set for it (openllm: ``num_fewshot``).
    """
    new = f"{name}_{kind}"
    if name not in index:
        raise UsageError(f"the group names a task {name!r} that lm-eval does not have")
    entry = index[name]
    if entry.kind.name == "TAG":
        members = [_wrap(member, kind, index, given, data, files, own) for member in sorted(entry.tags)]
        files[new] = {"group": new, "task": members}
        return new
    loaded = host("lm_eval.tasks._yaml_loader", "lm-eval").load_yaml
    config = loaded(entry.yaml_path, resolve_func=False) if entry.yaml_path else dict(entry.cfg or {})
    if entry.kind.name == "GROUP":
        return _group(config, name, kind, index, given, data, files, own)
    own = {key: value for key, value in (own or {}).items() if key != "task_alias"}
    made = task_file(new, kind, entry, {**config, **own}, given, data)
    made |= {key: value for key, value in own.items() if not key.startswith("dataset_")}  # these are in the loader
    if files.setdefault(new, made) != made:
        raise UsageError(f"the group has the task {name!r} twice, set otherwise each time; wrap its tasks one by one")
    return new


def _group(
    config: dict[str, Any], name: str, kind: str, index: Any, given: dict[str, Any], data: dict[str, str], files: dict[str, Any],
    own: dict[str, Any] | None = None,
) -> str:  # fmt: skip
    """Put a group and its members, which may be groups written in place, into ``files``; its new name."""
    members, new = [], f"{name}_{kind}"
    shared = {key: value for key, value in config.items() if key not in _OF_GROUPS} | (own or {})
    for member in config.get("task") or ():
        inner = {} if isinstance(member, str) else dict(member)
        within = inner.pop("group", None)
        found = member if isinstance(member, str) else within or inner.pop("task", None)
        if not isinstance(found, str):
            raise UsageError(f"a group's member {member!r} has no name; wrap its tasks one by one")
        members.append(_group(inner, found, kind, index, given, data, files, shared) if within and "task" in inner
                       else _wrap(found, kind, index, given, data, files, {**shared, **inner}))  # fmt: skip
    files[new] = {
        "group": new,
        "task": members,
        **{key: config[key] for key in ("aggregate_metric_list",) if key in config},
    }
    return new
