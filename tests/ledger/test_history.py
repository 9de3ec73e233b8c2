"""What changed between two days, and because of which article or decision."""

from __future__ import annotations

from made import article, claim, money, one_step
from vientro.ledger import project
from vientro.ledger.decisions import apply
from vientro.ledger.history import changes
from vientro.model.decision import Decision, named

PLEDGED = article("Đức cam kết cho Ukraine 20 triệu euro.", "2024-05-10")
AGAIN = article("Berlin xác nhận 20 triệu euro cho Kiev.", "2024-05-12", outlet="Báo Hai")
GIVEN = article("Đức bàn giao cho Ukraine 20 triệu euro.", "2024-08-01")
PLEDGE = claim(PLEDGED, "commit", actors="DE", recipients="UA", amounts=(money(20e6),))
SAME = claim(AGAIN, "commit", actors="DE", recipients="UA", amounts=(money(20e6),))
GIFT = claim(GIVEN, "deliver", actors="DE", recipients="UA", amounts=(money(20e6),))
ALL = {one.id: one for one in (PLEDGE, SAME, GIFT)}


def ledger(claims, links, decisions=()):
    articles = [PLEDGED, AGAIN, GIVEN]
    ruled = apply(articles, claims, decisions)
    return project(articles, list(ruled.claims.values()), [link for link in links if link.claim in ruled.claims])


def told(before, after, decisions=()):
    return [(one.what, one.step, one.field) for one in changes(before, after, ALL, decisions)]


FIRST = ledger([PLEDGE], one_step([PLEDGE]))
BOTH = ledger([PLEDGE, GIFT], [*one_step([PLEDGE]), *one_step([GIFT], "s-2")])


def test_nothing_changes_by_itself():
    assert changes(BOTH, BOTH, ALL) == []


def test_a_new_act_and_the_state_it_brings_are_told_with_their_article():
    found = changes(FIRST, BOTH, ALL)
    new = next(one for one in found if one.what == "new")
    assert (new.step, new.articles, new.new["type"]) == ("s-2", (GIVEN.id,), "deliver")
    state = found[-1]
    assert (state.what, state.deal, state.old, state.new, state.articles) == ("state", "d-1", "pledged", "delivered", (GIVEN.id,))


def test_that_another_article_tells_the_same_is_no_change():
    assert changes(FIRST, ledger([PLEDGE, SAME], one_step([PLEDGE, SAME])), ALL) == []


def test_a_correction_is_told_with_the_decision_behind_it():
    right = named(
        Decision(
            "", "2024-06-01T10:00:00Z", "lan", "correct", (PLEDGE.id,), slot="amounts",
            value=[{"value": 25e6, "currency": "EUR", "bound": "exact"}], why="a slip",
        )
    )  # fmt: skip
    (change,) = changes(FIRST, ledger([PLEDGE], one_step([PLEDGE]), [right]), ALL, [right])
    assert (change.what, change.field, change.articles, change.decisions) == ("changed", "sums", (), (right,))
    assert (change.old[0]["value"]["best"], change.new[0]["value"]["best"]) == (20e6, 25e6)


def test_what_is_rejected_is_gone_and_says_by_which_decision():
    reject = named(Decision("", "2024-06-01T10:00:00Z", "lan", "reject", (PLEDGE.id,), why="a plan"))
    (change,) = changes(FIRST, ledger([PLEDGE], one_step([PLEDGE]), [reject]), ALL, [reject])
    assert (change.what, change.decisions) == ("gone", (reject,))


def test_steps_that_became_one_are_told_as_merged_and_a_new_name_is_no_change():
    apart = ledger([PLEDGE, SAME], [*one_step([PLEDGE], "s-1"), *one_step([SAME], "s-9")])
    together = ledger([PLEDGE, SAME], one_step([PLEDGE, SAME], "s-1"))
    merged = [one for one in changes(apart, together, ALL) if one.what == "merged"]
    assert [(one.step, one.new) for one in merged] == [("s-9", "s-1")]
    assert told(FIRST, ledger([PLEDGE], one_step([PLEDGE], "s-5", "d-1"))) == []
