"""Who may be the speaker of a claim."""

from __future__ import annotations

import pytest

from vientro.reading.draft import TYPES, Draft
from vientro.reading.scene import Scene, stage
from vientro.reading.voices import VOICE_NAMES, voice_features, voice_rows, voices

CHANCES = [0.9] + [0.0] * (len(TYPES) - 1) + [0.1]


def scene(title: str, lede: str) -> Scene:
    text = f"{title}\n{lede}"
    return stage(text, [(0, len(title), "title"), (len(title) + 1, len(text), "lede")], None)


def heard(title: str, lede: str) -> list[str]:
    found = scene(title, lede)
    return [v.name for v in voices(found, found.sentences[-1])]


OFFICES = [
    ("Ông Macron: Pháp sẽ viện trợ Ukraine", "Tổng thống Pháp cho biết sẽ viện trợ Ukraine.", "Emmanuel Macron"),
    ("Pháp viện trợ Ukraine", "Bộ trưởng Quốc phòng Pháp Jean Dupont nói bộ trưởng Quốc phòng Pháp sẽ viện trợ Ukraine.", "Jean Dupont"),
]


@pytest.mark.parametrize(("title", "lede", "name"), OFFICES, ids=[row[2] for row in OFFICES])
def test_an_office_is_its_holder_where_the_text_names_one(title: str, lede: str, name: str):
    names = heard(title, lede)
    assert name in names
    assert not any(said.lower().startswith(("tổng thống", "bộ trưởng")) for said in names)


def test_an_office_without_a_holder_keeps_its_words():
    assert "Tổng thống Pháp" in heard("Pháp viện trợ Ukraine", "Tổng thống Pháp cho biết sẽ viện trợ Ukraine.")


def test_an_office_is_nobody_of_another_state():
    assert "Tổng thống Pháp" in heard("Ông Putin: Nga phản đối viện trợ", "Tổng thống Pháp cho biết sẽ viện trợ Ukraine.")


def test_trees_see_a_number_for_every_name():
    found = scene("Ông Macron: Pháp sẽ viện trợ Ukraine", 'Theo Reuters, ông Macron nói "sẽ viện trợ" cho Ukraine.')
    row = found.sentences[1]
    own = Draft(row, next(k for k, e in enumerate(row.elements) if e.tag[:4] == "cue:"), "commit", 0.9, CHANCES)
    mine = voices(found, row)
    assert mine
    assert all(any(voice_features(found, own, v)) for v in mine)
    assert {len(r) for r in voice_rows(own, mine, [0.5] * len(mine))} == {len(VOICE_NAMES)}
