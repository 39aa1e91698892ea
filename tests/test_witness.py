"""The corpus as a witness, and the judge that is asked last."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from perturb import Perturber
from perturb.core.errors import DataError, StepFailed, UsageError
from perturb.items.witness import Witness, normal
from perturb.prepare import lexis
from perturb.testing.processes import perturb  # noqa: F401  (see test_the_command)
