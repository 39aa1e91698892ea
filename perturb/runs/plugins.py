"""Transforms of one's own: a Python file that registers them. Trusted code; its hash goes into the manifest."""

from __future__ import annotations

import importlib.util
import sys
from hashlib import blake2b
from pathlib import Path

from perturb.core.errors import PerturbError, UsageError

_loaded: dict[str, str] = {}


def load_plugin(path: str) -> None:
    """Run a Python file that registers transforms (``load_plugin("my.py")``), once; UsageError where it fails."""
    real = str(Path(path).resolve())
    if real in _loaded:
        return
    name = "perturb_plugin_" + blake2b(real.encode(), digest_size=6).hexdigest()
    try:
        if not Path(real).is_file():
            raise UsageError(f"{path}: no such file; expected a Python file that registers transforms")
        spec = importlib.util.spec_from_file_location(name, real)
        if spec is None or spec.loader is None:
            raise UsageError(f"{path}: not a Python file (its name must end in .py)")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    except PerturbError:
        raise
    except (Exception, SystemExit) as e:  # whatever the user's code does, the message names its file
        raise UsageError(f"{path}: the plugin cannot be loaded: {type(e).__name__}: {e}") from None
    _loaded[real] = name
