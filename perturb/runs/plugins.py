"""Transforms of one's own: a Python file that registers them. Trusted code; its hash goes into the manifest."""

from __future__ import annotations

import importlib.util
import sys
import traceback
from contextlib import redirect_stdout
from hashlib import blake2b
from pathlib import Path

from perturb.core.errors import PerturbError, UsageError
from perturb.core.registry import transforms

_loaded: dict[str, str] = {}


def load_plugin(path: str) -> None:
    """Run a Python file that registers transforms (``load_plugin("my.py")``), once; UsageError where it fails."""
    real = str(Path(path).resolve())
    if real in _loaded:
        return
    before = set(transforms())  # the shipped ones first: a name that is taken is the plugin's mistake
    name = "perturb_plugin_" + blake2b(real.encode("utf-8", "surrogateescape"), digest_size=6).hexdigest()
    if not Path(real).is_file():
        raise UsageError(f"{path}: no such file; expected a Python file that registers transforms")
    spec = importlib.util.spec_from_file_location(name, real)
    if spec is None or spec.loader is None:
        raise UsageError(f"{path}: not a Python file (its name must end in .py)")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        with redirect_stdout(sys.stderr):  # what it prints must not stand among the records
            spec.loader.exec_module(module)
    except (Exception, SystemExit) as e:  # whatever the user's code does, the message names its file and line
        del sys.modules[name]
        what = str(e) if isinstance(e, PerturbError) else f"{type(e).__name__}: {e}"
        raise UsageError(f"{path}{_line(e, real)}: the plugin cannot be loaded: {what}") from None
    here = {id(value) for value in vars(module).values()}
    if not any(t.name not in before or t.fn.__module__ == name or id(t.fn) in here for t in transforms().values()):
        del sys.modules[name]
        raise UsageError(f'{path}: registers no transform; expected a function under @transform("my.name", rate=0.1)')
    _loaded[real] = name


def _line(e: BaseException, file: str) -> str:
    """Find the line of a plugin at which it failed (":7"), "" where that is not known."""
    if isinstance(e, SyntaxError):
        return f":{e.lineno}" if e.lineno and e.filename == file else ""
    lines = [frame.lineno for frame in traceback.extract_tb(e.__traceback__) if frame.filename == file]
    return f":{lines[-1]}" if lines else ""
