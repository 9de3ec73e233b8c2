"""What a reader asks for of the ledger: the parameters of its address, and which steps they leave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal, cast, get_args

from vientro.ledger.choice import Choice, fits
from vientro.ledger.counting import profiles
from vientro.ledger.slots import same_party
from vientro.link.data import rates
from vientro.model.claim import Modality, Mode, Support, Type
from vientro.model.errors import InputError
from vientro.model.ledger import State
from vientro.publish.lines import section
from vientro.publish.words import code_of
from vientro.serve import owners
from vientro.store.search import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.datastructures import QueryParams

    from vientro.model.ledger import Step
    from vientro.serve.shelf import View

Tab = Literal["support", "sales", "sanctions", "opposition", "talks", "background", "alleged"]
TABS: tuple[Tab, ...] = get_args(Tab)
SORTS = ("newest", "oldest", "largest", "doubtful")
PROFILES = tuple(name for name in profiles.names() if not profiles.shipped(name).prices)  # a server has no table of prices
CURRENCIES = ("EUR", "USD", "GBP", "VND")
PAGE = 50
_LONGEST = 200  # characters of a search


@dataclass(frozen=True, slots=True)
class Filters:
    """What is asked for; an empty field asks for anything. `q` is looked for without marks unless it has some.

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
    q: str = ""
    sort: str = "newest"
    page: int = 1


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
        profile=one_of(asked, "profile", PROFILES),
        currency=one_of(asked, "currency", CURRENCIES),
        as_of=day_in(asked, "as-of"),
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


def tab_of(step: Step) -> Tab:
    """The tab that shows a step: sales stand apart from aid, and sanctions from both."""
    found = section(step)
    return "sales" if found == "support" and step.mode == "sale" else found


def asked_for(view: View, filters: Filters) -> dict[Tab, list[Step]]:
    """By tab, the steps that the filters leave, in the order asked for."""
    wanted = filters.q and plain(filters.q).lower().split()
    marked = filters.q.lower() if filters.q and plain(filters.q) != filters.q else ""
    found: dict[Tab, list[Step]] = {tab: [] for tab in TABS}
    for step in view.newest_first:
        deal = view.deals.get(step.deal)
        if not fits(step, deal.state if deal else None, view.told[step.id][0], filters.choice):
            continue
        if (
            (filters.supports and step.support not in filters.supports)
            or (filters.modes and step.mode not in filters.modes)
            or (filters.modalities and step.modality not in filters.modalities)
            or (filters.outlets and not set(filters.outlets) & set(step.outlets))
            or (filters.payers and not any(same_party(one, view.entries[step.id].payers) for one in filters.payers))
            or (filters.owners and not any(owners.owner(outlet) in filters.owners for outlet in step.outlets))
            or (wanted and not all(word in view.words[step.id] for word in wanted))
            or (marked and not _says(view, step, marked))
        ):
            continue
        found[tab_of(step)].append(step)
    for steps in found.values():
        _sort(steps, filters.sort, view)
    return found


def _says(view: View, step: Step, marked: str) -> bool:
    """Whether all words stand in one of the claims or titles with the marks they are asked for with."""
    texts = (
        f"{(claim := view.book.claims[id_]).evidence} {view.book.articles[claim.article_id].title or ''}".lower() for id_ in step.claims
    )
    return any(all(word in text for word in marked.split()) for text in texts)


def _sort(steps: list[Step], sort: str, view: View) -> None:
    if sort == "oldest":
        steps.reverse()
        steps.sort(key=lambda step: not view.day(step))
    elif sort == "largest":
        steps.sort(key=size, reverse=True)
    elif sort == "doubtful":
        steps.sort(key=lambda step: max(view.book.claims[id_].confidence for id_ in step.claims))


def size(step: Step) -> float:
    """About how much in US dollars, to put in order by."""
    value = step.sums[0].value if step.sums else None
    size = (value.best or value.low or value.high or 0.0) if value else 0.0
    return size * rates().get(step.sums[0].currency, (0.0, 0.0))[0] if size else 0.0


def one_of(asked: QueryParams, name: str, known: Sequence[str]) -> str:
    """The value of a parameter, the first of those known if it is not given; raises InputError for one that there is none of."""
    given = asked.get(name) or known[0]
    if given not in known:
        raise InputError(f"{name}={given}", "there is none of this name", f"Give one of: {', '.join(known)}")
    return given


def _words(asked: QueryParams, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip()[:_LONGEST] for part in asked.getlist(name) if part.strip()))


def _parties(asked: QueryParams, name: str) -> tuple[str, ...]:
    """Codes for names in either language; other words as they are."""
    return tuple(code_of(one) or one for one in _words(asked, name))


def _known(asked: QueryParams, name: str, known: Sequence[str]) -> tuple[str, ...]:
    for one in (given := _words(asked, name)):
        if one not in known:
            raise InputError(f"{name}={one}", "there is none of this name", f"Give one of: {', '.join(known)}")
    return given


def day_in(asked: QueryParams, name: str) -> str | None:
    """The day (ISO 8601) that a parameter gives; raises InputError for anything else."""
    given = asked.get(name) or None
    try:
        return date.fromisoformat(given).isoformat() if given else None
    except ValueError:
        raise InputError(f"{name}={given}", "this is no day of ISO 8601", "Give a day like 2025-01-09") from None
