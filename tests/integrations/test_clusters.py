"""The page on clusters: its files are run with the real engines, and give the lines that one process writes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from shell import ENV, REPO, RunCli, jsonl

BLOCK = re.compile(r"^```python\n# (on_\w+\.py)\n(.*?)^```$", re.M | re.S)
FILES = dict(BLOCK.findall((REPO / "docs" / "clusters.md").read_text("utf-8")))
TEXT = "Where is my new card {}, please? I have waited since Monday because it hasn’t come."
# Ids that a data frame would take for numbers, a number that a float does not hold, and a lone surrogate.
ROWS = [{"id": f"{n:05}", "messages": [{"role": "user", "content": TEXT.format(n)}], "cost": n} for n in range(400)]
ODD = """{"id": "9001", "messages": [{"role": "user", "content": "Where is my \\ud83d card, please?"}], "cost": 0.10}
{"id": "9002", "messages": [{"role": "user", "content": "Why, and when?"}], "cost": 1234567890123456789012345}
"""


@pytest.fixture
def folder(tmp_path: Path, run_cli: RunCli) -> Path:
    """Give a folder with logs.jsonl, with what one process makes of it, and with the page's files."""
    jsonl(tmp_path / "logs.jsonl", ROWS)
    with (tmp_path / "logs.jsonl").open("a", encoding="utf-8") as f:
        f.write(ODD)
    args = ["run", "logs.jsonl", "-r", "hurried", "-n", "3", "-s", "7", "-p", "chat", "-q", "-o", "known.jsonl"]
    assert run_cli(*args).code == 0
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


def known(folder: Path) -> list[bytes]:
    lines = (folder / "known.jsonl").read_bytes().split(b"\n")[:-1]
    assert len(lines) > 1100
    return sorted(lines)


def written(folder: Path) -> list[bytes]:
    files = [p for p in (folder / "logs.hurried").iterdir() if not p.name.startswith((".", "_"))]
    return sorted(line for p in files for line in p.read_bytes().split(b"\n") if line)


def run(folder: Path, file: str, **env: str) -> None:
    done = subprocess.run([sys.executable, file], cwd=folder, env={**ENV, **env}, capture_output=True, timeout=300)
    assert done.returncode == 0, done.stderr.decode()[-3000:]


def test_ray(folder: Path) -> None:
    pytest.importorskip("ray.data", reason="make test-integrations gets it")
    parquet = pytest.importorskip("pyarrow.parquet")
    start = 'import ray\nray.init("local", num_cpus=2, include_dashboard=False, _node_ip_address="127.0.0.1")\n'
    (folder / "on_ray.py").write_text(start + FILES["on_ray.py"])
    run(folder, "on_ray.py", RAY_USAGE_STATS_ENABLED="0")
    assert sorted(t.encode() for t in parquet.read_table(folder / "logs.hurried")["text"].to_pylist()) == known(folder)


def test_spark(folder: Path) -> None:
    pytest.importorskip("pyspark", reason="make test-integrations gets it")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java")
    options = "--master local[2] --conf spark.ui.enabled=false --conf spark.sql.execution.arrow.maxRecordsPerBatch=50 pyspark-shell"
    run(folder, "on_spark.py", PYSPARK_SUBMIT_ARGS=options, SPARK_LOCAL_IP="127.0.0.1", PYSPARK_PYTHON=sys.executable,
        PYTHONWARNINGS="ignore")  # fmt: skip
    assert written(folder) == known(folder)


def test_sparks_function_on_frames_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same file where there is no Java: frames of 50 rows go through its function as Spark sends them."""
    pandas = pytest.importorskip("pandas", reason="make test-integrations gets it")
    made: list[str] = []

    def text(path: str) -> SimpleNamespace:
        lines = Path(path).read_text("utf-8").split("\n")[:-1]
        frames = (pandas.DataFrame({"value": lines[n : n + 50]}) for n in range(0, len(lines), 50))

        def map_in_pandas(fn: object, schema: str) -> SimpleNamespace:
            assert schema == "value string" and callable(fn)
            made.extend(value for frame in fn(frames) for value in frame["value"])
            return SimpleNamespace(write=SimpleNamespace(text=lambda _: None))

        return SimpleNamespace(mapInPandas=map_in_pandas)

    builder = SimpleNamespace(getOrCreate=lambda: SimpleNamespace(read=SimpleNamespace(text=text)))
    sql = SimpleNamespace(SparkSession=SimpleNamespace(builder=builder))
    monkeypatch.setitem(sys.modules, "pyspark", SimpleNamespace(sql=sql))
    monkeypatch.setitem(sys.modules, "pyspark.sql", sql)
    monkeypatch.chdir(folder)
    exec(compile(FILES["on_spark.py"], "on_spark.py", "exec"), {"__name__": "__main__"})
    assert sorted(line.encode() for line in made) == known(folder)


def test_dask(folder: Path) -> None:
    pytest.importorskip("dask.bag", reason="make test-integrations gets it")
    (folder / "on_dask.py").write_text(FILES["on_dask.py"].replace("16MiB", "16KiB"))  # so that there are several
    run(folder, "on_dask.py", DASK_NUM_WORKERS="2", DASK_TEMPORARY_DIRECTORY=os.fspath(folder))
    assert len(list((folder / "logs.hurried").iterdir())) > 2
    assert written(folder) == known(folder)


def test_the_page_has_a_file_for_each() -> None:
    assert sorted(FILES) == ["on_dask.py", "on_ray.py", "on_spark.py"]
