"""The project's own coding of documents of the shared corpus, which holds no text: words are offsets (docs/coding-notes.md)."""

from __future__ import annotations

import lzma
from typing import TYPE_CHECKING, Any

import msgspec

from vientro.model.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Row = dict[str, Any]

_CORPUS = ("feed", "aid_articles")
_EMPTY: Row = {"scope": "act", "support": None, "mode": None, "items": [], "amounts": [], "date": None, "due": None, "horizon": None}
_ROLES = ("actors", "recipients", "addressees")


class _Named(msgspec.Struct):
    id: str


def rows(path: Path) -> list[Row]:
    """The lines of a JSON Lines file."""
    return [msgspec.json.decode(line) for line in path.read_bytes().splitlines() if line.strip()]


def sources(corpus: Path, wanted: set[str]) -> dict[str, Row]:
    """The rows of the corpus with these ids."""
    found: dict[str, Row] = {}
    for name in _CORPUS:
        with lzma.open(corpus / f"{name}.jsonl.xz") as lines:
            found |= {one: msgspec.json.decode(line) for line in lines if (one := msgspec.json.decode(line, type=_Named).id) in wanted}
    return found


def composed(source: Row, *, article: bool) -> str:
    """The text that was coded: a headline with its lede, or a whole article."""
    if article:
        parts: list[str] = []
        for part in (source["title"], source.get("lede"), source["text"]):
            if part and not any(part[:60] in known for known in parts):
                parts.append(part)
        return "\n".join(parts)
    lede = source.get("summary") or source.get("lede") or source["text"].split("\n")[0]
    return f"{source['title']}\n{lede}"


def document(source: Row, text: str) -> Row:
    """A row as in the gold files."""
    return {k: source.get(k) for k in ("id", "source", "url", "published", "title")} | {"lang": "vi", "text": text}


def worded(claim: Row, text: str) -> Row:
    """A claim with words where the label has their offsets; what the label leaves out is empty."""

    def words(value: Any) -> Any:
        return text[value[0] : value[1]] if isinstance(value, list) else value

    out = {**_EMPTY, **{role: [] for role in _ROLES}, "speaker": None, **claim, "evidence": words(claim["evidence"])}
    out["items"] = [{**item, "text": words(item["text"])} for item in out["items"]]
    for role in _ROLES:
        out[role] = [words(value) for value in out[role]]
    out["speaker"] = words(out["speaker"])
    return out


def read(labels: Path, corpus: Path, wanted: set[str]) -> Iterator[tuple[Row, list[Row]]]:
    """Of each wanted document that a file of `labels` codes its row and its claims, as in the gold files.

    Raises InputError where the corpus holds another text than the one that was coded.
    """
    coded: dict[str, tuple[Row, bool]] = {}
    for kind in ("ledes", "articles", "long"):
        for row in rows(labels / f"{kind}.jsonl"):
            if row["doc"] in wanted:
                coded.setdefault(row["doc"], (row, kind == "articles"))
    found = sources(corpus, set(coded))
    for id_, (row, whole) in coded.items():
        if id_ not in found:
            raise InputError(str(corpus), f"has no document {id_}", "Is it the corpus that was coded?")
        text = composed(found[id_], article=whole)
        if len(text) != row["length"]:
            raise InputError(f"{corpus}, {id_}", "holds another text than the one that was coded", "Is it the corpus that was coded?")
        yield document(found[id_], text), [worded(claim, text) for claim in row["claims"]]
