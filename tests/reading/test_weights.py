"""Models as data: what they say is what the sums by hand say."""

from __future__ import annotations

from math import exp, isclose, isinf, isnan

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.reading import weights
from vientro.reading.weights import Boosted, Crossed, Linear, Tree, sigmoid, softmax

LINEAR = Linear(("a", "b"), (0.5, -0.5), {"x": ((0, 1.0), (1, -2.0)), "y": ((1, 3.0),)})
# Is feature 1 at most 2? Then 0.4; else is feature 0 at most -1? Then -0.6, else 0.2.
TREE = Tree((1, -2, 0, -2, -2), (2.0, 0.0, -1.0, 0.0, 0.0), (1, 0, 3, 0, 0), (2, 0, 4, 0, 0), (0.0, 0.4, 0.0, -0.6, 0.2))
BOOSTED = Boosted(("f", "g"), 0.1, (TREE, TREE))


def test_a_linear_model_by_hand():
    assert LINEAR.scores([]) == [0.5, -0.5]
    assert LINEAR.scores(["x", "y", "unknown"]) == [1.5, 0.5]
    assert LINEAR.scores(["x", "x"]) == LINEAR.scores(["x"])
    assert LINEAR.best(["x"]) == "a"
    assert LINEAR.best(["y"]) == "b"
    assert isclose(LINEAR.chances(["x", "y"])[0], exp(1.5) / (exp(1.5) + exp(0.5)))


def test_one_class_is_a_yes_or_no():
    assert Linear(("yes",), (0.0,), {"x": ((0, 2.0),)}).chances(["x"]) == [pytest.approx(1 / (1 + exp(-2)))]


def test_crossed_features_are_those_written_out():
    crossed = Crossed((("", "p|"), ["x", "y", "x"]), (("q/",), ["x"]))
    assert list(crossed) == ["x", "y", "x", "p|x", "p|y", "p|x", "q/x"]
    model = Linear(("a", "b"), (0.25, 0.0), {"x": ((0, 1.5),), "p|y": ((1, -2.125),), "q/x": ((0, 0.5), (1, 4.0)), "q/y": ((0, 9.0),)})
    assert model.scores(crossed) == model.scores(list(crossed)) == [2.25, 1.875]


@given(st.lists(st.lists(st.integers(-30_000, 30_000), min_size=3, max_size=3), max_size=40))
def test_sums_of_weights_are_exact_to_a_thousandth(rows):
    names = [str(i) for i in range(len(rows))]
    weights_ = {name: tuple((i, w / 1000) for i, w in enumerate(row)) for name, row in zip(names, rows, strict=True)}
    found = Linear(("a", "b", "c"), (0.0, 0.0, 0.0), weights_).scores(names)
    assert found == [sum(row[i] for row in rows) / 1000 for i in range(3)]


@given(st.lists(st.sampled_from([-1.5, -1.0, -0.5, 0.0, 1.0, 2.0, 2.5, 9.0]), min_size=2, max_size=2))
def test_trees_give_what_a_walk_down_each_gives(row):
    def walk(node):
        while (feature := TREE.feature[node]) >= 0:
            node = TREE.low[node] if row[feature] <= TREE.threshold[node] else TREE.high[node]
        return TREE.value[node]

    leaf = Tree((-1,), (0.0,), (0,), (0,), (0.3,))
    assert isclose(Boosted(("f", "g"), 0.1, (TREE, leaf, TREE)).chance(row), sigmoid(0.4 + 2 * walk(0)))
    assert isclose(Boosted(("f", "g"), 0.1, ()).chance(row), sigmoid(0.1))


@pytest.mark.parametrize(("row", "value"), [((0, 2), 0.4), ((0, 2.1), 0.2), ((-1, 3), -0.6), ((-0.9, 3), 0.2)])
def test_trees_by_hand(row, value):
    assert isclose(BOOSTED.chance(row), sigmoid(0.1 + 2 * value))


@given(st.lists(st.floats(-1e300, 1e300), min_size=1, max_size=9))
def test_chances_are_chances_however_large_the_scores(scores):
    parts = softmax(scores)
    assert isclose(sum(parts), 1)
    assert all(0 <= p <= 1 for p in [*parts, *map(sigmoid, scores)])
    assert not any(isnan(p) or isinf(p) for p in parts)


def test_a_written_model_is_read_as_it_was(tmp_path, monkeypatch):
    folder = tmp_path / "xx" / "weights"
    folder.mkdir(parents=True)
    table = "# a comment\nclasses\ta\tb\nbias\t0.5\t-0.5\nx\t0:1.0\t1:-2.0\ny\t1:3.0\n"
    (folder / "hand.tsv").write_text(table, "utf-8")
    (folder / "hand.json").write_bytes(msgspec.json.encode(BOOSTED))
    monkeypatch.setattr(weights, "files", lambda package: tmp_path)
    found = weights.linear("xx", "hand")
    assert (found.classes, found.bias, found.weights) == (LINEAR.classes, LINEAR.bias, LINEAR.weights)
    read = weights.boosted("xx", "hand")
    assert (read.names, read.bias, read.trees) == (BOOSTED.names, BOOSTED.bias, BOOSTED.trees)
