"""Files as sources: what a path on the command line stands for, in a fixed order, and how it is opened."""

from __future__ import annotations

import io
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from vientro.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

STDIN = "-"


@dataclass(frozen=True, slots=True)
class File:
    """`name` is what the ledger calls the file: its path inside the folder that was given, so that it is the same on every machine."""

    name: str
    path: Path | None
    size: int

    @property
    def source(self) -> str:
        """The file itself, whatever it is called from where."""
        return str(self.path.resolve()) if self.path else self.name


def sources(paths: Iterable[str], skip: Collection[Path] = ()) -> list[File]:
    """The files that `paths` name, folders walked in sorted order, "-" for standard input; raises InputError where nothing is.

    Hidden files, and those of `skip` (the ledger and the report themselves), are left out of folders.
    """
    own = {path.resolve() for path in skip}
    found: list[File] = []
    given = None
    for given in paths:
        path = Path(given)
        if given == STDIN:
            found.append(File(STDIN, None, 0))
        elif path.is_dir():
            found.extend(File(name, inner, inner.stat().st_size) for name, inner in _walk(path) if inner.resolve() not in own)
        elif path.exists():
            found.append(File(path.name, path, path.stat().st_size))
        else:
            raise InputError(given, "there is no such file or folder", "Give the path of a file, of a folder, or - for standard input")
    if given is not None and not found:
        raise InputError(given, "there are no files in this folder", "Give a file or a folder of articles, or - for standard input")
    return found


def _walk(folder: Path) -> Iterator[tuple[str, Path]]:
    top = folder.resolve().name
    for here, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(here) / name
            if not name.startswith(".") and path.is_file():
                yield str(Path(top) / path.relative_to(folder)), path


@contextmanager
def opened(file: File) -> Iterator[io.BufferedReader]:
    """The file's bytes; raises OSError where they can't be had."""
    if file.path is None:
        stream = sys.stdin.buffer
        yield stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast("io.RawIOBase", stream))
    else:
        with file.path.open("rb") as stream:
            yield stream
