"""Every document is read by weights that never saw it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from vientro.evaluate import folds, gold
from vientro.evaluate.folds import Fold
from vientro.reading import decide

DATA = Path(__file__).parents[3] / "shared" / "eval"


def test_the_fold_that_left_a_document_out_is_chosen(monkeypatch):
    one, other, shipped = object(), object(), object()
    monkeypatch.setattr(folds, "all_folds", lambda: (Fold(frozenset({"a"}), one), Fold(frozenset({"b"}), other)))
    monkeypatch.setattr(decide, "shipped", lambda: shipped)
    assert folds.model_for("a") is one
    assert folds.model_for("b") is other
    assert folds.model_for("c") is shipped


def test_a_document_that_no_training_saw_is_read_by_the_shipped_weights():
    assert folds.model_for("a name that no document has") is decide.shipped()


def test_no_document_is_left_out_twice():
    assert len(folds.all_folds()) == 5
    assert set(Counter(key for fold in folds.all_folds() for key in fold.unseen).values()) == {1}


@pytest.mark.skipif(not DATA.exists(), reason="the evaluation data are not here")
def test_every_gold_document_has_its_fold():
    for one in gold.sets(DATA):
        for article in gold.articles(one):
            (fold,) = [fold for fold in folds.all_folds() if article.key in fold.unseen]
            assert folds.model_for(article.key) is fold.model
