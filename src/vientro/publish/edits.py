"""What became of a story at its address: when it was looked at, which versions it had, what was taken out, put in and changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vientro.model.interchange import encode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vientro.article.changes import Change
    from vientro.ledger.edits import Shift
    from vientro.model.claim import Claim
    from vientro.publish.story import Shown


@dataclass(frozen=True, slots=True)
class Past:
    """What the addresses of a story showed, each in order of time, the one with the most versions first.

    `stored` are the moments at which a page was kept, `looked` is when the story was asked for last ("" where nobody knows). All are
    ISO 8601 in UTC.
    """

    addresses: tuple[tuple[Shown, ...], ...] = ()
    stored: tuple[str, ...] = ()
    looked: str = ""

    @property
    def versions(self) -> tuple[Shown, ...]:
        """The versions of the first address, in order."""
        return tuple(one for one in self.addresses[0] if one.article) if self.addresses else ()

    @property
    def withdrawn(self) -> Shown | None:
        """What told that the outlet does not show the story any more, at any of its addresses."""
        if not self.addresses or any(shown[-1].article for shown in self.addresses):
            return None
        return max((shown[-1] for shown in self.addresses), key=lambda one: one.at)

    @property
    def latest(self) -> str | None:
        return self.versions[-1].article if self.versions else None

    @property
    def pair(self) -> tuple[str, str] | None:
        """The versions to compare where none are named: the first and the last, or the last two if the last is the first again."""
        ids = [one.article for one in self.versions if one.article]
        first = next((id_ for id_ in (ids[:1] + ids[-2:-1]) if id_ != ids[-1]), None)
        return (first, ids[-1]) if first else None

    def has(self, *ids: str) -> bool:
        """Whether all these are versions of the story."""
        return set(ids) <= {one.article for shown in self.addresses for one in shown}


@dataclass(frozen=True, slots=True)
class Edit:
    """Two versions beside each other. `cut` tells that only title and lede could be compared, `blank` that a text was taken down here."""

    before: str
    after: str
    changes: tuple[Change, ...] = ()
    shifts: tuple[Shift, ...] = ()
    cut: bool = False
    blank: bool = False


def record(past: Past, edit: Edit | None) -> dict[str, Any]:
    """For a program."""
    gone = past.withdrawn
    return {
        "latest": past.latest,
        "withdrawn": gone.at if gone else None,
        "stored": len(past.stored),
        "first": past.stored[0] if past.stored else None,
        "last": past.stored[-1] if past.stored else None,
        "looked": past.looked or None,
        "addresses": [
            {
                "url": shown[0].url,
                "versions": [{"article": one.article, "page": one.page, "at": one.at, "why": one.why} for one in shown],
            }
            for shown in past.addresses
        ],
        "edit": _edit(edit) if edit else None,
    }


def _edit(edit: Edit) -> dict[str, Any]:
    return {
        "from": edit.before,
        "to": edit.after,
        "excerpts": edit.cut,
        "taken_down": edit.blank,
        "changes": [
            {"zone": one.zone, "before": one.before, "after": one.after, "pieces": [[piece.kind, piece.text] for piece in one.pieces]}
            for one in edit.changes
        ],
        "claims": [
            {"before": _claim(one.before), "after": _claim(one.after), "slots": list(one.slots)} for one in edit.shifts
        ],
    }  # fmt: skip


def _claim(claim: Claim | None) -> dict[str, Any] | None:
    return {"id": claim.id, **encode(claim)} if claim else None


def grouped(shown: Sequence[Shown]) -> tuple[tuple[Shown, ...], ...]:
    """By address, the one with the most versions first; of as many, the one that was seen first."""
    of: dict[str, list[Shown]] = {}
    for one in shown:
        of.setdefault(one.url, []).append(one)
    return tuple(tuple(rows) for rows in sorted(of.values(), key=len, reverse=True))
