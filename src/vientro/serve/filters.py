"""What a reader asks for of the ledger: the parameters of its address, and which steps they leave."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast, get_args
from unicodedata import is_normalized

from vientro.ledger.choice import Choice
from vientro.ledger.counting import profiles
from vientro.model import days
from vientro.model.claim import Modality, Mode, Support, Type
from vientro.model.errors import InputError
from vientro.model.ledger import State
from vientro.publish.asked import value
from vientro.publish.words import code_of
from vientro.reading.text import fold, without_marks
from vientro.serve import owners
from vientro.serve.order import TABS, Tab

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.datastructures import QueryParams

    from vientro.model.ledger import Step
    from vientro.serve.index import Index
    from vientro.serve.shelf import View

SORTS = ("newest", "oldest", "largest", "doubtful")
PROFILES = tuple(name for name in profiles.names() if not profiles.shipped(name).prices)  # a server has no table of prices
CURRENCIES = ("EUR", "USD", "GBP", "VND")
_PROFILE_OF = {"sales": "transfers"}  # the others sum aid alone
PAGE = 50
_LONGEST = 200  # characters of a search
_MOST_VALUES = 20  # of one parameter
_PLACED = re.compile("[oòóỏõọ][aàáảãạeèéẻẽẹ]|[uùúủũụ][yỳýỷỹỵ]")  # "hòa" and "hoà" are one word


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an empty field asks for anything. `q` is looked for without marks unless it has some.

    `as_of` is a day up to which articles count, `known` a moment up to which the ledger had them (a citation has both), `seal` that
    of a citation of a public server.

    `payers` bear the cost (P1), `owners` are kinds of owners of outlets; `profile` and `currency` say how the view is summed.
    """

    tab: Tab = "support"
    choice: Choice = field(default_factory=Choice)
    supports: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    outlets: tuple[str, ...] = ()
    payers: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    profile: str = "headline"
    currency: str = "EUR"
    as_of: str | None = None
    known: str | None = None
    seal: str = ""
    q: str = ""
    sort: str = "newest"
    page: int = 1

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """By parameter what is asked for: of several values of one, one has to fit."""
        choice = self.choice
        return {
            "donor": choice.donors,
            "recipient": choice.recipients,
            "type": choice.types,
            "state": choice.states,
            "class": choice.classes,
            "purpose": self.supports,
            "mode": self.modes,
            "modality": self.modalities,
            "outlet": self.outlets,
            "payer": self.payers,
            "owner": self.owners,
        }


def filters_of(asked: QueryParams) -> Filters:
    """The filters in an address; raises InputError for a value that there is none of."""
    return Filters(
        tab=cast("Tab", one_of(asked, "tab", TABS)),
        choice=Choice(
            donors=_parties(asked, "donor"),
            recipients=_parties(asked, "recipient"),
            types=_known(asked, "type", get_args(Type)),
            states=cast("tuple[State, ...]", _known(asked, "state", get_args(State))),
            classes=_words(asked, "class"),
            since=day_in(asked, "since"),
            until=day_in(asked, "until"),
        ),
        supports=_known(asked, "purpose", get_args(Support)),
        modes=_known(asked, "mode", get_args(Mode)),
        modalities=_known(asked, "modality", get_args(Modality)),
        outlets=_words(asked, "outlet"),
        payers=_parties(asked, "payer"),
        owners=_known(asked, "owner", owners.KINDS),
        profile=one_of(asked, "profile", PROFILES) if asked.get("profile") else _PROFILE_OF.get(asked.get("tab") or "", PROFILES[0]),
        currency=one_of(asked, "currency", CURRENCIES),
        as_of=day_in(asked, "as-of"),
        known=moment_in(asked, "known"),
        seal=seal_in(asked),
        q=(asked.get("q") or "").strip()[:_LONGEST],
        sort=one_of(asked, "sort", SORTS),
        page=_page(asked),
    )


