"""`vientro deal`: the life of one deal; and what can be asked of `vientro ledger`."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from made import article, claim, item, money
from vientro.cli.main import app
from vientro.ledger import project
from vientro.link import link
from vientro.model.ledger import Ledger
from vientro.store.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

RADARS: dict[str, Any] = {"actors": "NO", "recipients": "MD", "support": "military"}


def vientro(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def told(outlet: str, text: str, published: str | None, kind: str, **slots: Any) -> tuple[Any, Any]:
    made = article(text, published, outlet)
    return made, claim(made, kind, **slots)


ROWS = [
    told(
        "Báo A", "Na Uy hứa 8 radar cho Moldova trị giá 900 triệu kroner", "2024-04-08", "commit",
        items=(item("radar", "radar", value=8),), amounts=(money(900e6, "NOK"),), speaker="Jonas Gahr Støre", due="2024-12", **RADARS,
    ),
    told(
        "Báo B", "Na Uy cam kết cho Moldova 8 radar trị giá 950 triệu kroner", "2024-04-08", "commit",
        items=(item("radar", "radar", value=8),), amounts=(money(950e6, "NOK"),), **RADARS,
    ),
    told(
        "Báo A", "Na Uy giao cho Moldova 2 radar trong số 8 radar đã hứa", "2024-06-03", "deliver", date="2024-06-02",
        items=(item("radar", "radar", value=2, of=8),), **RADARS,
    ),
    told("Báo C", "Nhật Bản tặng Lào 500 tấn gạo", None, "deliver", actors="JP", recipients="LA", items=(item("food", "gạo", value=500),)),
    told("Báo C", "Một trang mạng tố Pháp gửi pháo cho Moldova", "2024-06-04", "deliver", actors="FR", recipients="MD", modality="alleged"),
    told("Báo C", "EU cấm nhập dầu của Nga", "2024-06-04", "sanction", actors="EU", addressees="RU", items=(item("energy", "dầu"),)),
]  # fmt: skip


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("deal") / "x.db"
    articles, claims = [one for one, _ in ROWS], [one for _, one in ROWS]
    links = link(articles, claims)
    with Store(path) as store:
        store.add([(one, [made]) for one, made in ROWS], "made")
        store.replace([replace(one, step="s-gone", deal="d-gone") if one.claim == claims[0].id else one for one in links], Ledger())
        store.replace(links, project(articles, claims, links))
    return path


def ids(db: Path, claim: int) -> tuple[str, str]:
    with Store(db) as store:
        found = next(one for one in store.projection()[0] if one.claim == ROWS[claim][1].id)
    return found.deal, found.step


def record(db: Path, id_: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(vientro("deal", id_, "--db", db, "--json").stdout)
    return found


def test_the_life_of_a_deal_is_told_in_order_with_figures_sources_and_what_has_come(db):
    deal, _ = ids(db, 0)
    text = vientro("deal", deal, "--db", db, "--lang", "en").stdout
    for words in (
        f"Norway → Moldova [{deal}]",
        "partly delivered (2 Jun 2024)",
        "come so far 2 radars of 8 radars: 25%",
        "according to Jonas Gahr Støre (Báo A), 8 Apr 2024",
        "900 million NOK",
        "950 million NOK",
        "≠ ",
        "! D3: ",
    ):
        assert words in text, words
    assert text.index("8 Apr 2024") < text.index("delivery: 2 of 8 radars")
    assert "the same act as" not in text
    assert "Nhật Bản" not in text


def test_why_each_report_was_put_with_the_others_is_told_when_asked(db):
    deal, _ = ids(db, 0)
    text = vientro("deal", deal, "--db", db, "--why", "--lang", "en").stdout
    assert f"{ROWS[0][1].id}: the same act as {ROWS[1][1].id} for: " in text
    assert "the same deal as" in text
    alone, _ = ids(db, 3)
    assert "stands alone" in vientro("deal", alone, "--db", db, "--why", "--lang", "en").stdout


def test_programs_get_the_same(db):
    deal, step = ids(db, 0)
    found = record(db, deal)
    assert (found["id"], found["asked"], found["deal"]["state"], found["newest"]) == (deal, deal, "partly delivered", "2024-06-04")
    assert [one["type"] for one in found["steps"]] == ["commit", "deliver"]
    assert found["follow"]["shares"][0]["share"]["best"] == 0.25
    first = found["steps"][0]
    assert (first["id"], len(first["conflicts"]), {one["outlet"] for one in first["claims"]}) == (
        step, 1, {"Báo A", "Báo B"},
    )  # fmt: skip
    assert all(one["why"] and one["origin"] for one in first["claims"])


def test_acts_claims_and_ids_that_were_merged_away_lead_to_their_deal(db):
    deal, step = ids(db, 0)
    for asked in (step, ROWS[0][1].id, "d-gone", "s-gone"):
        assert record(db, asked)["id"] == deal
    assert "asked for as d-gone" in vientro("deal", "d-gone", "--db", db, "--lang", "en").stdout


def test_what_is_only_alleged_is_no_deal_that_counts(db):
    deal, _ = ids(db, 4)
    assert record(db, deal)["deal"] is None
    text = vientro("deal", deal, "--db", db, "--lang", "en").stdout
    assert "no deal that counts" in text
    assert "alleged" in text


@pytest.mark.parametrize("id_", ["d-0000", "nothing", ""])
def test_an_id_that_is_none_is_told_in_plain_words(db, id_):
    result = vientro("deal", id_, "--db", db)
    assert result.exit_code == 2
    assert "knows no such id" in result.stderr
    assert vientro("deal", id_, "--db", db.parent / "none.db").exit_code == 1


@pytest.mark.parametrize(
    ("options", "places"),
    [
        ((), {0, 2, 3, 4, 5}),
        (("--donor", "NO"), {0, 2}),
        (("--donor", "norway", "--donor", "Nhật Bản"), {0, 2, 3}),
        (("--recipient", "MD", "--type", "deliver"), {2, 4}),
        (("--recipient", "MD", "--type", "bàn giao"), {2, 4}),
        (("--recipient", "Nga"), {5}),  # in sanctions, against whom
        (("--state", "partly delivered"), {0, 2}),
        (("--class", "radar", "--until", "2024-05-01"), {0}),
        (("--since", "2024-06-01"), {2, 4, 5}),  # what has no day is in no period
        (("--donor", "Kenya"), set()),
    ],
)
def test_a_ledger_shows_what_is_asked_for(db, options, places):
    found = json.loads(vientro("ledger", "--db", db, "--json", *options).stdout)
    assert {line["id"] for line in found["lines"]} == {ids(db, place)[1] for place in places}
    assert {deal["id"] for deal in found["deals"]} == {ids(db, place)[0] for place in places - {4}}
    assert found["summary"].get("shown", 5) == len(places)
    shares = [deal["follow"]["shares"] for deal in found["deals"] if deal["givers"] == ["NO"]]
    assert all(share[0]["share"]["best"] == 0.25 for share in shares)  # of the whole deal, whichever of its acts are shown


def test_the_table_says_how_many_of_how_many_are_shown(db):
    text = vientro("ledger", "--db", db, "--donor", "NO", "--lang", "en").stdout
    assert "Acts asked for: 2 of 5" in text
    assert "Acts asked for" not in vientro("ledger", "--db", db, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--type", "gift"), "Give one of: request (đề nghị)"),
        (("--donor", "Norwey"), "Did you mean NO ("),
        (("--recipient", "Xyz"), "nobody is called so in this ledger"),
        (("--state", "lost"), "Give one of: requested"),
        (("--class", "spoon"), "Give one of: "),
        (("--since", "mai"), "no day of ISO 8601"),
        (("--since", "2025-01-02", "--until", "2025-01-01"), "no day lies between them"),
    ],
)
def test_wrong_options_are_told(db, options, words):
    result = vientro("ledger", "--db", db, *options)
    assert (result.exit_code, words in result.stderr) == (2, True)
