"""HELM and DeepEval, where ``make test-integrations`` put them."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import pytest

HOSTS = Path(os.environ.get("PERTURB_HOSTS") or ".venv-integrations/hosts").resolve()


def host(module):
    """Import a module of a tool, or skip; under ``make test-integrations`` a tool that cannot be imported is an error."""
    if str(HOSTS) not in sys.path:
        sys.path.append(str(HOSTS))  # last: what the environment has is not replaced
    if "PERTURB_HOSTS" in os.environ:
        return importlib.import_module(module)
    return pytest.importorskip(module, reason=f"{module} is not in {HOSTS}; make test-integrations gets it")
