"""Where a file may be written, and what is said where it may not."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterable
from pathlib import Path

from perturb.core.errors import UsageError

LONGEST = 240  # bytes of a name that leave room for an ending


def checked(path: str, *, force: bool = False, inputs: Iterable[str] = ()) -> Path:
    """Check that a file may be written (-> its real path, links followed); UsageError says what is in the way."""
    if not path:
        raise UsageError("an output's name is empty; give a file name, or leave the option out")
    try:
        # A link to a device or pipe (/dev/stdout) has no real path to speak of.
        final = Path(path) if direct(Path(path)) else Path(os.path.realpath(path))
        for other in inputs:
            if other != "-" and same(final, other):
                raise UsageError(f"{path}: is the same file as {other}; give another name for the output")
        if final.is_dir():
            raise UsageError(f"{path}: is a directory; give a file name in it")
        if not final.parent.is_dir():
            raise UsageError(f"{path}: cannot be written (no folder {str(Path(path).parent)!r}); make it first")
        if final.exists() and not direct(final) and not force:
            raise UsageError(f"{path}: exists already; give another name, or --force to replace it")
    except OSError as e:
        raise UsageError(f"{path}: cannot be written ({why(e)})") from None
    except ValueError:
        raise UsageError(f"{path!r}: not a file name") from None
    return final


def beside(final: Path, ending: str) -> Path:
    """Name a file of ours beside an output, always the same one ("out.jsonl", "part" -> "out.jsonl.part")."""
    name = os.fsencode(final.name)
    if len(name) > LONGEST:
        from hashlib import blake2b

        return final.with_name(f"perturb-{blake2b(name, digest_size=8).hexdigest()}.{ending}")
    return final.with_name(f"{final.name}.{ending}")


def same(final: Path, other: str) -> bool:
    """Tell whether two names are one file, also where a link leads to it or it is not there yet."""
    try:
        return os.path.samefile(final, other)
    except OSError:
        return str(final) == os.path.realpath(other)


def direct(path: Path) -> bool:
    """Tell whether a path is a device, pipe or socket (/dev/null), which nothing can be moved over."""
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False


def sync(folder: Path) -> None:
    """Make the new name itself last; folders cannot be opened everywhere, and then there is nothing to do."""
    try:
        fd = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(fd)
    except OSError:
        pass  # not on this file system
    finally:
        os.close(fd)


def moved(temp: Path, final: Path) -> None:
    """Move a finished file to its name, with the mode of what stood there, so that it lasts."""
    if final.exists():
        shutil.copymode(final, temp)
    os.replace(temp, final)
    sync(final.parent)


def why(e: OSError) -> str:
    """Say an operating system's error in lower case ("no such file or directory")."""
    return "no space left on the device" if e.errno == errno.ENOSPC else (e.strerror or str(e)).lower()
