"""What people ruled is laid over what the reader made, whatever a newer reader makes of the text."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from made import article, claim, money
from vientro.ledger.decisions import apply, corrected, standing
from vientro.ledger.imported import anchor
from vientro.model.claim import Role, Source
from vientro.model.decision import Decision, named, seen
from vientro.model.errors import InputError
from vientro.model.ids import inherit
from vientro.model.interchange import encode

TOLD = article("Đức cam kết cho Ukraine 20 triệu euro. Na Uy bàn giao 4 radar cho Ukraine.")
PLEDGE = claim(
    TOLD, "commit", "Đức cam kết cho Ukraine 20 triệu euro", actors="DE", recipients="UA", amounts=(money(20e6),), confidence=0.9
)
GIFT = claim(TOLD, "deliver", "Na Uy bàn giao 4 radar cho Ukraine", actors="NO", recipients="UA", confidence=0.3)
OTHER = article("Pháp từ chối gửi xe tăng.", outlet="Báo Khác")
REFUSAL = claim(OTHER, "refuse", actors="FR", confidence=0.8)
ARTICLES, CLAIMS = [TOLD, OTHER], [PLEDGE, GIFT, REFUSAL]

_clock = count(1)


def ruled(kind, *claims, by="lan", **more):
    more.setdefault("saw", tuple(seen(one) for one in claims))
    more.setdefault("articles", tuple(dict.fromkeys(one.article_id for one in claims)))
    at = f"2026-03-01T10:00:00.{next(_clock):06d}Z"
    return named(Decision("", at, by, kind, tuple(one.id for one in claims), **more))


def test_without_decisions_the_confident_claims_stand():
    found = apply(ARTICLES, CLAIMS, [], 0.5)
    assert found.claims == {PLEDGE.id: PLEDGE, REFUSAL.id: REFUSAL}
    assert not [*found.rulings, *found.clashes, *found.loose, *found.reopened, *found.kept]


def test_what_is_accepted_stands_below_the_threshold_and_what_is_rejected_does_not():
    accepted, rejected = ruled("accept", GIFT), ruled("reject", PLEDGE, why="a plan, no promise")
    found = apply(ARTICLES, CLAIMS, [accepted, rejected], 0.5)
    assert set(found.claims) == {GIFT.id, REFUSAL.id}
    assert found.rulings[PLEDGE.id].rejected
    assert found.rulings[PLEDGE.id].verdict == rejected
    assert found.machine[PLEDGE.id] == PLEDGE


def test_a_correction_changes_its_slot_alone_and_the_machine_value_stays_beside_it():
    right = ruled("correct", PLEDGE, slot="amounts", value=[{"value": 25e6, "currency": "EUR", "bound": "exact"}])
    found = apply(ARTICLES, CLAIMS, [right])
    (sum_,) = found.claims[PLEDGE.id].amounts
    assert sum_.value == 25e6
    assert replace(found.claims[PLEDGE.id], amounts=PLEDGE.amounts) == PLEDGE
    assert found.machine[PLEDGE.id] == PLEDGE


@pytest.mark.parametrize("another", [None, "Ông Ví Dụ"])
def test_whom_a_correction_takes_out_as_speaker_is_in_the_chain_no_more(another):
    agency = Source("Hãng Mẫu", kind="outlet")
    told = replace(PLEDGE, speaker=Role("Bà Ví Dụ"), chain=(Source("Bà ví dụ", "DE"), agency))
    made = corrected(told, "speaker", another, TOLD)
    assert (made.speaker, made.chain) == (Role(another) if another else None, (agency,))
    assert corrected(told, "speaker", "Bà Ví Dụ", TOLD).chain == told.chain


def test_the_last_verdict_and_the_last_correction_of_each_slot_stand():
    decisions = [
        ruled("reject", PLEDGE),
        ruled("correct", PLEDGE, slot="modality", value="possible"),
        ruled("correct", PLEDGE, slot="date", value="2024-05"),
        ruled("accept", PLEDGE),
        ruled("correct", PLEDGE, slot="modality", value="planned"),
    ]
    found = apply(ARTICLES, CLAIMS, decisions).claims[PLEDGE.id]
    assert (found.modality, found.date) == ("planned", "2024-05")


def test_what_is_undone_was_never_ruled_and_an_undo_can_be_undone():
    reject = ruled("reject", PLEDGE)
    undo = ruled("undo", value=reject.id)
    again = ruled("undo", value=undo.id)
    assert PLEDGE.id not in apply(ARTICLES, CLAIMS, [reject]).claims
    assert PLEDGE.id in apply(ARTICLES, CLAIMS, [reject, undo]).claims
    assert PLEDGE.id not in apply(ARTICLES, CLAIMS, [reject, undo, again]).claims
    assert standing([again, undo, reject]) == [reject]


def test_a_claim_that_a_newer_reader_does_not_make_is_kept_as_it_was_seen():
    accepted = ruled("accept", PLEDGE)
    found = apply(ARTICLES, [GIFT, REFUSAL], [accepted])
    assert found.claims[PLEDGE.id] == PLEDGE
    assert found.kept == {PLEDGE.id}


def test_a_decision_whose_article_is_gone_is_listed_and_breaks_nothing():
    accepted, joined = ruled("accept", PLEDGE), ruled("merge", PLEDGE, others=(REFUSAL.id,))
    found = apply([OTHER], [REFUSAL], [accepted, joined])
    assert set(found.claims) == {REFUSAL.id}
    assert [one.decision for one in found.loose] == [accepted, joined]


def test_a_newer_reader_may_move_the_evidence_and_the_ruling_moves_along():
    newer = claim(TOLD, "commit", "cam kết cho Ukraine 20 triệu euro", actors="DE", recipients="UA", confidence=0.2)
    fresh = inherit(CLAIMS, [newer])
    found = apply(ARTICLES, fresh, [ruled("accept", PLEDGE)], 0.5)
    assert set(found.claims) == {PLEDGE.id}
    assert found.claims[PLEDGE.id].evidence == newer.evidence
    assert not found.kept


def test_a_claim_that_a_person_adds_stands_and_absorbs_what_a_newer_reader_finds_of_it():
    row = encode(replace(GIFT, confidence=1.0))
    add = ruled("add", by="lan", articles=(TOLD.id,), value=row, saw=(seen(PLEDGE),))
    add = named(replace(add, claims=("c-hand",)))
    found = apply(ARTICLES, [PLEDGE, REFUSAL], [add], 0.5)
    assert set(found.claims) == {"c-hand", PLEDGE.id, REFUSAL.id}
    assert (found.claims["c-hand"].reader, found.claims["c-hand"].actors[0].value) == ("hand", "NO")
    again = apply(ARTICLES, [PLEDGE, REFUSAL, replace(GIFT, confidence=0.9)], [add], 0.5)
    assert set(again.claims) == set(found.claims)
    of_another = replace(GIFT, confidence=0.9, actors=PLEDGE.actors)
    assert of_another.id in apply(ARTICLES, [PLEDGE, of_another], [add], 0.5).claims


def test_a_claim_beside_which_another_was_added_is_not_taken_for_it():
    beside = replace(GIFT, confidence=0.9)
    add = named(replace(ruled("add", articles=(TOLD.id,), value=encode(GIFT), saw=(seen(beside),)), claims=("c-hand",)))
    assert {beside.id, "c-hand"} <= set(apply(ARTICLES, [beside], [add]).claims)


def test_an_imported_row_is_an_article_of_its_database_and_a_later_one_replaces_it():
    def row(value):
        coded = encode(replace(PLEDGE, amounts=(money(value),)))
        del coded["evidence"], coded["span"]
        text = f"Germany · commitment · {value:.0f} EUR"
        value = {"database": "Kiel", "key": "DE-7", "text": text, "claim": coded, "published": "2024-05-10"}
        return named(replace(ruled("row", value=value), claims=(anchor("Kiel", "DE-7"),)))

    found = apply(ARTICLES, CLAIMS, [row(20e6), row(22e6)])
    mine = found.claims[anchor("Kiel", "DE-7")]
    assert (mine.amounts[0].value, mine.reader) == (22e6, "import Kiel")
    of = found.articles[mine.article_id]
    assert (of.outlet, of.key, of.published, mine.evidence) == ("Kiel", "Kiel:DE-7", "2024-05-10", of.text)


def test_two_people_who_did_not_know_of_each_other_clash_and_the_later_stands():
    yes, no = ruled("accept", PLEDGE, by="lan"), ruled("reject", PLEDGE, by="minh")
    found = apply(ARTICLES, CLAIMS, [yes, no])
    (clash,) = found.clashes
    assert (clash.about, clash.slot, clash.earlier, clash.later) == ((PLEDGE.id,), "accept", yes, no)
    assert PLEDGE.id not in found.claims


def test_who_knows_what_was_ruled_overrules_it_and_does_not_clash():
    yes = ruled("accept", PLEDGE, by="lan")
    no = ruled("reject", PLEDGE, by="minh", after=(yes.id,))
    blind = ruled("reject", PLEDGE, by="minh")
    assert not apply(ARTICLES, CLAIMS, [yes, no]).clashes
    settled = ruled("accept", PLEDGE, by="hoa", after=(yes.id, blind.id))
    assert not apply(ARTICLES, CLAIMS, [yes, blind, settled]).clashes
    assert not apply(ARTICLES, CLAIMS, [yes, ruled("accept", PLEDGE, by="minh")]).clashes


def test_a_changed_or_withdrawn_article_reopens_what_rested_on_it():
    on_told, on_other = ruled("accept", PLEDGE), ruled("accept", REFUSAL)
    found = apply(ARTICLES, CLAIMS, [on_told, on_other], replaced={TOLD.id: "a-newer"}, withdrawn={OTHER.id})
    assert [(one.decision, one.article, one.now) for one in found.reopened] == [
        (on_told, TOLD.id, "a-newer"),
        (on_other, OTHER.id, None),
    ]
    informed = ruled("accept", PLEDGE, articles=(TOLD.id, "a-newer"))
    assert not apply(ARTICLES, CLAIMS, [informed], replaced={TOLD.id: "a-newer"}).reopened


def test_a_later_split_breaks_an_earlier_merge_and_the_other_way_round():
    merge = ruled("merge", PLEDGE, others=(GIFT.id, REFUSAL.id))
    split = ruled("split", PLEDGE, others=(GIFT.id,))
    bonds = apply(ARTICLES, CLAIMS, [merge, split]).bonds["step"]
    assert bonds[PLEDGE.id] == {GIFT.id: False, REFUSAL.id: True}
    merge = ruled("merge", PLEDGE, others=(GIFT.id,))
    assert apply(ARTICLES, CLAIMS, [split, merge]).bonds["step"][GIFT.id] == {PLEDGE.id: True}


def test_no_merge_goes_round_a_later_split():
    early = [ruled("merge", PLEDGE, others=(GIFT.id,)), ruled("merge", GIFT, others=(REFUSAL.id,))]
    split = ruled("split", PLEDGE, others=(REFUSAL.id,))
    bonds = apply(ARTICLES, CLAIMS, [*early, split]).bonds["step"]
    assert bonds[PLEDGE.id] == {REFUSAL.id: False}
    assert bonds[GIFT.id] == {REFUSAL.id: True}


def test_a_link_to_an_umbrella_holds_until_it_is_taken_away():
    inside = ruled("link", PLEDGE, others=(REFUSAL.id,))
    assert apply(ARTICLES, CLAIMS, [inside]).parents == {PLEDGE.id: REFUSAL.id}
    assert apply(ARTICLES, CLAIMS, [inside, ruled("unlink", PLEDGE, others=(REFUSAL.id,))]).parents == {}


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("colour", "red"),
        ("modality", "certainly"),
        ("amounts", [{"value": "many"}]),
        ("amounts", [{"value": 30e6, "max": 20e6, "currency": "EUR", "bound": "range"}]),
        ("amounts", [{"value": float("inf"), "currency": "EUR", "bound": "exact"}]),
        ("amounts", [{"value": -1.0, "currency": "EUR", "bound": "exact"}]),
        ("date", "2025-99"),
        ("due", "soon"),
        ("evidence", "x"),
    ],
)
def test_a_correction_that_fits_no_slot_is_told(slot, value):
    with pytest.raises(InputError):
        corrected(PLEDGE, slot, value, TOLD)
    bad = ruled("correct", PLEDGE, slot=slot, value=value)
    found = apply(ARTICLES, CLAIMS, [bad])
    assert found.claims[PLEDGE.id] == PLEDGE


KINDS = st.sampled_from(["accept", "reject", "correct", "merge", "split", "undo"])


@given(st.lists(st.tuples(KINDS, st.sampled_from(CLAIMS), st.sampled_from(CLAIMS)), max_size=6), st.randoms())
def test_the_order_of_arrival_changes_nothing_and_every_pair_of_bonds_can_be_kept(rulings, random):
    decisions: list[Decision] = []
    for kind, one, other in rulings:
        more = {"slot": "support", "value": "military"} if kind == "correct" else {}
        if kind in ("merge", "split"):
            more = {"others": (other.id,)}
        if kind == "undo":
            more = {"value": decisions[-1].id if decisions else "r-none"}
        decisions.append(ruled(kind, one, **more))
    found = apply(ARTICLES, CLAIMS, decisions, 0.5)
    shuffled = [*decisions], [*CLAIMS]
    for part in shuffled:
        random.shuffle(part)
    again = apply(ARTICLES, shuffled[1], shuffled[0], 0.5)
    assert again.claims == found.claims
    assert (again.bonds, again.rulings, again.clashes) == (found.bonds, found.rulings, found.clashes)
    for claim_, others in found.bonds["step"].items():
        assert all(found.bonds["step"][other][claim_] is together for other, together in others.items())
