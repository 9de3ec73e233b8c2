"""One article for a person or a program: its text by zones, what its address showed when, what changed, what is claimed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vientro.model.interchange import encode
from vientro.publish.safe import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from vientro.article.changes import Change
    from vientro.model.article import Article
    from vientro.model.claim import Claim

_MARKS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("[+", "+]")}


@dataclass(frozen=True, slots=True)
class Shown:
    """What an address showed from a moment on (ISO 8601, UTC): an article (None: none any more), the hash of its page, and why."""

    url: str
    article: str | None
    page: str | None
    at: str
    why: str


@dataclass(frozen=True, slots=True)
class Story:
    """An article with its claims, the versions of its address, and what changed in it since the version before."""

    article: Article
    claims: tuple[Claim, ...]
    versions: tuple[Shown, ...]
    changes: tuple[Change, ...]

    @property
    def withdrawn(self) -> bool:
        return bool(self.versions) and self.versions[-1].article is None

    @property
    def newer(self) -> str | None:
        """The version that its address showed last, if that is another one."""
        last = next((one.article for one in reversed(self.versions) if one.article), None)
        return last if last != self.article.id else None


def text(story: Story) -> str:
    """For a terminal."""
    return "".join(f"{line}\n" for line in _lines(story))


def _lines(story: Story) -> Iterator[str]:
    article = story.article
    about = {"id": article.id, "outlet": article.outlet, "address": article.url, "published": article.published, "author": article.author}
    for name, value in about.items():
        yield f"{name}: {printable(value or '-')}"
    if story.withdrawn:
        yield "withdrawn: its outlet does not show it any more"
    if story.newer:
        yield f"replaced by: {story.newer}"
    yield ""
    for zone in article.zones:
        yield f"[{'heading' if zone.heading else zone.kind}] {printable(zone.span.of(article.text))}"
    for one in story.versions[: len(story.versions) if len(story.versions) > 1 else 0]:
        yield f"version {one.at}: {one.article or 'nothing'} ({printable(one.why)})"
    for change in story.changes:
        pieces = "".join(f"{_MARKS[piece.kind][0]}{piece.text}{_MARKS[piece.kind][1]}" for piece in change.pieces)
        yield f"changed in {change.zone}: {printable(pieces or f'[-{change.before}-][+{change.after}+]')}"
    yield ""
    yield f"{len(story.claims)} claims"
    for claim in story.claims:
        yield f"  {claim.id} {claim.type} ({claim.modality}, {claim.confidence:.2f}): {printable(claim.evidence)}"


def record(story: Story) -> dict[str, Any]:
    """For a program."""
    article = story.article
    names = ("id", "key", "outlet", "url", "published", "modified", "lang", "title", "author", "agency", "text")
    return {
        **{name: getattr(article, name) for name in names},
        "zones": [{"kind": zone.kind, "span": [zone.span.start, zone.span.stop]} for zone in article.zones],
        "withdrawn": story.withdrawn,
        "replaced_by": story.newer,
        "versions": [{"article": one.article, "page": one.page, "at": one.at, "why": one.why} for one in story.versions],
        "changes": [{"zone": change.zone, "before": change.before, "after": change.after} for change in story.changes],
        "claims": [encode(claim) for claim in story.claims],
    }
