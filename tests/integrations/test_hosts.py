"""Under ``make test-integrations`` every tool is there and can be imported, so that no test of it is skipped without a word."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hosts_here import HOSTS
from promptfoo_here import ENTRY
from shell import ENV

TOOLS = ("lm_eval", "inspect_ai", "datasets", "pandas", "polars", "pyarrow.parquet", "ray.data", "dask.bag", "pyspark.sql",
         "helm.benchmark.run", "deepeval.dataset")  # fmt: skip


@pytest.mark.skipif("PERTURB_HOSTS" not in os.environ, reason="make test-integrations says where its tools are")
def test_every_tool_is_there(tmp_path):
    env = {**ENV, "PYTHONPATH": os.pathsep.join([ENV["PYTHONPATH"], str(HOSTS)]), "DEEPEVAL_TELEMETRY_OPT_OUT": "YES"}
    code = f"import importlib\nfor name in {TOOLS}: importlib.import_module(name)"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert ENTRY.exists()
