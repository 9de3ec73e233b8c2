"""Lines of support over months: what is coded is read from gold and labels, and promises are scored with their outcomes."""

from __future__ import annotations

import json
import lzma
from pathlib import Path

import pytest
from typer.testing import CliRunner

from vientro.cli import evaluate
from vientro.cli.main import app
from vientro.evaluate import labels, linkfolds, longdeals, longerrors, longscores
from vientro.link.weights import shipped
from vientro.model.errors import InputError

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

PROMISE = ("Na Uy hứa tặng Ukraine hai xe tăng Leopard", "Oslo hứa tặng Kiev hai xe tăng Leopard.")
ARRIVAL = ("Xe tăng Na Uy tới nơi", "Na Uy đã bàn giao cho Ukraine hai xe tăng Leopard như đã hứa.")
OTHER = ("Peru nhận trực thăng", "Brazil đã bàn giao cho Peru ba trực thăng.")


def coded(text: str, kind: str, evidence: str, giver: str, to: str, thing: str, cls: str) -> dict[str, object]:
    """A claim as a label has it: offsets into the text."""

    def place(words: str) -> list[int]:
        at = text.index(words)
        return [at, at + len(words)]

    item = {"class": cls, "text": place(thing)}
    return {"type": kind, "modality": "actual", "actors": [giver], "recipients": [to], "items": [item], "evidence": place(evidence)}


def lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


@pytest.fixture
def made(tmp_path) -> Path:
    """Gold with one document, and labels with two, of a corpus: a promise, its delivery half a year on, and another delivery."""
    stories = {"p-1": (PROMISE, "2024-01-10"), "a-1": (ARRIVAL, "2024-07-02"), "o-1": (OTHER, "2024-07-03")}
    texts = {id_: f"{title}\n{lede}" for id_, ((title, lede), _) in stories.items()}
    claims = {
        "p-1": coded(texts["p-1"], "commit", "Oslo hứa tặng Kiev hai xe tăng Leopard", "NO", "UA", "xe tăng Leopard", "tank"),
        "a-1": coded(texts["a-1"], "deliver", "Na Uy đã bàn giao cho Ukraine hai xe tăng Leopard", "NO", "UA", "xe tăng Leopard", "tank"),
        "o-1": coded(texts["o-1"], "deliver", "Brazil đã bàn giao cho Peru ba trực thăng", "BR", "PE", "trực thăng", "helicopter"),
    }
    gold = tmp_path / "eval" / "gold"
    for name in ("stream", "ledes", "train_ledes", "articles", "train_articles"):
        lines(gold / f"{name}.docs.jsonl", [])
        lines(gold / f"{name}.gold.jsonl", [])
    lines(
        gold / "ledes.docs.jsonl", [{"id": "p-1", "source": "Báo A", "published": "2024-01-10", "title": PROMISE[0], "text": texts["p-1"]}]
    )
    lines(gold / "ledes.gold.jsonl", [{"doc": "p-1", "claims": [labels.worded(claims["p-1"], texts["p-1"])]}])
    mine = [{"doc": id_, "coder": "c", "length": len(texts[id_]), "claims": [claims[id_]]} for id_ in ("a-1", "o-1")]
    for kind, rows in (("ledes", mine[:1]), ("articles", []), ("long", mine)):
        lines(tmp_path / "training" / "labels" / f"{kind}.jsonl", rows)
    feed = [
        {"id": id_, "source": "Báo B", "url": None, "published": day, "title": title, "summary": lede}
        for id_, ((title, lede), day) in stories.items()
    ]
    (tmp_path / "corpus").mkdir()
    for name, rows in (("feed", feed), ("aid_articles", [])):
        packed = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
        (tmp_path / "corpus" / f"{name}.jsonl.xz").write_bytes(lzma.compress(packed))
    links: list[dict[str, object]] = [
        {"doc": "p-1", "claim": 0, "step": "s:hua", "deal": "d:xe-tang"},
        {"doc": "a-1", "claim": 0, "step": "s:giao", "deal": "d:xe-tang", "fulfils": ["s:hua"]},
        {"doc": "o-1", "claim": 0, "step": "s:khac", "deal": "d:truc-thang"},
    ]
    lines(tmp_path / "training" / "long_deals.jsonl", links)
    return tmp_path


def load(made: Path) -> longdeals.LongDeals:
    return longdeals.load(made / "eval", made / "training", made / "corpus")


def told(**deals: str) -> dict[longdeals.Key, tuple[str, str]]:
    return {(doc.replace("_", "-"), 0): (f"s-{doc}", deal) for doc, deal in deals.items()}


def test_claims_come_from_gold_and_from_labels_with_their_words(made):
    long = load(made)
    assert sorted(long.claims) == [("a-1", 0), ("o-1", 0), ("p-1", 0)]
    assert long.claims["a-1", 0].evidence == "Na Uy đã bàn giao cho Ukraine hai xe tăng Leopard"
    assert long.claims["a-1", 0].items[0].text == "xe tăng Leopard"
    assert long.places["a-1", 0] == longdeals.Place("s:giao", "d:xe-tang", frozenset({"s:hua"}))
    assert {article.published for article in long.articles} == {"2024-01-10", "2024-07-02", "2024-07-03"}


