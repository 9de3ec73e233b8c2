"""The lookup tables: filled when a projection is made, asked by key and day, so that a question costs the same in a ledger of any size."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec
from sqlalchemy import delete, func, insert, select

from vientro.ledger.lookup import Coverage, Filed, of_step
from vientro.model.ledger import Deal, Ledger, Link
from vientro.store import desk, schema
from vientro.store.rows import to_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from vientro.model.ledger import Step

_filed = msgspec.json.Decoder(Filed)
_deal = msgspec.json.Decoder(Deal)
_link = msgspec.json.Decoder(Link)
_BATCH = 500
_LONGEST_NAME = 500  # of an outlet or a key: an index of PostgreSQL holds no more than 2,700 bytes
PER_KEY = 100  # steps looked at for one key on either side of a day: what lies farther away in a ledger is not found by that key


def fill(connection: Connection, links: Sequence[Link], ledger: Ledger) -> None:
    """Make the tables anew for a projection."""
    for table in (schema.links, schema.steps, schema.deals, schema.keys, schema.coverage):
        connection.execute(delete(table))
    told = _told(connection)
    origins = {link.claim: link.origin for link in links}
    filed = [
        Filed(
            step,
            min((told[claim] for claim in step.claims if told.get(claim)), default=None),
            {claim: origins[claim] for claim in step.claims if claim in origins},
        )
        for step in ledger.steps
    ]
    steps = [{"id": one.step.id, "deal": one.step.deal, "record": to_json(one)} for one in filed]
    keys = [{"key": key[:_LONGEST_NAME], "day": one.day, "step": one.step.id} for one in filed for key in sorted(of_step(one.step))]
    for table, rows in (
        (schema.links, [{"claim": link.claim, "step": link.step, "deal": link.deal, "record": to_json(link)} for link in links]),
        (schema.steps, steps),
        (schema.keys, keys),
        (schema.deals, [{"id": deal.id, "record": to_json(deal)} for deal in ledger.deals]),
        (schema.coverage, _coverage(connection)),
    ):
        if rows:
            connection.execute(insert(table), rows)


def _told(connection: Connection) -> dict[str, str]:
    """By claim the day of publication of its article."""
    columns = schema.claims.c.id, func.substr(schema.readings.c.published, 1, 10).label("day")
    in_force = select(*columns).join(schema.latest, schema.claims.c.reading == schema.latest.c.reading)
    wanted = in_force.join(schema.readings, schema.readings.c.number == schema.latest.c.reading)
    return {row.id: row.day for row in connection.execute(wanted) if row.day}


def _coverage(connection: Connection) -> list[dict[str, object]]:
    found: Counter[tuple[str, str]] = Counter()
    read = select(schema.readings.c.published, schema.articles.c.outlet).join(
        schema.latest, schema.readings.c.number == schema.latest.c.reading
    )
    for row in connection.execute(read.join(schema.articles, schema.articles.c.id == schema.latest.c.article)):
        found[(row.published or "")[:10], (row.outlet or "")[:_LONGEST_NAME]] += 1
    return [{"day": day, "outlet": outlet, "articles": count} for (day, outlet), count in sorted(found.items())]


def near(connection: Connection, keys: Iterable[str], day: int | None) -> list[Filed]:
    """The steps filed under any of the keys: for each key the nearest before and after the day, and some without a day; the newest
    where no day is asked for."""
    columns, found = schema.keys.c, dict[str, None]()
    for key in sorted(keys):
        of_key = select(columns.step).where(columns.key == key[:_LONGEST_NAME])
        asked = [of_key.where(columns.day.is_(None)).order_by(columns.step)]
        if day is None:
            asked.append(of_key.where(columns.day.is_not(None)).order_by(columns.day.desc(), columns.step))
        else:
            asked.append(of_key.where(columns.day >= day).order_by(columns.day, columns.step))
            asked.append(of_key.where(columns.day < day).order_by(columns.day.desc(), columns.step))
        for wanted in asked:
            found.update((row.step, None) for row in connection.execute(wanted.limit(PER_KEY)))
    return _steps(connection, list(found))


def under(connection: Connection, keys: Iterable[str]) -> list[Filed]:
    """All steps filed under any of the keys, in order of id."""
    found: set[str] = set()
    for key in keys:
        found.update(connection.execute(select(schema.keys.c.step).where(schema.keys.c.key == key[:_LONGEST_NAME])).scalars())
    return _steps(connection, sorted(found))


def _steps(connection: Connection, ids: Sequence[str]) -> list[Filed]:
    columns, found = schema.steps.c, list[Filed]()
    for start in range(0, len(ids), _BATCH):
        wanted = select(columns.record).where(columns.id.in_(ids[start : start + _BATCH])).order_by(columns.id)
        found += [_filed.decode(row.record) for row in connection.execute(wanted)]
    return found


def links_of(connection: Connection, articles: Sequence[str]) -> dict[str, list[tuple[str, str, str]]]:
    """As Store.links_of."""
    claims, links, latest = schema.claims.c, schema.links.c, schema.latest.c
    wanted = (
        select(claims.article, links.claim, links.step, links.deal)
        .join(schema.latest, (claims.article == latest.article) & (claims.reading == latest.reading))
        .join(schema.links, links.claim == claims.id)
        .where(claims.article.in_(articles))
        .order_by(claims.article, claims.start, claims.id)
    )
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in connection.execute(wanted):
        found.setdefault(row.article, []).append((row.claim, row.step, row.deal))
    return found


def deal_named(connection: Connection, id_: str) -> str | None:
    """The deal that an id names: its own, or that of a step or a claim of it."""
    for deal, named in (
        (schema.steps.c.deal, schema.steps.c.deal),
        (schema.steps.c.deal, schema.steps.c.id),
        (schema.links.c.deal, schema.links.c.claim),
    ):
        found: str | None = connection.execute(select(deal).where(named == id_).limit(1)).scalar()
        if found:
            return found
    return None


def whole_deal(connection: Connection, id_: str) -> tuple[Deal | None, list[Step], list[Link]]:
    """A deal (None where none of its steps counts), all its steps in order of id, and the links to them."""
    deal = connection.execute(select(schema.deals.c.record).where(schema.deals.c.id == id_)).scalar()
    of_deal = select(schema.steps.c.record).where(schema.steps.c.deal == id_).order_by(schema.steps.c.id)
    steps = [_filed.decode(record).step for record in connection.execute(of_deal).scalars()]
    claims, links = [claim for step in steps for claim in step.claims], list[Link]()
    for start in range(0, len(claims), _BATCH):
        wanted = select(schema.links.c.record).where(schema.links.c.claim.in_(claims[start : start + _BATCH]))
        links += [_link.decode(record) for record in connection.execute(wanted).scalars()]
    return _deal.decode(deal) if deal else None, steps, links


def of_deals(connection: Connection, ids: Sequence[str]) -> tuple[list[Deal], list[Filed]]:
    """These deals, and at most PER_KEY steps of each."""
    deals = [_deal.decode(row.record) for row in connection.execute(select(schema.deals.c.record).where(schema.deals.c.id.in_(ids)))]
    columns, steps = schema.steps.c, list[Filed]()
    for id_ in ids:
        wanted = select(columns.record).where(columns.deal == id_).order_by(columns.id).limit(PER_KEY)
        steps += [_filed.decode(row.record) for row in connection.execute(wanted)]
    return sorted(deals, key=lambda deal: deal.id), steps


def coverage(connection: Connection, first: str, last: str) -> Coverage:
    """What was read of the days from `first` to `last` (ISO 8601), both included; of all days there are with "" and "9"."""
    columns = schema.coverage.c
    within = (columns.day >= (first or "0")) & (columns.day <= last)
    asked = select(
        func.coalesce(func.sum(columns.articles), 0).label("articles"),
        func.count(columns.day.distinct()).label("days"),
        func.count(columns.outlet.distinct()).label("outlets"),
        func.min(columns.day).label("first"),
        func.max(columns.day).label("last"),
    ).where(within)
    row = connection.execute(asked).one()
    undated = connection.execute(select(func.coalesce(func.sum(columns.articles), 0)).where(columns.day == "")).scalar_one()
    return Coverage(int(row.articles), row.days, row.outlets, row.first, row.last, int(undated), desk.down(connection, first, last))


def days(connection: Connection) -> list[tuple[str, str, int]]:
    """As Store.days."""
    columns = schema.coverage.c
    return [(row.day, row.outlet, row.articles) for row in connection.execute(select(columns.day, columns.outlet, columns.articles))]


def extent(connection: Connection) -> tuple[int, str | None]:
    """As Store.extent."""
    columns = schema.coverage.c
    many = connection.execute(select(func.coalesce(func.sum(columns.articles), 0))).scalar_one()
    return int(many), connection.execute(select(func.max(columns.day))).scalar() or None


def outlets(connection: Connection, first: str, last: str) -> set[str]:
    """The outlets with an article of the days from `first` to `last` (ISO 8601)."""
    columns = schema.coverage.c
    wanted = select(columns.outlet).distinct().where(columns.day >= (first or "0"), columns.day <= last)
    return set(connection.execute(wanted).scalars())
