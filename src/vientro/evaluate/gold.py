"""The gold sets on disk, and the scores of the reader and the linker over them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.article.documents import documents
from vientro.evaluate.folds import model_for
from vientro.evaluate.linkfolds import weights_for
from vientro.link import link
from vientro.model.article import Article
from vientro.model.errors import InputError
from vientro.model.interchange import decode, encode
from vientro.reading import reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SETS = ("ledes", "stream", "articles", "train_ledes", "train_articles", "seeds")
_SECONDS = 600


@dataclass(frozen=True, slots=True)
class GoldSet:
    """A coded set: its documents, their claims, and where they lie."""

    name: str
    docs: Path
    gold: Path
    links: Path | None

    @property
    def sha256(self) -> str:
        """A hash over its files: a score means something only together with it."""
        parts = [self.docs, self.gold, *([self.links] if self.links else [])]
        return hashlib.sha256(b"".join(hashlib.sha256(p.read_bytes()).digest() for p in parts)).hexdigest()


def sets(data: Path) -> list[GoldSet]:
    """The gold sets below `data`. Raises InputError where there are none."""
    found = []
    for name in SETS:
        docs, gold, links = (data / "gold" / f"{name}.{part}.jsonl" for part in ("docs", "gold", "links"))
        if docs.exists() and gold.exists():
            found.append(GoldSet(name, docs, gold, links if links.exists() else None))
    if not found or not (data / "score.py").exists():
        raise InputError(str(data), "holds no gold sets", "Give the folder with score.py and gold/ by --data")
    return found


def chosen(found: list[GoldSet], names: list[str]) -> list[GoldSet]:
    """Those of the sets that have these names, all where there are none; raises InputError for a name that no set has."""
    known = [one.name for one in found]
    for name in names:
        if name not in known:
            raise InputError(f"--set {name}", "there is no such set", f"Sets: {', '.join(known)}")
    return [one for one in found if not names or one.name in names]


def articles(gold: GoldSet) -> list[Article]:
    with gold.docs.open("rb") as stream:
        return [found for found in documents(gold.docs.name, stream) if isinstance(found, Article)]


def read(gold: GoldSet, *, least: float, tell: Callable[[], None]) -> Iterator[dict[str, Any]]:
    """The claims of each document, by weights that never saw it or a copy of it, in the interchange form."""
    for article in articles(gold):
        claims = [encode(c) for c in reader.read(article, model_for(article.key)) if c.confidence >= least]
        tell()
        yield {"doc": article.key, "claims": claims}


def score(data: Path, gold: GoldSet, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What the scorer of the data says of the rows."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        file.flush()
        return _run(data / "score.py", gold.docs, gold.gold, Path(file.name))


def score_links(data: Path, gold: GoldSet) -> dict[str, Any]:
    """What the scorer says of the linker over the gold claims of a set, each pair scored by weights that never saw its deals."""
    known = {article.key: article for article in articles(gold)}
    keys = []
    claims = []
    for line in gold.gold.read_bytes().splitlines():
        row = msgspec.json.decode(line)
        article = known[row["doc"]]
        for index, claim in enumerate(decode(row, article.id, article.text)):
            keys.append((row["doc"], index, claim.id))
            claims.append(claim)
    told = {claim.article_id for claim in claims}
    coded = {name: f"{doc}#{index}" for doc, index, name in keys}
    found = link([a for a in known.values() if a.id in told], claims, lambda one, other: weights_for(coded[one], coded[other]))
    links = {one.claim: one for one in found}
    rows = [{"doc": doc, "claim": index, "step": links[name].step, "deal": links[name].deal} for doc, index, name in keys]
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as file:
        file.write(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
        file.flush()
        assert gold.links is not None
        return _run(data / "score_links.py", gold.links, Path(file.name))


def _run(scorer: Path, *paths: Path) -> dict[str, Any]:
    mend = "Is it the scorer of this data?"
    try:
        done = subprocess.run(  # noqa: S603  the scorer of the data that the user names
            [sys.executable, str(scorer), *map(str, paths), "--json"], capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise InputError(str(scorer), f"did not end within {_SECONDS} seconds", mend) from error
    if done.returncode:
        said = done.stderr.decode(errors="replace").strip().splitlines()
        raise InputError(str(scorer), said[-1] if said else f"ended with code {done.returncode} and said nothing", mend)
    try:
        return msgspec.json.decode(done.stdout, type=dict[str, Any])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise InputError(str(scorer), "printed something else than a JSON object", mend) from error