def test_another_text_than_the_one_that_was_coded_is_refused(made):
    path = made / "training" / "labels" / "ledes.jsonl"
    path.write_text(path.read_text("utf-8").replace('"length": ', '"length": 9'), "utf-8")
    with pytest.raises(InputError, match="another text"):
        load(made)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ({"doc": "p-1", "claim": 0, "step": "s:x", "deal": "d:x"}, "twice"),
        ({"doc": "q-1", "claim": 0, "step": "s:x", "deal": "d:x", "fulfils": ["s:hua"]}, "no step of its deal"),
        ({"doc": "q-1", "claim": 0, "step": "s:x", "deal": "d:x"}, "is not coded"),
    ],
)
def test_lines_that_fit_nothing_are_refused(made, line, words):
    path = made / "training" / "long_deals.jsonl"
    path.write_text(path.read_text("utf-8") + json.dumps(line) + "\n", "utf-8")
    with pytest.raises(InputError, match=words):
        load(made)


def test_a_promise_with_its_delivery_is_a_pair_and_counts_as_a_month_apart(made):
    report = longscores.report(load(made), told(p_1="d-1", a_1="d-1", o_1="d-2"))
    for name in ("handed over", "all", "of two documents", "a month apart or more"):
        assert report["pairs"][name] == {"coded": 1, "found": 1, "p": 1.0, "r": 1.0, "f1": 1.0}, name
    assert report["pairs"]["withheld, resumed"]["coded"] == 0
    assert report["pairs"]["largest deal aside"]["coded"] == 0
    assert report["outcomes"] == {"named": 1, "found": 1}
    assert report["deal_b3"]["f1"] == 1.0


def test_a_delivery_alone_is_missed_and_one_put_elsewhere_is_wrong(made):
    alone = longscores.report(load(made), told(p_1="d-1", a_1="d-2", o_1="d-3"))
    assert alone["pairs"]["all"] == {"coded": 1, "found": 0, "p": 1.0, "r": 0.0, "f1": 0.0}
    assert alone["outcomes"] == {"named": 1, "found": 0}
    wrong = longscores.report(load(made), told(p_1="d-1", a_1="d-2", o_1="d-1"))
    assert wrong["pairs"]["all"] == {"coded": 1, "found": 1, "p": 0.0, "r": 0.0, "f1": 0.0}
    assert wrong["deal_b3_shared"]["r"] == 0.5


def test_b_cubed_by_hand():
    keys = [("d", number) for number in range(4)]
    coded_ = dict(zip(keys, "aabb", strict=True))
    found = dict(zip(keys, "xxxy", strict=True))
    scores = longscores.b_cubed(coded_, found, keys)
    assert scores["p"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert scores["r"] == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)


def test_errors_say_what_speaks_against_and_what_was_joined(made):
    long = load(made)
    (split,) = longerrors.splits(long, told(p_1="d-1", a_1="d-2", o_1="d-3"), longdeals.weights(long))
    assert (split.outcome, split.promise) == (("a-1", 0), ("p-1", 0))
    assert split.score is not None
    assert longerrors.joined(long, told(p_1="d-1", a_1="d-2", o_1="d-1")) == [longerrors.Joined("d:truc-thang", "d:xe-tang", 1)]
    assert longerrors.joined(long, told(p_1="d-1", a_1="d-1", o_1="d-2")) == []


def test_claims_that_share_no_key_were_never_compared(made):
    path = made / "training" / "long_deals.jsonl"
    path.write_text(path.read_text("utf-8").replace('"d:truc-thang"', '"d:xe-tang", "fulfils": ["s:hua"]'), "utf-8")
    long = load(made)
    kinds = {one.outcome[0]: one.kind for one in longerrors.splits(long, told(p_1="d-1", a_1="d-1", o_1="d-3"), longdeals.weights(long))}
    assert kinds == {"o-1": longerrors.APART}


def test_claims_that_no_training_saw_have_the_shipped_weights():
    assert linkfolds.weights_without(None, None) is shipped()
    assert linkfolds.weights_without(None, 2) == linkfolds.weights_without(2, 2)
    assert linkfolds.weights_without(4, 1) == linkfolds.weights_without(1, 4)


@pytest.mark.skipif(not (SHARED / "corpus").exists(), reason="needs the shared corpus")
def test_the_coded_lines_fit_their_documents():
    long = longdeals.load(SHARED / "eval", ROOT / "training", SHARED / "corpus")
    promised = {long.places[key].deal for keys in longscores.answers(long).values() for key in keys}
    assert len(promised) >= 20
    for outcome in longscores.answers(long):
        assert long.claims[outcome].type in longscores.HANDED | longscores.WITHHELD, outcome


def test_eval_tells_of_long_deals_only_where_labels_and_corpus_are(made, monkeypatch):
    monkeypatch.chdir(made)
    assert evaluate._long(made / "eval", 0)[1]["long deals"]["deals"] == 2
    monkeypatch.chdir(made / "eval")
    assert evaluate._long(made / "eval", 0) == (None, {})
    assert "--long-errors" in CliRunner().invoke(app, ["eval", "--help"], env={"COLUMNS": "200"}).stdout
