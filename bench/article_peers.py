"""What extractors find on saved pages of Vietnamese outlets, in one run, and how many pages a CPU-second.

    bench/article_peers.py [FOLDER]        default ../shared/pages, beside the checkout

The folder has pages and, beside each, what a person sees on it (NAME.json: title, published, lede, author_or_agency, paragraphs, captions,
must_not_contain). Peers that are not installed are left out: pip install resiliparse readability-lxml. A cell tells on how many pages a
field is right; "-" where an extractor has no such field. Text fields are compared without regard to spaces; a lede counts for a peer if it
stands in its text or its description, and "clean" says that no string that does not belong to the article was let through.
"""
# ruff: noqa: T201, PLC0415  it prints what it measured, and loads the peers that are there

from __future__ import annotations

import json
import re
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 3


@dataclass
class Found:
    """What an extractor says of a page; None for what it does not tell. `text` is all of its text."""

    text: str
    title: str | None = None
    published: str | None = None
    lede: str | None = None
    author: str | None = None
    captions: list[str] | None = None
    paragraphs: int | None = None


def ours(data: bytes, url: str) -> Found:
    from vientro.article import extract
    from vientro.model.article import Article

    article = extract(data, url)
    if not isinstance(article, Article):
        return Found("")
    author, captions = article.author or "", list(article.captions)
    return Found(article.text, article.title, article.published, article.lede or "", author, captions, len(article.paragraphs))


def with_trafilatura(data: bytes, url: str) -> Found:
    import trafilatura

    found = trafilatura.bare_extraction(data, url=url, with_metadata=True, include_comments=False)
    if found is None:
        return Found("", "", "", "", "")
    text = found.text or ""
    return Found(f"{text}\n{found.description or ''}", found.title, found.date, None, found.author or "", None, len(text.split("\n")))


def with_resiliparse(data: bytes, url: str) -> Found:  # noqa: ARG001
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(data)
    text = extract_plain_text(tree, main_content=True, alt_texts=False, links=False)
    return Found(text, tree.title)


def with_readability(data: bytes, url: str) -> Found:
    from lxml.html import fromstring
    from readability import Document

    page = Document(data, url=url)
    return Found(
        "\n".join(node.text_content() for node in fromstring(page.summary()).iter("p", "td", "li", "h2", "h3", "figcaption")),
        page.short_title(),
    )


EXTRACTORS: dict[str, Callable[[bytes, str], Found]] = {
    "vientro": ours,
    "trafilatura": with_trafilatura,
    "resiliparse": with_resiliparse,
    "readability": with_readability,
}
FIELDS = ("title", "day", "time", "lede", "author", "first", "last", "all paragraphs", "number", "captions", "clean")


def plain(text: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", text or ""))


def judged(found: Found, expected: dict[str, Any]) -> dict[str, bool | None]:
    """Which fields are right; None for those that the extractor does not have."""
    text = plain(found.text)
    captions = [plain(one) for one in expected["captions"]]
    said = found.captions
    return {
        "title": None if found.title is None else plain(found.title) == plain(expected["title"]),
        "day": None if found.published is None else found.published[:10] == expected["published"][:10],
        "time": None if found.published is None else found.published == expected["published"],
        "lede": plain(expected["lede"]) in text if found.lede is None else plain(found.lede) == plain(expected["lede"]),
        "author": None if found.author is None else plain(found.author) == plain(expected["author_or_agency"]),
        "first": plain(expected["paragraphs"]["first"]) in text,
        "last": plain(expected["paragraphs"]["last"]) in text,
        "all paragraphs": all(plain(one) in text for one in expected["all_paragraphs"]),
        "number": None if found.paragraphs is None else found.paragraphs == expected["n_paragraphs"],
        "captions": all(one in text for one in captions) if said is None else [plain(one) for one in said] == captions,
        "clean": bool(text) and not any(plain(one) in text for one in expected["must_not_contain"]),
    }


def main(folder: Path) -> None:
    pages = [
        (path.read_bytes(), json.loads(path.with_suffix(".json").read_text("utf-8"))) for path in sorted(folder.glob("*/*article*.html"))
    ]
    print(f"{len(pages)} pages\n")
    print(f"{'':12}" + "".join(f"{field:>15}" for field in FIELDS) + f"{'pages/s':>10}")
    for name, extractor in EXTRACTORS.items():
        try:
            results = [judged(extractor(data, expected["url"]), expected) for data, expected in pages]
        except ImportError:
            print(f"{name:12}  not installed")
            continue
        begin = time.process_time()
        for data, expected in pages * ROUNDS:
            extractor(data, expected["url"])
        speed = ROUNDS * len(pages) / (time.process_time() - begin)
        cells = []
        for field in FIELDS:
            answers = [result[field] for result in results]
            cells.append("-" if None in answers else str(sum(map(bool, answers))))
        print(f"{name:12}" + "".join(f"{cell:>15}" for cell in cells) + f"{speed:10.1f}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[2] / "shared" / "pages")
