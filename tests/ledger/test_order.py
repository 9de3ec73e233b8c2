"""The canonical export of a ledger follows from its articles: not from their order, nor from how many runs they came in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from made import article, claim, item, money
from vientro.ledger import project
from vientro.link import Index, link
from vientro.publish import canonical
from vientro.publish.book import Book

if TYPE_CHECKING:
    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.model.ledger import Link

GIVERS = [("Na Uy", "NO"), ("Đức", "DE"), ("Nhật Bản", "JP")]
ACTS = [("cam kết", "commit", "planned"), ("đã giao", "deliver", "actual"), ("tạm dừng giao", "suspend", "actual")]


def world() -> list[tuple[Article, Claim]]:
    """Three givers, three acts of each, every act told by two outlets in other figures; a copy, a total, a story without a day."""
    told = []
    for g, (giver, code) in enumerate(GIVERS):
        for a, (verb, kind, modality) in enumerate(ACTS):
            for outlet, number in (("Báo A", 8), ("Báo B", 7)):
                text = f"{giver} {verb} {number} radar cho Moldova\nTin của {outlet} ngày {g + a}."
                made = article(text, None if (g, a) == (2, 1) else f"2024-0{a + 3}-1{g}", outlet)
                radars = item("radar", "radar", value=number)
                slots = {"actors": code, "recipients": "MD", "modality": modality, "items": (radars,), "amounts": (money(number * 1e6),)}
                told.append((made, claim(made, kind, speaker="Maia Sandu" if outlet == "Báo A" else None, **slots)))
    copy = article(told[0][0].text, "2024-03-11", "Báo C")
    total = article("Tổng viện trợ của Na Uy cho Moldova tới nay là 30 triệu euro", "2024-08-01")
    told.append((copy, claim(copy, "commit", actors="NO", recipients="MD")))
    told.append((total, claim(total, "deliver", scope="total", actors="NO", recipients="MD", amounts=(money(30e6),))))
    return told


def export(told: list[tuple[Article, Claim]], links: list[Link]) -> list[str]:
    articles, claims = [one for one, _ in told], [one for _, one in told]
    ledger = project(articles, claims, links)
    kept = {one.id: one for one in articles}, {one.id: one for one in claims}, {one.claim: one for one in links}
    return list(canonical.lines(Book(*kept, ledger, len(articles), None, ())))


EXPECTED = export(world(), link([one for one, _ in world()], [one for _, one in world()]))


@settings(max_examples=8, deadline=None)
@given(st.permutations(world()), st.lists(st.integers(1, 8), max_size=4))
def test_no_order_and_no_cut_into_runs_changes_the_export(told: list[tuple[Article, Claim]], sizes: list[int]) -> None:
    index, rest = Index(), told
    for size in [*sizes, len(told)]:
        now, rest = rest[:size], rest[size:]
        index.add([one for one, _ in now], [one for _, one in now])
    assert export(told, index.links()) == EXPECTED
    assert export(told, link([one for one, _ in told], [one for _, one in told])) == EXPECTED


def test_the_export_has_steps_of_several_claims_and_deals_of_several_steps() -> None:
    kinds = [line.split('"kind":"')[1].split('"')[0] for line in EXPECTED]
    assert kinds.count("claim") > kinds.count("step") > kinds.count("deal") > 1
