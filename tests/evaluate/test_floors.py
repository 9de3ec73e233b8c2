"""Floors only go up, and changed data are noticed."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from vientro.evaluate import floors
from vientro.evaluate.floors import GRAIN, Floor, breaches, raised

SCORES = st.dictionaries(
    st.sampled_from(["claim", "strict", "slot"]), st.floats(0, 1).map(lambda score: round(score, 4)), min_size=3, max_size=3
)
FLOORS = st.dictionaries(st.sampled_from(["ledes", "stream"]), st.builds(Floor, st.sampled_from(["x", "y"]), SCORES))


def test_above_the_floor_nothing_is_said():
    assert breaches({"ledes": Floor("x", {"claim": 0.7, "strict": 0.4})}, {"ledes": Floor("x", {"claim": 0.7})}) == []


def test_a_breach_says_which_score_how_low_and_where_the_floor_is():
    (line,) = breaches({"ledes": Floor("x", {"claim": 0.6, "strict": 0.9})}, {"ledes": Floor("x", {"claim": 0.7, "strict": 0.5})})
    assert line == "ledes: claim 0.6000 is below its floor 0.7000"


def test_other_data_or_none_are_a_breach():
    (changed,) = breaches({"ledes": Floor("y", {"claim": 0.9})}, {"ledes": Floor("x", {"claim": 0.7})})
    assert "--raise-floors" in changed
    (gone,) = breaches({}, {"ledes": Floor("x", {"claim": 0.7})})
    assert "not found" in gone


@given(FLOORS, FLOORS)
def test_floors_are_never_lowered_on_the_same_data_and_what_was_measured_stands_above(measured, known):
    new = raised(measured, known)
    assert set(new) == {*measured, *known}
    for name, floor in new.items():
        old, found = known.get(name), measured.get(name)
        assert found is None or floor.sha256 == found.sha256
        if old and old.sha256 == floor.sha256:
            assert all(floor.scores[key] >= old.scores[key] for key in old.scores)
        if found and not (old and old.sha256 == found.sha256):
            assert all(floor.scores[key] <= max(found.scores[key] - GRAIN, 0) + 1e-4 for key in found.scores)


def test_written_floors_are_read_as_they_were(tmp_path):
    path = tmp_path / "floors.json"
    kept = {"b": Floor("x", {"claim": 0.5}), "a": Floor("y", {"slot": 0.25})}
    floors.write(path, kept)
    assert msgspec.json.decode(path.read_bytes(), type=dict[str, Floor]) == kept
    assert path.read_text("utf-8").index('"a"') < path.read_text("utf-8").index('"b"')


def test_the_shipped_floors_are_scores():
    assert floors.shipped()
    assert all(0 < score < 1 for floor in floors.shipped().values() for score in floor.scores.values())
