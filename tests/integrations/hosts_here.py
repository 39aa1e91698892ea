"""HELM and DeepEval, where ``make test-integrations`` put them."""

from __future__ import annotations

import importlib
import os
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

HOSTS = Path(os.environ.get("PERTURB_HOSTS") or ".venv-integrations/hosts").resolve()


def host(module):
    """Import a module of a tool, or skip where the tool is not there; one that lacks something itself is an error."""
    if str(HOSTS) not in sys.path:
        sys.path.append(str(HOSTS))  # last: what the environment has is not replaced
    if find_spec(module.split(".")[0]) is None:
        pytest.skip(f"{module} is not in {HOSTS}; make test-integrations gets it", allow_module_level=True)
    return importlib.import_module(module)
