"""Imports point one way, and looking at the help costs next to nothing."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

import perturb

PACKAGE = Path(perturb.__file__).parent
# What a room may import of the package, and whether it may import third parties at its top.
ROOMS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "core": (("core",), ()),
    "resources": (("core",), ()),
    "language": (("core", "language", "resources"), ()),
    "transforms": (("core", "language", "resources", "transforms"), ()),
    "items": (("core", "language", "resources", "items"), ("yaml", "jsonlines", "orjson")),
    "writer": (("core", "language", "resources"), ()),
    "fitting": (("core", "language"), ()),
    "recipe": (("core", "fitting", "resources", "writer", "recipe_yaml", "language"), ()),
    "recipe_yaml": (
        ("core", "fitting", "parameters", "recipe", "recipe_yaml", "resources", "writer", "language"),
        ("yaml",),
    ),
    "prepare": (("core", "items", "language"), ()),
    "variant": (("core", "items", "prepare"), ()),
    "intake": (("core", "items", "prepare"), ()),
    "record": (("items", "variant"), ()),
    "settling": (("core", "items", "prepare", "variant"), ()),
    "slipping": (("core", "fitting", "recipe", "variant", "writer"), ()),
    "drawing": (("core", "fitting", "items", "prepare", "recipe", "slipping", "variant", "writer"), ()),
    "parameters": (("core", "language", "resources"), ()),
    "arguments": (("core", "items", "recipe"), ()),
    "ledger_file": (("core",), ()),
    "ledger": (("core", "ledger_file"), ()),
    "recall": (("core", "ledger", "variant"), ()),
    "variants": (
        (
            "arguments",
            "core",
            "drawing",
            "intake",
            "items",
            "language",
            "prepare",
            "recall",
            "recipe",
            "settling",
            "slipping",
            "variant",
        ),
        (),
    ),
    "evaluate": (
        ("core", "evaluate", "language", "recipe", "recipe_yaml", "resources", "variant", "variants", "items", ""),
        (),
    ),
    "runs": (
        (
            "arguments",
            "core",
            "items",
            "language",
            "ledger",
            "recall",
            "recipe",
            "recipe_yaml",
            "record",
            "resources",
            "slipping",
            "settling",
            "variants",
            "variant",
            "runs",
            "",
        ),
        (),
    ),
    "verify": (("core", "items", "verify"), ()),
    "integrations": (("core", "evaluate", "integrations", "items", "recipe", "variant", "variants"), ("yaml",)),
}
# Modules that their host imports, and nothing else: they may import it at their top.
FOR_HOSTS = {
    "integrations/inspect_registry.py": "inspect_ai",
    "integrations/inspect_scorer.py": "inspect_ai",
    "integrations/pytest_cases.py": "pytest",
    "integrations/pytest_plugin.py": "pytest",
    "integrations/pytest_report.py": "pytest",
    "integrations/helm.py": "helm",
}
HEAVY = ("nlpaug", "nltk", "spacy", "numpy", "pandas", "sklearn", "torch")


def imports(path: Path, top: bool) -> list[str]:
    """List the modules that a file imports; ``top`` only those that importing it imports."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            node.body = []
    nodes = [n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom))]
    if top:
        inner = {n for f in ast.walk(tree) if isinstance(f, (ast.FunctionDef, ast.Lambda)) for n in ast.walk(f)}
        nodes = [n for n in nodes if n not in inner]
    found = []
    for node in nodes:
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: write imports out"
        if isinstance(node, ast.ImportFrom) and node.module == "perturb":
            found += [f"perturb.{a.name}" if (PACKAGE / a.name).exists() else "perturb" for a in node.names]
        else:
            found += [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
    return found


def files(room: str) -> list[Path]:
    return sorted((PACKAGE / room).rglob("*.py")) if (PACKAGE / room).is_dir() else [PACKAGE / f"{room}.py"]


@pytest.mark.parametrize("room", ROOMS)
def test_imports_point_one_way(room: str) -> None:
    allowed, third = ROOMS[room]
    for path in files(room):
        for name in imports(path, top=False):
            head, _, rest = name.partition(".")
            if head == "perturb":
                assert rest.split(".")[0] in allowed, f"{path.relative_to(PACKAGE)} imports {name}"
        for name in imports(path, top=True):
            head = name.split(".")[0]
            if head not in ("perturb", "__future__") and head not in sys.stdlib_module_names:
                own = FOR_HOSTS.get(path.relative_to(PACKAGE).as_posix())
                assert head in third or head == own, f"{path.relative_to(PACKAGE)} imports {name} at its top"


def test_only_resources_knows_where_the_files_are() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.name != "resources.py":
            assert "__file__" not in path.read_text("utf-8"), path


def test_no_global_randomness_and_no_clock() -> None:
    """Draws come from named streams; nlpaug knows only global state and has it put back, promises.py looks at it."""
    for path in PACKAGE.rglob("*.py"):
        used = {name.split(".")[0] for name in imports(path, top=False)}
        if path.name not in ("nlpaug_.py", "promises.py"):
            assert "random" not in used, path
        if {"core", "language", "transforms", "items"} & set(path.relative_to(PACKAGE).parts):
            assert not used & {"time", "datetime", "uuid"}, path
            assert "secrets" not in used or path.name == "sinks.py", f"{path}: only a temporary file's name is drawn so"


@pytest.mark.parametrize(
    "code",
    [
        "import perturb",
        "import perturb; perturb.Perturber, perturb.vary, perturb.load_recipe, perturb.parse_recipe, perturb.transform",
        "import perturb; perturb.vary('Where is my card?', 'hurried', seed=1)",
        "import sys; sys.argv = ['perturb', '--help']; import perturb.cli as c\n"
        "try: c.entry()\nexcept SystemExit: pass",
    ],
    ids=["import", "names", "vary", "help"],
)
def test_nothing_heavy_is_loaded(code: str) -> None:
    code += f"\nimport sys; print('LOADED', sorted(set(sys.modules) & set({HEAVY!r})))"
    env = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, timeout=60)
    assert done.stdout.strip().endswith("LOADED []"), done.stdout[-500:] + done.stderr[-2000:]


def test_the_public_names_are_there() -> None:
    assert sorted(perturb.__all__) == dir(perturb) and all(
        getattr(perturb, name) is not None for name in perturb.__all__
    )
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        perturb.nothing  # noqa: B018


def test_verify_shares_no_code_with_the_mask_and_the_engine() -> None:
    """Nor with anything that imports them: what it checks is worked out by rules of its own."""
    say = "import sys, perturb.verify.check, perturb.verify.pairs; print(*(m for m in sys.modules if m.startswith('perturb')))"
    done = subprocess.run([sys.executable, "-c", say], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert {m for m in loaded if m.startswith("perturb.core.")} == {"perturb.core.errors", "perturb.core.yaml_errors"}
    assert not [m for m in loaded if m.startswith(("perturb.language", "perturb.transforms"))]
    assert "perturb.items.locks" not in loaded and "perturb.prepare" not in loaded
