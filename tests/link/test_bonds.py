"""What people ruled on which claims belong together holds against any score, and in any order of arrival."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from made import article, claim, money
from vientro.link import Index, link

TEXTS = {
    "a": ("Đức cam kết cho Ukraine 20 triệu euro.", "2024-05-10", "DE", 20e6),
    "b": ("Berlin hứa viện trợ Kiev 20 triệu euro.", "2024-05-10", "DE", 20e6),
    "c": ("Đức cam kết 20 triệu euro cho Ukraine, báo chí đưa tin.", "2024-05-11", "DE", 20e6),
    "d": ("Na Uy cam kết cho Moldova 900 triệu euro.", "2022-01-03", "NO", 900e6),
    "e": ("Pháp cam kết cho Moldova 5 triệu euro.", "2023-07-03", "FR", 5e6),
}
ARTICLES = {name: article(text, day, outlet=f"Báo {name}") for name, (text, day, _, _) in TEXTS.items()}
CLAIMS = {
    name: claim(ARTICLES[name], "commit", actors=giver, recipients="MD" if name in "de" else "UA", amounts=(money(value),))
    for name, (_, _, giver, value) in TEXTS.items()
}


def bonds(level, pairs):
    found = {}
    for (a, b), together in pairs.items():
        found.setdefault(CLAIMS[a].id, {})[CLAIMS[b].id] = together
        found.setdefault(CLAIMS[b].id, {})[CLAIMS[a].id] = together
    return {level: found}


def linked(ruled, names="abcde"):
    links = {one.claim: one for one in link([ARTICLES[n] for n in names], [CLAIMS[n] for n in names], bonds=ruled)}
    return {name: links[CLAIMS[name].id] for name in names}


def test_without_a_ruling_the_scores_decide():
    found = linked({})
    assert found["a"].step == found["b"].step == found["c"].step
    assert len({found[name].deal for name in "ade"}) == 3


def test_what_a_person_parts_stays_apart_and_what_hangs_on_it_chooses():
    found = linked(bonds("step", {("a", "b"): False}))
    assert found["a"].step != found["b"].step
    assert found["c"].step in (found["a"].step, found["b"].step)


def test_what_a_person_joins_is_one_act_though_nothing_else_speaks_for_it():
    found = linked(bonds("step", {("a", "d"): True}))
    assert found["a"].step == found["d"].step
    assert found["a"].deal == found["d"].deal
    assert f"step of {CLAIMS['a'].id}: a person ruled so" in found["d"].why


def test_deals_are_joined_and_parted_with_their_steps_left_as_they_are():
    found = linked(bonds("deal", {("d", "e"): True}))
    assert found["d"].deal == found["e"].deal
    assert found["d"].step != found["e"].step


PAIRS = st.dictionaries(st.sampled_from(list(combinations("abcde", 2))), st.booleans(), max_size=4)


@settings(max_examples=40)
@given(PAIRS, st.permutations("abcde"))
def test_rulings_that_can_all_be_kept_are_kept_in_any_order(pairs, order):
    group = {name: {name} for name in "abcde"}
    for a, b in (pair for pair, together in pairs.items() if together):
        both = group[a] | group[b]
        group.update(dict.fromkeys(both, both))
    pairs = {pair: together for pair, together in pairs.items() if together or pair[1] not in group[pair[0]]}
    ruled = bonds("step", pairs)
    found = linked(ruled)
    for (a, b), together in pairs.items():
        assert (found[a].step == found[b].step) is together
    index = Index(bonds=ruled)
    for name in order:
        index.add([ARTICLES[name]], [CLAIMS[name]])
    assert {one.claim: one for one in index.links()} == {one.claim: one for one in found.values()}


def test_two_rows_of_one_database_are_two_acts_however_like_each_other_they_are():
    def of(*databases):
        rows = {
            name: replace(CLAIMS[name], reader=f"import {database}" if database else "")
            for name, database in zip("abc", databases, strict=True)
        }
        links = {one.claim: one for one in link([ARTICLES[n] for n in "abc"], list(rows.values()))}
        return [links[CLAIMS[name].id] for name in "abc"]

    assert len({one.step for one in of("Kiel", "Kiel", "Kiel")}) == 3
    assert len({one.step for one in of("Kiel", "SIPRI", "")}) == 1
    read_too = of("Kiel", "Kiel", "")
    assert read_too[0].step != read_too[1].step
    assert read_too[2].step in (read_too[0].step, read_too[1].step)
