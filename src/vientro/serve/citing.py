"""How a view of the ledger is cited: an address that leads back to it, and a hash that tells whether it is still the same."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import msgspec

from vientro.model.errors import InputError
from vientro.serve.site import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from starlette.requests import Request

    from vientro.model.ledger import Step
    from vientro.serve.filters import Filters
    from vientro.serve.shelf import View
    from vientro.serve.totals import Totals

HASH = "sha256"
# What does not say which acts are shown, or is set anew.
_PASSING = ("page", "sort", "lang", "as-of", "known", "seal", "profile", "currency", HASH, "format", "limit", "cursor")
_SHORT = 16  # digits of the hash in an address: of fewer, many views have the same
_DIGITS = re.compile(rf"[0-9a-f]{{{_SHORT},64}}")


@dataclass(frozen=True, slots=True)
class Citation:
    """The address of a view as of a day (ISO 8601) and as it was known at a moment (on a public server its day), how many claims it rests
    on, and its SHA-256.

    The hash is of the acts, in order of id, each as JSON with its keys in order, and of their total, a line each. `same` says whether it
    is the one in the address that was asked for; None where there is none.
    """

    address: str
    day: str | None
    known: str | None
    claims: int
    digest: str
    same: bool | None


def citation(request: Request, view: View, steps: Sequence[Step], filters: Filters, totals: Totals | None) -> Citation:
    """The citation of a view of the ledger: its filters, its profile, its day and its moment are in the address."""
    kept = [(key, value) for key, value in request.query_params.multi_items() if key not in _PASSING and value]
    kept += [("profile", filters.profile), ("currency", filters.currency)]
    claims, acts = acts_of(view, steps, filters)
    whole = acts.copy()
    whole.update(_total(filters, totals))
    return _made(request, view, f"{request.base_url}ledger", kept, filters.as_of, claims, whole.hexdigest())


def acts_of(view: View, steps: Sequence[Step], filters: Filters) -> tuple[int, hashlib._Hash]:
    """How many claims the acts of a view rest on, and their hash, to go on from: worked out once for each view."""
    asked = replace(filters, sort="newest", page=1, profile="", currency="", as_of=None, known=None, seal="")
    return view.keep(("hash of acts", asked), lambda: _of_acts(steps, view.cited))


def of_deal(request: Request, view: View, id_: str, steps: Sequence[Step], day: str | None) -> Citation:
    """The citation of a deal, as of a day (ISO 8601) or as it stands now."""
    claims, acts = _of_acts(steps, {})  # the steps are those of the database, which may be newer than the view
    return _made(request, view, f"{request.base_url}deal/{id_}", [], day, claims, acts.hexdigest())


def _made(request: Request, view: View, page: str, kept: list[tuple[str, str]], day: str | None, claims: int, found: str) -> Citation:
    day = day or _until(view)
    known, seal = site_of(request).shelf.cited(view)
    of = [(name, value) for name, value in (("as-of", day), ("known", known), ("seal", seal), (HASH, found[:_SHORT])) if value]
    return Citation(f"{page}?{urlencode([*kept, *of])}", day, known, claims, found, _same(found, request.query_params.get(HASH)))


def _same(found: str, asked: str | None) -> bool | None:
    if not asked:
        return None
    if not _DIGITS.fullmatch(asked):
        raise InputError(f"{HASH}={asked[:80]}", "this is no hash of a citation", f"Give its first {_SHORT} hexadecimal digits or more")
    return found.startswith(asked)


def _until(view: View) -> str | None:
    """The last day of what is shown: what people ruled after the newest article is, too."""
    return view.keep("until", lambda: max([view.book.newest or "", *(one.at[:10] for one in view.book.decisions)]) or None)


def _of_acts(steps: Sequence[Step], lines: dict[str, bytes]) -> tuple[int, hashlib._Hash]:
    """How many claims acts rest on, and the hash of their lines, to go on from; `lines` has those that were made before, by step."""
    for step in steps:
        if step.id not in lines:
            lines[step.id] = _line(step)
    found = hashlib.sha256(b"".join([lines[id_] for id_ in sorted([step.id for step in steps])]))
    return sum([len(step.claims) for step in steps]), found


def _total(filters: Filters, totals: Totals | None) -> bytes:
    if totals is None:
        return b""
    figure = {
        name: round(value, 2) if isinstance(value, float) else value for name, value in msgspec.to_builtins(totals.figure).items()
    }  # fmt: skip
    return _line({"profile": filters.profile, "currency": filters.currency, "total": figure})


def _line(record: Any) -> bytes:
    return msgspec.json.encode(record, order="sorted") + b"\n"
