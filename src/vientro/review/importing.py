"""Rows of a table to rows of the ledger, by a column map. A cell that can't be read is a reject with its row and column, never a guess."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from vientro.ledger.imported import Imported, record
from vientro.model.article import Reject
from vientro.model.claim import Modality, Mode, Scope, Support, Type
from vientro.model.errors import InputError
from vientro.reading.equipment import find_equipment
from vientro.review.cells import day, empty, number, party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from vientro.review.maps import Act, Cell, Map, Sum, Thing

Row = tuple[int, "Mapping[str, str]"]  # the number of a row in its table, from 1, and its cells by column

_ALLOWED: dict[str, tuple[str, ...]] = {
    "type": get_args(Type), "modality": get_args(Modality), "scope": get_args(Scope), "support": get_args(Support),
    "mode": get_args(Mode),
}  # fmt: skip
_LONGEST = 4_000  # characters of a row's text


def imported(rows: Iterable[Row], by: Map, name: str) -> Iterator[Imported | Reject]:
    """What the rows of a table say, each act of a row by itself; `name` is the table's, for the rejects.

    A bad cell costs its slot; a row without a type, without a key, or that names neither side (one may be unknown: P5), costs the row.
    Rows of one key in one table are numbered, so that none hides another.
    """
    seen: dict[str, int] = {}
    for place, cells in rows:
        where = f"{name}:{place}"
        for act in by.acts:
            if act.when and empty(cells.get(act.when, "")):
                continue
            coded, faults = _claim(cells, act, by)
            yield from (Reject("import", f"{where}, column {column!r}", said) for column, said in faults)
            key = " ".join(part for part in (*(" ".join(cells.get(column, "").split()) for column in by.key), act.name) if part)
            if not coded.get("type") or not (coded["actors"] or coded["recipients"]) or not key.removesuffix(act.name).strip():
                yield Reject("import", where, "has no type, nobody who gives or receives, or no key, so that the row is left out")
                continue
            seen[key] = seen.get(key, 0) + 1
            row = _row(cells, by, key if seen[key] == 1 else f"{key} #{seen[key]}", coded)
            try:
                record(row_value(row))
            except InputError as error:
                yield Reject("import", where, f"is left out: {error}")
                continue
            yield row


def row_value(row: Imported) -> dict[str, Any]:
    """The row as a decision holds it."""
    return {name: getattr(row, name) for name in row.__struct_fields__}


def _row(cells: Mapping[str, str], by: Map, key: str, coded: dict[str, Any]) -> Imported:
    says = by.says or list(cells)
    told = [f"{column}: {' '.join(cells[column].split())}" for column in says if not empty(cells.get(column, ""))]
    published, url = None, None
    if by.published:
        try:
            published = day(cells.get(by.published, ""), by.days)
        except ValueError:
            published = None
    if by.url and cells.get(by.url, "").strip().startswith(("http://", "https://")):
        url = cells[by.url].split()[0]
    whole = published if published and len(published) == len("2024-05-10") else None
    fields = {name: cells[column].strip() for name, column in by.fields.items() if not empty(cells.get(column, ""))}
    return Imported(by.database, key, " · ".join(told)[:_LONGEST], coded, url, whole, fields)


def _claim(cells: Mapping[str, str], act: Act, by: Map) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """The slots of an act in the interchange form, and what is wrong with which column."""
    faults: list[tuple[str, str]] = []
    slots = act.slots
    coded: dict[str, Any] = {"speaker": None}
    for name in ("type", "modality", "scope", "support", "mode"):
        coded[name] = _word(cells, getattr(slots, name), name, faults)
    for name in ("actors", "recipients", "addressees"):
        coded[name] = _parties(cells, getattr(slots, name), by)
    for name in ("date", "due", "horizon"):
        coded[name] = _day(cells, getattr(slots, name), by, faults)
    coded["amounts"] = [found for one in slots.amounts if (found := _sum(cells, one, faults))]
    coded["items"] = [found for one in slots.items if (found := _thing(cells, one, faults))]
    return coded, faults


def _word(cells: Mapping[str, str], cell: Cell, name: str, faults: list[tuple[str, str]]) -> str | None:
    if cell.fixed:
        return cell.fixed[0]
    told = cells.get(cell.column or "", "").strip()
    found = cell.values.get(told.lower(), told.lower() if told.lower() in _ALLOWED[name] else None) or cell.otherwise
    if found is None and told and not empty(told) and name != "mode":
        faults.append((cell.column or "", f"{told[:60]!r} is no {name} that the map knows"))
    return found


def _parties(cells: Mapping[str, str], cell: Cell, by: Map) -> list[str]:
    if cell.fixed:
        return list(cell.fixed)
    told = cells.get(cell.column or "", "")
    return [party(part, by.names) for part in told.split(cell.split) if not empty(part)]


def _day(cells: Mapping[str, str], cell: Cell, by: Map, faults: list[tuple[str, str]]) -> str | None:
    told = cells.get(cell.column or "", "")
    if empty(told):
        return None
    try:
        return day(told, by.days)
    except ValueError as error:
        faults.append((cell.column or "", f"{told[:60]!r} {error}"))
        return None


def _sum(cells: Mapping[str, str], one: Sum, faults: list[tuple[str, str]]) -> dict[str, Any] | None:
    told = {name: cells.get(column or "", "") for name, column in (("best", one.column), ("low", one.low), ("high", one.high))}
    columns = {"best": one.column, "low": one.low or "", "high": one.high or ""}
    if all(map(empty, told.values())):
        return None
    currency = (one.always or cells.get(one.currency or "", "")).strip().upper()
    if not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        faults.append((one.currency or one.column, f"{currency[:60]!r} is no currency of ISO 4217"))
        return None
    found: dict[str, float] = {}
    doubtful = False
    for name, cell in told.items():
        if not empty(cell):
            try:
                value, unsure = number(cell)
            except ValueError as error:
                faults.append((columns[name], f"{cell[:60]!r} {error}"))
                return None
            found[name], doubtful = value * one.scale, doubtful or unsure
    period = cells.get(one.per or "", "")
    return _bounded(found, doubtful=doubtful) | {"currency": currency} | ({} if empty(period) else {"per": period.strip()})


def _bounded(found: Mapping[str, float], *, doubtful: bool) -> dict[str, Any]:
    """A figure, or where there is none its bounds (A5): a figure whose bounds lie apart is about right."""
    best, low, high = (found.get(name) for name in ("best", "low", "high"))
    if best is not None:
        apart = any(bound is not None and bound != best for bound in (low, high))
        return {"value": best, "bound": "about" if doubtful or apart else "exact"}
    if high is None:
        return {"value": low, "bound": "at_least"}
    return {"value": low, "max": high, "bound": "range"} if low else {"value": high, "bound": "up_to"}


def _thing(cells: Mapping[str, str], one: Thing, faults: list[tuple[str, str]]) -> dict[str, Any] | None:
    text = " ".join(cells.get(one.column, "").split())
    if empty(text):
        return None
    known = next(iter(find_equipment(text)), None)
    kind = cells.get(one.kind or "", "").lower()
    cls = next((cls for word, cls in one.classes.items() if word in kind), None) or (known.cls if known else "other")
    found: dict[str, Any] = {"class": cls, "text": text, "model": known.model if known else None}
    told = cells.get(one.number or "", "")
    if not empty(told):
        try:
            value, doubtful = number(told)
        except ValueError as error:
            faults.append((one.number or "", f"{told[:60]!r} {error}"))
        else:
            uncertain = doubtful or "?" in cells.get(f"{one.number}?", "")
            found["quantity"] = {"value": value, "bound": "about" if uncertain else "exact"}
    return found
