"""What the ledger answers to a sentence, with everything that is shown of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from vientro.ledger.check import Verdict
    from vientro.ledger.lookup import Coverage
    from vientro.model.article import Article
    from vientro.model.ledger import Deal
    from vientro.publish.lines import Line


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found on one claim of a sentence: the steps that are named in the verdict as lines, their deals, and the origins of their
    claims, all by id; what was read around the day of the claim, None where it has none."""

    verdict: Verdict
    lines: Mapping[str, Line]
    deals: Mapping[str, Deal]
    origins: Mapping[str, Mapping[str, str]]
    around: Coverage | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A sentence as an article, what was found on each of its claims, and what had been read of all days.

    `unread` are the sentences in it that have a cue and were read as no act. A claim less sure than `threshold` is a guess at what the
    sentence says. `published` says that only published lines were looked at.
    """

    article: Article
    findings: tuple[Finding, ...]
    coverage: Coverage
    threshold: float
    unread: tuple[str, ...] = ()
    published: bool = False

    @property
    def found(self) -> bool:
        """Whether the sentence tells of acts and each of them is in the ledger."""
        return bool(self.findings) and all(finding.verdict.found for finding in self.findings)
