"""What must hold of every ledger: each check looks at all rows of a kind and says in plain words what is wrong."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import msgspec
from sqlalchemy import func, select

from vientro.model.article import Span, Zone
from vientro.model.decision import Decision, named
from vientro.model.ids import article_id
from vientro.model.ledger import Ledger, Link
from vientro.store import facts, guards, migrate, schema
from vientro.store.rows import claim_of, sha256

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection, Select

    from vientro.model.claim import Claim
    from vientro.store.store import Store

_ROUNDING = 1.05  # sums are told rounded: so much more than was promised is no more
_PROMISES, _HANDOVERS = ("commit", "approve", "procure"), ("deliver",)
_BATCH = 500


def problems(store: Store) -> Iterator[str]:
    """All that is wrong in a ledger, as of one moment."""
    with store.snapshot(), store.database.reading() as connection:
        for check in (_version, _guards, _articles, _readings, _claims, _decisions, _redactions, _projection):
            yield from check(connection)


def _rows(connection: Connection, wanted: Select[Any]) -> Iterator[Any]:
    with connection.execute(wanted.execution_options(yield_per=_BATCH)) as found:
        yield from found


def _version(connection: Connection) -> Iterator[str]:
    said = connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == migrate.SCHEMA)).scalar_one_or_none()
    stamped = connection.execute(select(schema.alembic_version.c.version_num)).scalars().all()
    if list(stamped) != [migrate.revision(int(said or 0))]:
        yield f"the tables are of migration {', '.join(stamped) or 'none'}, and the ledger says {said}"


def _guards(connection: Connection) -> Iterator[str]:
    for name in sorted(guards.names() - guards.present(connection)):
        yield f"the guard {name} is gone: facts could be changed"


def _articles(connection: Connection) -> Iterator[str]:
    gone = set(connection.execute(select(schema.redactions.c.article)).scalars())
    read = set(connection.execute(select(schema.readings.c.article).distinct()).scalars())
    for row in _rows(connection, select(schema.articles)):
        if row.id in gone:
            if row.text or row.title:
                yield f"article {row.id}: its text was taken down, and is there"
        elif sha256(row.text) != row.hash:
            yield f"article {row.id}: its text is not the one of its hash"
        elif article_id(row.outlet, row.url, row.title, row.text) != row.id:
            yield f"article {row.id}: its outlet, address, title and text are not those of its id"
        if row.id not in read:
            yield f"article {row.id}: no reader has read it"


def _readings(connection: Connection) -> Iterator[str]:
    sizes = select(schema.articles.c.id, func.length(schema.articles.c.text).label("length"))
    lengths = {row.id: row.length for row in connection.execute(sizes)}
    gone = set(connection.execute(select(schema.redactions.c.article)).scalars())
    last: dict[str, tuple[int, str]] = {}
    for row in _rows(connection, select(schema.readings).order_by(schema.readings.c.number)):
        last[row.article] = (row.number, row.reader)
        if row.article not in lengths:
            yield f"reading {row.number}: its article {row.article} is not there"
        elif row.article not in gone:
            for zone in msgspec.json.decode(row.zones, type=list[Zone]):
                if not 0 <= zone.span.start <= zone.span.stop <= lengths[row.article]:
                    yield f"reading {row.number}: a zone lies outside of the text of {row.article}"
    latest = {row.article: (row.reading, row.reader) for row in _rows(connection, select(schema.latest))}
    for article in sorted(last.keys() | latest.keys()):
        if last.get(article) != latest.get(article):
            yield f"article {article}: the reading in force is not its last one"


def _claims(connection: Connection) -> Iterator[str]:
    columns = schema.claims.c
    articles, readings = schema.articles.c, schema.readings.c
    gone = set(connection.execute(select(schema.redactions.c.article)).scalars())
    joined = (
        select(schema.claims, articles.text, readings.article.label("read"))
        .outerjoin(schema.articles, articles.id == columns.article)
        .outerjoin(schema.readings, readings.number == columns.reading)
        .order_by(columns.reading, columns.id)
    )
    for row in _rows(connection, joined):
        where = f"claim {row.id} of reading {row.reading}"
        if row.text is None or row.read != row.article:
            yield f"{where}: its article or its reading is not there"
            continue
        try:
            claim = claim_of(row.record)
        except msgspec.DecodeError as error:
            yield f"{where}: it can't be understood ({error})"
            continue
        if (claim.id, claim.article_id, claim.type, claim.span.start) != (row.id, row.article, row.type, row.start):
            yield f"{where}: its columns are not those of its record"
        if row.article in gone:
            if claim.evidence:
                yield f"{where}: its article was taken down, and its words are there"
        elif claim.evidence != claim.span.of(row.text):
            yield f"{where}: its evidence is not what stands at {claim.span.start} to {claim.span.stop}"
        elif any(not 0 <= span.start <= span.stop <= len(row.text) for span in _spans(claim)):
            yield f"{where}: a slot lies outside of the text"


def _spans(claim: Claim) -> list[Span]:
    of_roles = [role.span for role in (*claim.actors, *claim.recipients, *claim.addressees)]
    of_speaker = [*([claim.speaker.span] if claim.speaker else []), *(source.span for source in claim.chain)]
    of_things = [*(item.span for item in claim.items), *(money.span for money in claim.amounts)]
    return [span for span in (claim.span, *of_roles, *of_speaker, *of_things) if span]


def _decisions(connection: Connection) -> Iterator[str]:
    known = set[str]()
    for row in _rows(connection, select(schema.decisions).order_by(schema.decisions.c.number)):
        try:
            decision = msgspec.json.decode(row.record, type=Decision)
        except msgspec.DecodeError as error:
            yield f"decision {row.id}: it can't be understood ({error})"
            continue
        if (decision.id, decision.at, decision.by) != (row.id, row.at, row.by) or named(decision).id != row.id:
            yield f"decision {row.id}: it is not the one of its id"
        if decision.kind == "undo" and decision.value not in known:
            yield f"decision {row.id}: it takes back {decision.value}, which is not there"
        known.add(row.id)


def _redactions(connection: Connection) -> Iterator[str]:
    hashes = {row.id: row.hash for row in connection.execute(select(schema.articles.c.id, schema.articles.c.hash))}
    for row in connection.execute(select(schema.redactions)):
        if hashes.get(row.article, row.hash) != row.hash:
            yield f"redaction {row.number}: the hash of {row.article} is another one"


def _projection(connection: Connection) -> Iterator[str]:
    made_of = connection.execute(select(schema.meta.c.value).where(schema.meta.c.name == "made of")).scalar_one_or_none()
    if (made_of or "0.0") != facts.mark(connection):
        yield "the deals are not those of the claims: `vientro rebuild` makes them"
        return
    made = select(schema.projection).where(schema.projection.c.name.in_(("links", "ledger")))
    records = {row.name: row.record for row in connection.execute(made)}
    if not records:
        return
    try:
        links = msgspec.json.decode(records["links"], type=list[Link])
        ledger = msgspec.json.decode(records["ledger"], type=Ledger)
    except (KeyError, msgspec.DecodeError):
        yield "the deals were made by another vientro: `vientro rebuild` makes them anew"
        return
    yield from _linked(connection, links, ledger)
    yield from _tables(connection, links, ledger)
    yield from above(ledger)


def _linked(connection: Connection, links: Sequence[Link], ledger: Ledger) -> Iterator[str]:
    """Links lead from claims to steps, and steps hold the claims that lead to them."""
    decided = connection.execute(select(schema.decisions.c.record)).scalars()
    by_hand = {id_ for record in decided for id_ in msgspec.json.decode(record, type=Decision).claims}
    claims = set(connection.execute(select(schema.claims.c.id).distinct()).scalars()) | by_hand
    steps = {step.id: step for step in ledger.steps}
    for link in links:
        if link.claim not in claims:
            yield f"link of {link.claim}: there is no such claim"
        step = steps.get(link.step)
        if step is None or link.claim not in step.claims or step.deal != link.deal:
            yield f"link of {link.claim}: step {link.step} of {link.deal} does not hold it"
    linked = {link.claim for link in links}
    for step in ledger.steps:
        for claim in step.claims:
            if claim not in linked:
                yield f"step {step.id}: nothing links {claim} to it"
    for deal in ledger.deals:
        for id_ in deal.steps:
            if id_ not in steps:
                yield f"deal {deal.id}: its step {id_} is not there"


def _tables(connection: Connection, links: Sequence[Link], ledger: Ledger) -> Iterator[str]:
    """The tables that are asked by id are those of the projection."""
    filed = connection.execute(select(schema.meta.c.name).where(schema.meta.c.name == "filed")).first()
    if filed is None:
        yield "what lookups need is not there: `vientro rebuild` makes it"
        return
    for table, column, ids in (
        (schema.links, schema.links.c.claim, {link.claim for link in links}),
        (schema.steps, schema.steps.c.id, {step.id for step in ledger.steps}),
        (schema.deals, schema.deals.c.id, {deal.id for deal in ledger.deals}),
    ):
        there = set(connection.execute(select(column)).scalars())
        if there != ids:
            yield f"the table {table.name} has {len(there - ids)} too many and lacks {len(ids - there)}: `vientro rebuild` makes it anew"
    orphans = connection.execute(select(schema.keys.c.step).where(schema.keys.c.step.not_in(select(schema.steps.c.id))).distinct())
    for id_ in orphans.scalars():
        yield f"step {id_}: it is filed under a key, and is not there"


def above(ledger: Ledger) -> Iterator[str]:
    """Deals of which more money was handed over than was ever promised, with nothing that explains it: no figures told apart, no rule."""
    by_deal = defaultdict(list)
    for step in ledger.steps:
        if step.counts and step.scope == "act":
            by_deal[step.deal].append(step)
    for deal, steps in sorted(by_deal.items()):
        # By currency and kind of promise: a pledge and its approval are one sum.
        promised: dict[tuple[str, str], float] = defaultdict(float)
        given: dict[str, float] = defaultdict(float)
        explained = any(step.causes or "D2" in step.flags for step in steps)
        for step in steps:
            for money in step.sums[:1]:
                top, low = money.value.high, money.value.low
                if step.type in _PROMISES:
                    promised[money.currency, step.type] += float("inf") if top is None else top
                elif step.type in _HANDOVERS:
                    given[money.currency] += low or 0
        for currency, sum_ in given.items():
            most = max((promised[key] for key in promised if key[0] == currency), default=float("inf"))
            if sum_ > most * _ROUNDING and not explained:
                yield f"deal {deal}: {sum_:,.0f} {currency} were delivered of {most:,.0f}, and nothing says why"
