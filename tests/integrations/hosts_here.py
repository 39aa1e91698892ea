"""HELM and DeepEval, where ``make test-integrations`` put them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

HOSTS = Path(os.environ.get("PERTURB_HOSTS") or ".venv-integrations/hosts").resolve()


def host(module):
    """Import a module of a tool, or skip."""
    if str(HOSTS) not in sys.path:
        sys.path.append(str(HOSTS))  # last: what the environment has is not replaced
    return pytest.importorskip(module, reason=f"{module} is not in {HOSTS}; make test-integrations gets it")
