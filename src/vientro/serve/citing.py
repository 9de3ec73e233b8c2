"""How a view of the ledger is cited: an address that leads back to it, and a hash that tells whether it is still the same."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from vientro.model.ledger import Step
    from vientro.serve.filters import Filters
    from vientro.serve.shelf import View

_PASSING = ("page", "sort", "lang", "as-of", "profile", "currency")  # what does not say which acts are shown, or is set anew


@dataclass(frozen=True, slots=True)
class Citation:
    """The address of a view as of a day (ISO 8601), how many claims it rests on, and the SHA-256 of their ids, in order, a line each."""

    address: str
    day: str | None
    claims: int
    digest: str


def citation(request: Request, view: View, steps: Sequence[Step], filters: Filters) -> Citation:
    """The citation of a view of the ledger: its filters, its profile and its day are in the address."""
    day = filters.as_of or _until(view)
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in _PASSING and value]
    kept += [("profile", filters.profile), ("currency", filters.currency)] + ([("as-of", day)] if day else [])
    address = f"{request.url.replace(query='')}?{urlencode(kept)}"
    asked = replace(filters, sort="newest", page=1, profile="", currency="")
    claims, digest = view.keep(("citation", asked), lambda: _digest(steps))
    return Citation(address, day, claims, digest)


def of_deal(request: Request, view: View, id_: str, steps: Sequence[Step], day: str | None) -> Citation:
    """The citation of a deal, as of a day (ISO 8601) or as it stands now."""
    until = day or _until(view)
    claims, digest = _digest(steps)
    address = f"{request.base_url}deal/{id_}" + (f"?as-of={until}" if until else "")
    return Citation(address, until, claims, digest)


def _until(view: View) -> str | None:
    """The last day of what is shown: what people ruled after the newest article is, too."""
    return max([view.book.newest or "", *(one.at[:10] for one in view.book.decisions)]) or None


def _digest(steps: Sequence[Step]) -> tuple[int, str]:
    ids = sorted(id_ for step in steps for id_ in step.claims)
    return len(ids), hashlib.sha256("".join(f"{id_}\n" for id_ in ids).encode()).hexdigest()
