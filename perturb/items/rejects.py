"""Bad records, written to a file with the place and the reason of each."""

from __future__ import annotations

import re
from typing import Any

from perturb.core.errors import BadRecord
from perturb.items.sinks import Sink


class Rejects(Sink):
    """Write bad records with their reasons: {"line": 7, "reason": "…", "record": "the line as it was"}."""

    def __call__(self, bad: BadRecord, raw: str) -> None:
        """Take a bad record: this is an ``on_bad`` for ``read``."""
        self.write(reject(bad.where, bad.reason, raw))


_LINE = re.compile(r":(\d+)(?::\d+)?$")


def reject(where: str, reason: str, raw: str, file: str = "") -> dict[str, Any]:
    """Make a line of the rejects; ``file`` where there are several inputs."""
    m = _LINE.search(where)
    record = {"line": int(m[1]) if m else None, "reason": reason, "record": raw}
    return {"file": file, **record} if file else record
