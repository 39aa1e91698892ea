"""Installed as a wheel or in place, away from the checkout: recipes and data are found, the command works."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE", "LICENSES", "perturb", "recipes", "data")
HERE = [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]

pytest.importorskip("build")
setuptools = pytest.importorskip("setuptools")
if tuple(int(n) for n in setuptools.__version__.split(".")[:2]) < (70, 1):
    pytest.importorskip("wheel")


def ran(command, cwd, path=()):
    """Run a command away from the checkout; give stdout, fail with all that it said."""
    env = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "NLTK_DATA")}
    env |= {"PYTHONPATH": os.pathsep.join(path), "PYTHONDONTWRITEBYTECODE": "1", "PIP_NO_INDEX": "1", "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Copy what a build needs, so that the checkout stays as it is."""
    folder = tmp_path_factory.mktemp("source") / "perturb"
    folder.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, folder / part)
    return folder


@pytest.fixture(scope="module")
def built(source, tmp_path_factory):
    """Build the sdist and, from it, the wheel."""
    out = tmp_path_factory.mktemp("dist")
    ran([sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(source)], out)
    return next(out.glob("*.tar.gz")), next(out.glob("*.whl"))


def environment(folder, what, path=()):
    """Make an environment with perturb and nothing else, then let it see the packages that are here."""
    venv.create(folder, with_pip=True)
    bin_ = folder / ("Scripts" if os.name == "nt" else "bin")
    python = str(bin_ / "python")
    ran([python, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", *what], folder, path)
    site = ran([python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"], folder).strip()
    Path(site, "zz_packages_here.pth").write_text("\n".join(HERE) + "\n")
    return bin_


@pytest.fixture(scope="module", params=["wheel", "editable"])
def bin_(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "wheel":
        return environment(folder, [str(request.getfixturevalue("built")[1])])
    return environment(folder, ["-e", str(request.getfixturevalue("source"))], HERE)


def shipped(kind, ending):
    return sorted(p.relative_to(ROOT / kind).as_posix() for p in (ROOT / kind).rglob(f"*{ending}"))


def test_the_wheel_holds_recipes_tables_profiles_samples_and_licences(built):
    names = set(zipfile.ZipFile(built[1]).namelist())
    wanted = [f"perturb/recipes/{n}" for n in shipped("recipes", ".yaml")]
    wanted += [f"perturb/data/{n}" for ending in (".tsv", ".yaml", ".json", ".jsonl") for n in shipped("data", ending)]
    wanted += [f"perturb/{n}" for n in shipped("perturb", ".py")] + ["perturb/py.typed"]
    assert not [n for n in wanted if n not in names]
    assert any(n.endswith("WordNet.txt") for n in names) and any(n.endswith("LICENSE") for n in names)
    assert not [n for n in names if n.startswith(("tests", "bench", "tools"))]


def test_the_sdist_holds_recipes_and_data(built):
    with tarfile.open(built[0]) as archive:
        names = {n.split("/", 1)[1] for n in archive.getnames() if "/" in n}
    wanted = [f"recipes/{n}" for n in shipped("recipes", ".yaml")]
    wanted += [f"data/{n}" for ending in (".tsv", ".yaml", ".json", ".jsonl") for n in shipped("data", ending)]
    wanted += ["README.md", "LICENSE", "LICENSES/WordNet.txt", "pyproject.toml"]
    assert not [n for n in wanted if n not in names]


def test_the_command_works_from_another_folder(bin_, tmp_path):
    perturb = str(bin_ / "perturb")
    assert "hurried" in ran([perturb, "list"], tmp_path)
    assert "gsm8k" in ran([perturb, "list", "profiles"], tmp_path)
    assert "typo.omit" in ran([perturb, "list", "transforms"], tmp_path)
    preview = [perturb, "preview", "-r", "hurried", "-s", "1", "I do not know where my new card is."]
    assert ran(preview, tmp_path) == ran(preview, tmp_path) != ""
    samples = ROOT / "data" / "samples" / "math.jsonl"
    ran([perturb, "run", str(samples), "-r", "typos+slang", "-s", "1", "-o", "out.jsonl"], tmp_path)
    ran([perturb, "replay", "out.jsonl.manifest.json", "--check"], tmp_path)


def test_it_is_the_installed_one_and_it_gives_the_same_bytes(bin_, tmp_path):
    python = str(bin_ / "python")
    where = Path(ran([python, "-c", "import perturb; print(perturb.__file__)"], tmp_path).strip())
    assert ROOT not in where.parents
    code = "import perturb; print([v.text for v in perturb.vary('I do not know where it is.', 'hurried', n=3, seed=4)])"
    assert ran([python, "-c", code], tmp_path) == ran([sys.executable, "-c", code], tmp_path, [str(ROOT)])


@pytest.mark.skipif(shutil.which("bash") is None, reason="bash is not here")
def test_completion_is_as_the_docs_say(bin_, tmp_path):
    for shell in ("zsh", "fish"):
        script = ran(["env", f"_PERTURB_COMPLETE={shell}_source", str(bin_ / "perturb")], tmp_path)
        assert "_PERTURB_COMPLETE" in script
    words = {"COMP_WORDS": "perturb rep", "COMP_CWORD": "1", "_PERTURB_COMPLETE": "bash_complete"}
    found = ran(["env", *(f"{k}={v}" for k, v in words.items()), str(bin_ / "perturb")], tmp_path)
    assert found.split() == ["plain,replay"]


def test_help_imports_nothing_heavy(bin_, tmp_path):
    code = (
        "import sys\nfrom perturb.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print([m for m in ('nlpaug', 'nltk', 'spacy', 'numpy', 'pandas', 'yaml') if m in sys.modules])"
    )
    assert ran([str(bin_ / "python"), "-c", code], tmp_path).endswith("[]\n")
