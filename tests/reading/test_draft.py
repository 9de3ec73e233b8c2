"""Drafts of claims: which of them are one act."""

from __future__ import annotations

from itertools import permutations

import pytest

from vientro.reading.draft import KEEP_NAMES, ROLE_NAMES, TYPES, Draft, chances_of, evidence, keep_row, merge, role_rows, same_act
from vientro.reading.scene import Scene, stage
from vientro.reading.values import Value, candidates

CHANCES = [0.9] + [0.0] * (len(TYPES) - 1) + [0.1]


def scene(*zones: tuple[str, str]) -> Scene:
    text, places = "", []
    for kind, part in zones:
        places.append((len(text), len(text) + len(part), kind))
        text += part + "\n"
    return stage(text, places, None)


def draft(found: Scene, sentence: int, cue: str, kind: str, chance: float, *roles: str) -> Draft:
    """A draft at the first cue of a sense, with roles by name: actors, recipients, addressees, each separated by spaces."""
    row = found.sentences[sentence]
    at = next(k for k, e in enumerate(row.elements) if e.tag == f"cue:{cue}")
    values = {v.name: v for v in candidates(found, row)}
    filled = [[values[name] for name in names.split()] for names in (*roles, "", "", "")[:3]]
    return Draft(row, at, kind, chance, CHANCES, (filled[0], filled[1], filled[2]))


def told(drafts: list[Draft]) -> list[tuple[object, ...]]:
    return [(d.type, d.sentence.index, d.cue, d.names, d.told) for d in drafts]


SHORT = scene(("title", "Đức viện trợ Ukraine"), ("lede", "Đức cam kết viện trợ cho Ukraine 5 triệu euro."))


def three() -> list[Draft]:
    return [
        draft(SHORT, 0, "aid", "commit", 0.8, "DE", "UA"),
        draft(SHORT, 1, "pledge", "commit", 0.7, "DE", "UA"),
        draft(SHORT, 1, "aid", "commit", 0.6, "DE", "UA"),
    ]


def test_headline_and_lede_of_one_act_are_one_and_the_fuller_stands():
    (one,) = merge(three(), short=True)
    assert one.sentence.zone == "lede"
    assert one.told == 3
    assert one.twin
    assert one.twin.sentence.zone == "title"


def test_in_a_long_text_they_are_two():
    assert {d.sentence.zone for d in merge(three(), short=False)} == {"title", "lede"}


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_the_drafts_does_not_matter(order):
    assert told(merge([three()[i] for i in order], short=True)) == told(merge(three(), short=True))


def test_roles_that_only_the_other_names_are_taken_over():
    found = scene(("title", "Đức viện trợ Ukraine"), ("lede", "Berlin cam kết viện trợ 5 triệu euro và 10 xe tăng."))
    (one,) = merge([draft(found, 0, "aid", "commit", 0.5, "DE", "UA"), draft(found, 1, "pledge", "commit", 0.8, "DE")], short=True)
    assert one.sentence.zone == "lede"
    assert one.names == ({"DE"}, {"UA"}, set())
    assert one.roles[1][0].elements == (), "it is not named in the sentence"


def test_other_actors_or_another_type_are_another_act():
    found = scene(("title", "Đức viện trợ Ukraine"), ("lede", "Pháp cam kết viện trợ cho Ukraine."))
    french, german = draft(found, 1, "pledge", "commit", 0.7, "FR", "UA"), draft(found, 0, "aid", "commit", 0.8, "DE", "UA")
    assert not same_act(french, german)
    assert len(merge([french, german], short=True)) == 2
    pledged, sent = draft(SHORT, 1, "pledge", "commit", 0.7, "DE", "UA"), draft(SHORT, 1, "aid", "deliver", 0.5, "DE", "UA")
    assert len(merge([pledged, sent], short=True)) == 2


def test_a_role_left_open_contradicts_nothing():
    full, bare = draft(SHORT, 1, "pledge", "commit", 0.7, "DE", "UA"), draft(SHORT, 1, "aid", "commit", 0.6)
    assert same_act(full, bare)
    assert same_act(bare, full)


def test_two_verbs_with_things_of_their_own_are_two_acts():
    text = "Đức từ chối gửi xe tăng cho Ukraine, bác đề nghị cung cấp tên lửa Taurus."
    found = scene(("lede", text))
    row = found.sentences[0].elements
    first, second = [k for k, e in enumerate(row) if e.tag == "cue:refuse"]

    def at(cue: int, chance: float) -> Draft:
        return Draft(found.sentences[0], cue, "refuse", chance, CHANCES, ([Value("DE", True, (0,), 0, 3)], [], []))

    assert len(merge([at(first, 0.8), at(second, 0.7)], short=True)) == 2
    assert len(merge([at(first, 0.8), at(second, 0.1)], short=True)) == 1, "an unlikely cue is no act of its own"


def test_rows_have_the_length_of_their_names():
    one = three()[1]
    values = candidates(SHORT, one.sentence)
    rows = role_rows(SHORT, one.sentence, one.cue, "commit", values, [[0.2, 0.5, 0.3]] * len(values))
    assert {len(row) for row in rows} == {len(ROLE_NAMES)}
    cues = [(s, k, CHANCES) for s in SHORT.sentences for k, e in enumerate(s.elements) if e.tag.startswith("cue:")]
    text = chances_of(cues, {s.index: CHANCES[:-1] for s in SHORT.sentences})
    assert len(keep_row(SHORT, one, text)) == len(KEEP_NAMES)


def test_evidence_ends_at_the_next_break():
    found = scene(("lede", "Theo báo chí, Đức cam kết viện trợ cho Ukraine, nhưng Hungary phản đối."))
    start, stop = evidence(draft(found, 0, "pledge", "commit", 0.9, "DE", "UA"), found)
    assert found.text[start:stop] == "Đức cam kết viện trợ cho Ukraine"
