"""``python -m perturb.testing PLUGIN NAME…`` prints the digests of transforms' edits (see ``digests``)."""

from __future__ import annotations

import json
import sys

from perturb.testing.processes import digest

if sys.argv[1]:
    from perturb.runs.plugins import load_plugin

    load_plugin(sys.argv[1])
print(json.dumps({name: digest(name) for name in sys.argv[2:]}))  # noqa: T201
