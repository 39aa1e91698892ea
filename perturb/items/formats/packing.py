"""Packed files: gzip by the standard library, zstd by zstandard (an extra)."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable
from typing import IO, Any, cast

from perturb.core.errors import MissingResource

_BLOCK = 1 << 13  # of packed bytes: what they unpack to must fit in memory even where the file means harm


def unpacked(file: IO[bytes], packing: str) -> IO[bytes]:
    """Read a packed file as what it holds (``unpacked(f, "gzip")``); a cut or damaged one raises OSError."""
    if not packing:
        return file
    read = gzip.GzipFile(fileobj=file).read if packing == "gzip" else _Zstd(file).read
    return cast("IO[bytes]", io.BufferedReader(_Through(read, file.close, packing), 1 << 16))


def packed(file: IO[bytes], packing: str) -> IO[bytes]:
    """Write to a file packed; closing what is returned ends the packing and leaves the file open.

    The same bytes give the same file: a gzip header carries neither time nor name.
    """
    if packing == "gzip":
        return cast("IO[bytes]", gzip.GzipFile(filename="", mode="wb", compresslevel=6, fileobj=file, mtime=0))
    return cast("IO[bytes]", zstd().ZstdCompressor(level=3, write_checksum=True).stream_writer(file, closefd=False))


def zstd() -> Any:
    """Import zstandard; MissingResource says how to get it."""
    try:
        import zstandard
    except ImportError:
        raise MissingResource('.zst files need the zstandard package: pip install "perturb[zst]"') from None
    return zstandard


class _Zstd:
    """Unpack frame after frame, and know a file that ends within one."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.zstd = file, zstd()
        self.frame: Any = None
        self.rest, self.ready = b"", b""

    def read(self, size: int) -> bytes:
        while not self.ready:
            data = self.rest or self.file.read(_BLOCK)
            self.rest = b""
            if not data:
                if self.frame is not None:
                    raise EOFError
                return b""
            if self.frame is None:
                self.frame = self.zstd.ZstdDecompressor().decompressobj()
            try:
                self.ready = self.frame.decompress(data)
            except self.zstd.ZstdError as e:
                raise zlib.error(str(e)) from None
            if self.frame.eof:
                self.rest, self.frame = self.frame.unused_data, None
        out, self.ready = self.ready[:size], self.ready[size:]
        return out


class _Through(io.RawIOBase):
    """Let what a function reads be read as a file; what is wrong with the packing is an OSError."""

    def __init__(self, read: Callable[[int], bytes], close: Callable[[], object], packing: str) -> None:
        self._read, self._close, self._packing = read, close, packing

    def readable(self) -> bool:
        """Say that it is."""
        return True

    def readinto(self, into: Any) -> int:
        """Read some bytes, 0 at the end."""
        try:
            data = self._read(len(into))
        except EOFError:
            raise OSError(f"the {self._packing} data ends too early: the file was cut") from None
        except (gzip.BadGzipFile, zlib.error) as e:
            raise OSError(f"not {self._packing}, or damaged: {str(e).lower()}") from None
        into[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what is read."""
        if not self.closed:
            self._close()
        super().close()


class Tapped(io.RawIOBase):
    """Let a function see all bytes of a file as they are read."""

    def __init__(self, file: Any, tap: Callable[[bytes], object], close: bool) -> None:
        self._file, self._tap, self._close = file, tap, close

    def readable(self) -> bool:
        """Say that it is."""
        return True

    def readinto(self, into: Any) -> int:
        """Read some bytes, 0 at the end."""
        data = self._file.read1(len(into))  # as much as a pipe has now: it is not waited for more
        self._tap(data)
        into[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close what is read."""
        if not self.closed and self._close:
            self._file.close()
        super().close()
