"""Install HELM and DeepEval into a folder, for the tests that use them: ``python tools/get_hosts.py FOLDER``.

With all that they ask for, HELM is 6 GB and DeepEval holds click back. What the tests touch of them needs these few packages (80 MB), which
so are installed without their dependencies, apart from the environment: neither's pytest plugins are loaded.
"""

from __future__ import annotations

import subprocess
import sys

WANTED = {
    "crfm-helm==0.5.16": "cattrs colorlog dacite mako pyhocon pyparsing retrying ubelt uncertainty-calibration",
    "deepeval==4.3.1": "nest-asyncio openai pydantic-settings",
}


def main() -> int:
    """Install them."""
    names = [name for tool, needs in WANTED.items() for name in (tool, *needs.split())]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--no-deps", "--upgrade"]
    return subprocess.run([*pip, "--target", sys.argv[1], *names]).returncode


if __name__ == "__main__":
    sys.exit(main())