def page_in(asked: QueryParams, count: int, size: int) -> tuple[int, int]:
    """Which page is asked for of so many things, and how many pages they fill."""
    pages = max(1, -(-count // size))
    return min(_page(asked), pages), pages


def _page(asked: QueryParams) -> int:
    given = asked.get("page") or "1"
    return max(1, int(given)) if given.isdecimal() and len(given) < 7 else 1


def asked_for(view: View, filters: Filters) -> dict[Tab, list[Step]]:
    """By tab, the steps that the filters leave, in the order asked for. The lists are the caller's to read only."""
    asked = replace(filters, tab="support", page=1, profile="", currency="", as_of=None, known=None, seal="")
    return view.keep(("asked", asked), lambda: _asked_for(view, asked))


def _asked_for(view: View, filters: Filters) -> dict[Tab, list[Step]]:
    wanted = filters.q and without_marks(filters.q).lower().split()
    said = fold(filters.q).text
    marked = said.lower().split() if without_marks(said) != said else []
    index = view.index
    found: dict[Tab, list[Step]] = {tab: [] for tab in TABS}
    numbers = index.within(_numbers(index, filters), filters.choice.since, filters.choice.until)
    for number in index.saying(numbers, wanted) if wanted else numbers:
        step = index.steps[number]
        if not marked or _says(view, step, marked):
            found[view.tabs[number]].append(step)
    for steps in found.values():
        _sort(steps, filters.sort, view)
    return found


def having(view: View, filters: Filters) -> frozenset[str]:
    """The steps that have the donor, the recipient and the state that are asked for."""
    choice = filters.choice
    asked = Filters(choice=Choice(donors=choice.donors, recipients=choice.recipients, states=choice.states))
    return frozenset([view.index.steps[number].id for number in _numbers(view.index, asked)])


def _numbers(index: Index, filters: Filters) -> Iterable[int]:
    """The numbers of the steps that have what is asked for, in order."""
    sets = [index.of(name, values) for name, values in filters.values.items() if values]
    return sorted(set.intersection(*sets)) if sets else range(len(index.steps))


def _says(view: View, step: Step, marked: Sequence[str]) -> bool:
    """Whether all words stand in one of the claims or titles with the marks they are asked for with, however these are composed."""
    placed = any(_PLACED.search(word) for word in marked)
    for id_ in step.claims:
        claim = view.book.claims[id_]
        text = f"{claim.evidence} {view.book.articles[claim.article_id].title or ''}"
        # To fold every text of a large ledger takes seconds: only words that can carry their mark in two places need it.
        text = (fold(text).text if placed or not is_normalized("NFC", text) else text).lower()
        if all(word in text for word in marked):
            return True
    return False


def _sort(steps: list[Step], sort: str, view: View) -> None:
    if sort == "oldest":
        steps.reverse()
        steps.sort(key=lambda step: step.id in view.dayless)
    elif sort == "largest":
        steps.sort(key=lambda step: view.sizes[step.id], reverse=True)
    elif sort == "doubtful":
        steps.sort(key=lambda step: view.sureness[step.id])


def one_of(asked: QueryParams, name: str, known: Sequence[str]) -> str:
    """The value of a parameter, the first of those known if it is not given; raises InputError for one that there is none of."""
    given = asked.get(name) or known[0]
    if given not in known:
        raise InputError(f"{name}={given}", "there is none of this name", f"Give one of: {', '.join(known)}")
    return given


def _words(asked: QueryParams, name: str) -> tuple[str, ...]:
    found = dict.fromkeys(part.strip()[:_LONGEST] for part in asked.getlist(name) if part.strip())
    if len(found) > _MOST_VALUES:
        raise InputError(name, f"{len(found)} values are given", f"Give {_MOST_VALUES} or fewer")
    return tuple(found)


def _parties(asked: QueryParams, name: str) -> tuple[str, ...]:
    """Codes for names in either language; other words as they are."""
    return tuple(code_of(one) or one for one in _words(asked, name))


def _known(asked: QueryParams, name: str, known: Sequence[str]) -> tuple[str, ...]:
    """The values of a parameter, given as codes or in words; raises InputError for one that there is none of."""
    found = []
    for one in _words(asked, name):
        meant = value({"purpose": "support"}.get(name, name), one, known)
        if meant is None:
            raise InputError(f"{name}={one}", "there is none of this name", f"Give one of: {', '.join(known)}")
        found.append(meant)
    return tuple(dict.fromkeys(found))


def day_in(asked: QueryParams, name: str) -> str | None:
    """The day (ISO 8601) that a parameter gives; raises InputError for anything else."""
    given = asked.get(name)
    return days.day(f"{name}={given[:80]}", given) if given else None


def moment_in(asked: QueryParams, name: str) -> str | None:
    """The second (ISO 8601, UTC) that a parameter gives; raises InputError for anything else."""
    given = asked.get(name)
    return days.moment(f"{name}={given[:80]}", given) if given else None


def seal_in(asked: QueryParams) -> str:
    """What names a moment in a citation of a public server (public.py)."""
    return asked.get("seal") or ""
