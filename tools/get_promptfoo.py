"""Install promptfoo into a folder, for the tests that run it: ``python tools/get_promptfoo.py FOLDER``.

Without its optional packages (2 GB of providers) it takes 420 MB; of these it needs one, the binding of its database. It wants Node
22.22 or later: where the Node here is older, one from npm is put beside it. Without npm nothing is installed, and the tests skip.
"""

from __future__ import annotations

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path

VERSION = "0.123.1"
LEAST = (22, 22)


def main() -> int:
    """Install what is missing."""
    folder = Path(sys.argv[1])
    if shutil.which("npm") is None:
        print("npm is not here: promptfoo is not installed, its tests are skipped")
        return 0
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n')
    install = [
        "npm",
        "install",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
        "--omit=optional",
        "--prefix",
        str(folder),
    ]
    subprocess.run([*install, f"promptfoo@{VERSION}"], check=True)
    machine = {"x86_64": "x64", "AMD64": "x64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine()]
    system = {"Linux": "linux", "Darwin": "darwin", "Windows": "win32"}[platform.system()]
    wanted = json.loads((folder / "node_modules" / "libsql" / "package.json").read_text())["optionalDependencies"]
    binding = f"@libsql/{system}-{machine}" + {"linux": "-gnu", "win32": "-msvc"}.get(system, "")
    more = [f"{binding}@{wanted[binding]}"]
    if _node() < LEAST:
        more.append(f"node-{system.replace('win32', 'win')}-{machine}@22")
    subprocess.run([*install, *more], check=True)
    return 0


def _node() -> tuple[int, ...]:
    found = shutil.which("node")
    said = subprocess.run([found, "--version"], capture_output=True, text=True, check=True).stdout if found else "v0.0"
    return tuple(int(n) for n in said.strip().lstrip("v").split(".")[:2])


if __name__ == "__main__":
    sys.exit(main())
