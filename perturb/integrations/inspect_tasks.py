"""Inspect AI: finding the task that is to be wrapped, and saying what cannot be done as Inspect says it."""

from __future__ import annotations

import importlib
import os
import runpy
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from inspect import signature
from pathlib import Path
from typing import Any

from perturb.core.errors import PerturbError, UsageError, did_you_mean

_EXPECTED = "expected FILE.py@NAME or PACKAGE/NAME"


def made(name: str, task_args: dict[str, Any]) -> Any:
    """Make a task by FILE.py@NAME or PACKAGE/NAME (``made("sums.py@sums", {})``); UsageError where that cannot be.

    A file's own folder is where it finds its modules and data, as with ``inspect eval FILE.py``.
    """
    file, at, inner = name.partition("@")
    if at and not Path(file).is_file():
        raise UsageError(f"task {name!r}: no file {file}; {_EXPECTED}")
    with _at_home(Path(file).resolve().parent if at else Path.cwd()):
        found = runpy.run_path(Path(file).name) if at else _package(name)
        inner = inner if at else name.rpartition("/")[2]
        if not callable(found.get(inner)):
            known = [key for key, value in found.items() if hasattr(value, "__registry_info__")]
            raise UsageError(
                f"task {name!r}: there is no task {inner!r} there{did_you_mean(inner, known)}; {_EXPECTED}"
            )
        try:
            signature(found[inner]).bind(**task_args)
        except TypeError as e:
            raise UsageError(f"task {name!r}: {e}") from None
        return found[inner](**task_args)


def _package(name: str) -> dict[str, Any]:
    """Give the names of a package's registry, or of the package itself."""
    package, slash, _ = name.rpartition("/")
    if not slash:
        raise UsageError(f"task {name!r}: {_EXPECTED}")
    for module in (f"{package}._registry", package):
        try:
            return vars(importlib.import_module(module))
        except ModuleNotFoundError as e:
            if not e.name or not module.startswith(e.name):
                raise  # it is there, and lacks something itself
    raise UsageError(f"task {name!r}: no package {package!r} is installed; {_EXPECTED}")


@contextmanager
def _at_home(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        os.chdir(before)
        if str(folder) in sys.path:
            sys.path.remove(str(folder))


@contextmanager
def told() -> Iterator[None]:
    """Turn our errors into those that ``inspect eval`` shows by their message alone."""
    try:
        yield
    except PerturbError as e:
        try:
            from inspect_ai._util.error import PrerequisiteError
            from rich.markup import escape
        except ImportError:  # not public: where it is gone, ours is shown with its traceback
            raise e from None
        raise PrerequisiteError(escape(f"perturb: {e}")) from None
