"""What is wrong with a ledger is found and told in plain words."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, insert, text, update

from vientro import pipeline
from vientro.article.compose import compose
from vientro.model.ledger import Deal, Interval, Ledger, Step, Sum
from vientro.store import audit, guards, schema
from vientro.store.store import Store

TEXT = "Theo tin riêng của báo, Đức cam kết cho Ukraine 20 triệu euro trong năm nay."


@pytest.fixture
def store(path, stages):
    with Store(path) as store:
        article = compose("a.txt", TEXT, outlet="Báo A", published="2024-05-03", lang="vi")
        store.add([(article, stages.read(article))], "stub 1")
        pipeline.project(store, stages, least=0.5)
        yield store


def harm(store: Store, *statements) -> None:
    """Change facts as nobody may: with the guards down."""
    with store.database.writing() as connection:
        for table in ("articles", "readings", "claims", "decisions", "redactions"):
            on = "" if store.database.is_sqlite else f" ON {table}"
            for what in ("kept", "unchanged"):
                connection.execute(text(f"DROP TRIGGER {table}_{what}{on}"))
        for statement in statements:
            connection.execute(statement)
        guards.install(connection)


def test_a_whole_ledger_has_no_problem(store):
    assert list(audit.problems(store)) == []


HARM = {
    "not the one of its hash": update(schema.articles).values(text=TEXT.replace("Đức", "Nga")),
    "not those of its id": update(schema.articles).values(outlet="Báo B"),
    "its evidence is not what stands": update(schema.claims).values(record=text("replace(record, 'Ukraine', 'Moldova')")),
    "can't be understood": update(schema.claims).values(record='{"evidence": ""}'),
    "its columns are not those": update(schema.claims).values(type="deliver"),
    "no reader has read it": delete(schema.readings),
    "not its last one": update(schema.latest).values(reader="stub 0"),
    "a zone lies outside": update(schema.readings).values(zones='[{"kind": "body", "span": {"start": 0, "stop": 999}}]'),
    "there is no such claim": delete(schema.claims),
    "not the one of its id": insert(schema.decisions).values(
        number=1, id="r-1", at="2026", by="an", record='{"id": "r-1", "at": "2026", "by": "an", "kind": "accept"}'
    ),
    "its text was taken down": insert(schema.redactions).values(number=1, article="a-1", hash="x", at="2026", why="x"),
    "nothing links": update(schema.projection).where(schema.projection.c.name == "links").values(record="[]"),
    "lacks 1": delete(schema.steps),
    "it is filed under a key": delete(schema.steps),
    "of migration": update(schema.alembic_version).values(version_num="0001"),
    "made by another vientro": update(schema.projection).values(record="[5]"),
}


@pytest.mark.parametrize("words", HARM)
def test_what_is_wrong_is_told(store, words):
    statement = HARM[words]
    if words.startswith("its text was"):
        article = next(iter(store.articles()))
        statement = statement.values(article=article.id)
    harm(store, statement)
    assert any(words in problem for problem in audit.problems(store)), list(audit.problems(store))


def test_a_guard_that_is_gone_is_told(store):
    with store.database.writing() as connection:
        connection.execute(text(f"DROP TRIGGER claims_kept{'' if store.database.is_sqlite else ' ON claims'}"))
    assert list(audit.problems(store)) == ["the guard claims_kept is gone: facts could be changed"]


def test_a_projection_that_is_out_of_date_is_told(store):
    store.add([(compose("b.txt", TEXT, outlet="Báo B"), [])], "stub 1")
    assert ["rebuild" in problem for problem in audit.problems(store)] == [True]


def deal(*acts: tuple[str, float], **slots) -> Ledger:
    steps = tuple(
        Step(f"s-{n}", "d-1", (), 1, None, type=kind, sums=(Sum("EUR", Interval(value, value, value), (), 1),), **slots)  # type: ignore[arg-type]
        for n, (kind, value) in enumerate(acts)
    )
    return Ledger(steps, (Deal("d-1", tuple(step.id for step in steps), "delivered"),))


def test_more_delivered_than_the_deal_is_told_where_nothing_explains_it():
    assert list(audit.above(deal(("commit", 10e6), ("deliver", 6e6), ("deliver", 6e6)))) == [
        "deal d-1: 12,000,000 EUR were delivered of 10,000,000, and nothing says why"
    ]
    assert list(audit.above(deal(("commit", 10e6), ("commit", 5e6), ("deliver", 12e6)))) == []
    assert list(audit.above(deal(("commit", 10e6), ("deliver", 10.2e6)))) == []
    assert list(audit.above(deal(("deliver", 12e6)))) == []
    assert list(audit.above(deal(("commit", 10e6), ("deliver", 12e6), causes=("part and whole",)))) == []
