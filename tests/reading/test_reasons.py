"""Reasons: the parts of an answer add up to it, whatever the weights; and watching changes no answer."""

from __future__ import annotations

from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.reading import decide
from vientro.reading.draft import KEEP_NAMES, ROLE_NAMES, ROLES, logit
from vientro.reading.reasons import STEP, Reason, drain, linear_reasons, split, tree_reasons, watched
from vientro.reading.slots import PLACE_NAMES
from vientro.reading.voices import VOICE_NAMES
from vientro.reading.weights import Boosted, Linear, Tree

LINEAR = Linear(("a", "b"), (0.5, -0.5), {"x": ((0, 1.0), (1, -2.0)), "y": ((1, 3.0),)})


def test_reasons_of_a_class_and_against_another():
    assert linear_reasons(LINEAR, ["x", "y", "z", "x"], 0) == [Reason("x", 1.0)]
    assert linear_reasons(LINEAR, ["x", "y", "z"], 0, 1) == [Reason("x", 3.0), Reason("y", -3.0)]


def test_reasons_are_split_by_their_sign():
    rows = [Reason("a", 2.0), Reason("b", -1.5), Reason("c", 1.0), Reason("d", -0.5)]
    assert split(rows, 1) == ((rows[0],), (rows[1],))
    assert split(rows, 9) == ((rows[0], rows[2]), (rows[1], rows[3]))


def test_a_step_down_a_tree_is_put_down_to_the_number_asked_there():
    tree = Tree((0, -1, 1, -1, -1), (1.0, 0.0, 2.0, 0.0, 0.0), (1, 0, 3, 0, 0), (2, 0, 4, 0, 0), (0.0, -0.3, 5.0, 0.1, 0.7))
    model = Boosted(("f", "g"), 0.1, (tree,))
    assert tree_reasons(model, [0, 9]) == [(0, -0.3)]
    (first, a), (second, b) = tree_reasons(model, [2, 9])
    assert (first, second) == (0, 1)
    assert isclose(a, 5.0 * STEP)
    assert isclose(a + b, 0.7)


def forests() -> dict[str, Boosted]:
    model = decide.shipped()
    slots = {name: getattr(model, name) for name in ("keep", "certain", "item_trees", "amount_trees", "date_trees", "speaker_trees")}
    return slots | dict(zip(ROLES, model.role_trees, strict=True))


@given(st.sampled_from(sorted(forests())), st.data())
def test_the_parts_add_up_to_the_answer_of_the_shipped_trees(name, data):
    trees = forests()[name]
    row = data.draw(st.lists(st.floats(-10, 100), min_size=len(trees.names), max_size=len(trees.names)))
    total = trees.bias + sum(weight for _, weight in tree_reasons(trees, row))
    assert isclose(total, logit(trees.chance(row)), abs_tol=1e-3) or abs(total) > 9


def test_the_numbers_of_the_shipped_trees_are_those_the_reader_names():
    found = forests()
    assert found["keep"].names == found["certain"].names == KEEP_NAMES
    assert {found[role].names for role in ROLES} == {ROLE_NAMES}
    assert found["speaker_trees"].names == VOICE_NAMES
    assert all(found[name].names[-len(PLACE_NAMES) :] == PLACE_NAMES for name in ("item_trees", "amount_trees", "date_trees"))


@pytest.mark.parametrize("part", sorted(forests()))
def test_inner_rows_of_the_shipped_trees_are_before_the_learning_rate(part):
    for tree in forests()[part].trees:
        for node, feature in enumerate(tree.feature):
            low, high = tree.low[node], tree.high[node]
            if node and feature >= 0 and tree.feature[low] < 0 and tree.feature[high] < 0:
                least, most = sorted((tree.value[low], tree.value[high]))
                assert least - 0.01 <= STEP * tree.value[node] <= most + 0.01


def test_a_watched_model_answers_alike_and_notes_what_it_was_asked():
    model = decide.shipped()
    watch = watched(model)
    features = ["s=provide", "zone=body"]
    assert watch.types.chances(features) == model.types.chances(features)
    assert watch.attributes[0].best(iter(features)) == model.attributes[0].best(features)
    row = [0.5] * len(KEEP_NAMES)
    assert watch.keep.chance(row) == model.keep.chance(row)
    assert drain(watch.types) == drain(watch.attributes[0]) == [tuple(features)]
    assert drain(watch.keep) == [tuple(row)]
    assert drain(watch.keep) == []
