"""Pages as they were fetched, in a folder: packed files named by the SHA-256 of what they hold, each written whole or not at all."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from pathlib import Path

from vientro.model.errors import StoreError
from vientro.publish import atomic


def folder_of(ledger: str) -> Path:
    """The archive beside a ledger; of one that is named by an address, in the folder of today."""
    if "://" in ledger:
        name = ledger.rpartition("/")[2].partition("?")[0] or "vientro"
        return Path(f"{name}.archive")
    return Path(f"{ledger}.archive")


class Archive:
    """The archive in a folder, which is made with the first page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, body: bytes) -> str:
        """Keep the bytes of a page; returns their SHA-256. What is there already is not written again."""
        hash_ = hash_of(body)
        path = self._path(hash_)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            atomic.write(path, gzip.compress(body, 6, mtime=0))
        return hash_

    def get(self, hash_: str) -> bytes | None:
        """The bytes of a page; None where they are not kept. Raises StoreError where the file is damaged."""
        path = self._path(hash_)
        if not path.is_file():
            return None
        try:
            body = gzip.decompress(path.read_bytes())
        except (OSError, EOFError, zlib.error) as error:
            raise StoreError(f"{path}: this page of the archive is damaged. Restore a copy of the archive") from error
        if hash_of(body) != hash_:
            raise StoreError(f"{path}: this page of the archive is not the one that was put there. Restore a copy of the archive")
        return body

    def drop(self, hash_: str) -> None:
        """Forget the bytes of a page that must not be kept."""
        self._path(hash_).unlink(missing_ok=True)

    def _path(self, hash_: str) -> Path:
        return self.folder / hash_[:2] / f"{hash_}.gz"


def hash_of(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()
