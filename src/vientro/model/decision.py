"""The decision: what a person ruled, about which claims, when and why. Only ever added, never changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

import msgspec

from vientro.model.claim import Claim
from vientro.model.ids import digest

Kind = Literal[
    "accept", "reject", "correct", "add", "row", "merge", "split", "link", "unlink", "undo", "pin", "hide", "reword", "topic",
]  # fmt: skip
EDITORIAL: tuple[Kind, ...] = ("pin", "hide", "reword", "topic")  # of how topic pages show the ledger: nothing in it follows from them
Plain = dict[str, Any] | list[Any] | str | float | int | bool | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person ruled. `id` is a hash of the rest (`named`); `at` is ISO 8601 in UTC, to the microsecond.

    `claims` are the anchors it is about, `others` the other side: merge (both are one act), split (they are not), link and unlink
    (`claims` lie inside of `others`, or do not). `slot` is that of a correction, and `value` its new content in the interchange form;
    of `add` and `row` the value is the whole claim, of `undo` the id of the decision that is taken back, of `reword` the words,
    of `topic` the topic as it is from now on. Of `pin`, `hide` and `reword` the slot says on which topic's page.
    `saw` has the claims as they stood before the person, whatever a newer reader makes of the text; their words are left out,
    as they stand in the article (`seen`). `articles` are those that were on the screen: an id names one version of a text.
    `after` are the earlier decisions on the same that the person knew of: whoever did not know of each other may clash.
    `by` is the reviewer's name, and `shown_as` the pseudonym to show instead. `reader` made the claims that were seen.
    """

    id: str
    at: str
    by: str
    kind: Kind
    claims: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    slot: str | None = None
    value: Plain = None
    why: str = ""
    shown_as: str | None = None
    articles: tuple[str, ...] = ()
    saw: tuple[Claim, ...] = ()
    after: tuple[str, ...] = ()
    reader: str = ""


def named(decision: Decision) -> Decision:
    """The decision under its id: the same for the same ruling of the same person at the same moment."""
    return replace(decision, id="r-" + digest(msgspec.json.encode(replace(decision, id=""), order="deterministic").decode()))


def seen(claim: Claim) -> Claim:
    """A claim as a decision keeps it: without the words of the article, which are the article's to keep or to lose."""
    return replace(claim, evidence="")
