from __future__ import annotations

from dataclasses import replace

import pytest

from vientro.article.compose import compose
from vientro.model.article import Span
from vientro.model.claim import Claim, Role, Source
from vientro.model.ledger import Deal, Ledger, Step
from vientro.publish.book import Book
from vientro.publish.lines import Witness, blocks, voice
from vientro.publish.phrases import by, deal, origins, state, when

ARTICLE = compose("tin/a.txt", "Đức tặng Ukraine 4 radar.", published="2024-05-03")


def claim(number: int, **slots: object) -> Claim:
    return Claim(f"c-{number}", ARTICLE.id, "deliver", "actual", Span(0, 24), "Đức tặng Ukraine 4 radar", **slots)


def step(number: int, deal: int = 1, date: str | None = None, **slots: object) -> Step:
    return Step(f"s-{number}", f"d-{deal}", (f"c-{number}",), 1, date, **slots)


def book(*steps: Step, article=ARTICLE, deals: tuple[Deal, ...] | None = None) -> Book:
    claims = {f"c-{one.id[2:]}": claim(int(one.id[2:])) for one in steps}
    named = dict.fromkeys(one.deal for one in steps)
    found = tuple(Deal(id_, (), "delivered") for id_ in named) if deals is None else deals
    return Book({article.id: article}, claims, {}, Ledger(steps, found), 1, None, ())


def shown(of: Book) -> list[tuple[str, str | None, list[str]]]:
    return [(block.section, block.deal and block.deal.id, [line.step.id for line in block.lines]) for block in blocks(of)]


def test_a_deal_is_one_block_its_steps_in_order_of_time():
    found = shown(book(step(1, date="2024-03"), step(2, date="2024-01-05"), step(3, date="2024-02-01/2024-02-03")))
    assert found == [("support", "d-1", ["s-2", "s-3", "s-1"])]


def test_the_newest_deal_comes_first_and_what_has_no_day_last():
    undated = replace(ARTICLE, published=None)
    found = shown(book(step(1, 1), step(2, 2, "2023"), step(3, 3, "2024-02"), article=undated))
    assert [deal for _, deal, _ in found] == ["d-3", "d-2", "d-1"]


@pytest.mark.parametrize(
    ("slots", "section"),
    [
        ({"type": "sanction"}, "sanctions"),
        ({"type": "ease"}, "sanctions"),
        ({"type": "oppose"}, "opposition"),
        ({"type": "consult"}, "talks"),
        ({"type": "commit", "scope": "total"}, "background"),
        ({"type": "sanction", "scope": "habit"}, "background"),
        ({"type": "deliver", "modality": "alleged"}, "alleged"),
        ({"type": "deliver", "modality": "denied", "scope": "total"}, "alleged"),
        ({"type": "request"}, "support"),
        ({"type": "commit", "modality": "possible"}, "support"),
    ],
)
def test_each_kind_of_step_has_its_section(slots, section):
    assert [found for found, _, _ in shown(book(step(1, **slots)))] == [section]


def test_what_is_alleged_stands_outside_its_deal():
    found = shown(book(step(1, date="2024"), step(2, date="2024", modality="alleged"), step(3, date="2024", type="oppose")))
    assert found == [("support", "d-1", ["s-1", "s-3"]), ("alleged", None, ["s-2"])]


def test_a_step_without_a_deal_is_shown_without_a_state():
    [block] = blocks(book(step(1), deals=()))
    assert (block.deal, state(block, "vi")) == (None, "")


def test_a_deal_told_by_an_adversary_alone_is_unconfirmed():
    [block] = blocks(book(step(1, flags=("Q5",))))
    assert state(block, "vi") == "đã giao, chưa xác nhận"
    [block] = blocks(book(step(1, flags=("Q5",)), step(2)))
    assert state(block, "vi") == "đã giao"


def test_what_has_no_date_of_its_own_has_that_of_the_article_and_says_so():
    [block] = blocks(book(step(1)))
    assert when(block.lines[0], "vi") == "đăng 3/5/2024"
    [block] = blocks(book(step(1), article=replace(ARTICLE, published=None)))
    assert when(block.lines[0], "en") == "undated"


def test_who_says_so_is_the_chain_then_the_outlet():
    told = claim(1, speaker=Role("TASS"), chain=(Source("TASS"), Source("TTXVN")))
    printed = replace(ARTICLE, outlet="Báo A")
    assert voice(Witness(told, printed)) == "TTXVN ← TASS (Báo A)"
    assert voice(Witness(claim(1, speaker=Role("Zelensky")), printed)) == "Zelensky (Báo A)"
    assert voice(Witness(claim(1), printed)) == "Báo A"
    assert voice(Witness(claim(1), ARTICLE)) == "a.txt"


def test_a_period_that_was_not_over_is_as_new_as_its_article():
    newest = [block.newest for block in blocks(book(step(1, 1, "2024"), step(2, 2, "2024-06"), step(3, 3, "2023")))]
    assert newest == ["2024-06-31", "2024-05-03", "2023-12-31"]


def test_a_deal_is_called_by_giver_and_recipient():
    given = Deal("d-1", (), "pledged", givers=("DE",), recipients=("UA",))
    request = step(1, type="request", actors=("UA",), recipients=("UA",), addressees=("DE",))
    [block] = blocks(book(request, deals=(given,)))
    assert deal(block, "vi") == "Đức → Ukraine"
    [block] = blocks(book(request))
    assert deal(block, "vi") == "Ukraine đề nghị Đức"


def test_origins_are_counted_and_articles_where_they_are_more():
    claims = {f"c-{i}": replace(claim(i), article_id=f"a-{i}", speaker=Role(f"Ông {i}")) for i in range(5)}
    articles = {f"a-{i}": replace(ARTICLE, id=f"a-{i}") for i in range(5)}
    one = Step("s-1", "d-1", tuple(claims), 2, None)
    [block] = blocks(Book(articles, claims, {}, Ledger((one,), ()), 5, None, ()))
    assert origins(block.lines[0], "vi") == "2 nguồn, 5 bài"
    assert by(block.lines[0], "vi") == "theo Ông 0 (a.txt); Ông 1 (a.txt); Ông 2 (a.txt) và 2 nữa"
