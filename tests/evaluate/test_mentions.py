"""Scores of mentions, over cases and documents made here."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from vientro.evaluate import mentions, scorer
from vientro.evaluate.mentions import KINDS, Case, Coded
from vientro.model.errors import InputError
from vientro.model.mention import Dating

if TYPE_CHECKING:
    from pathlib import Path

TEN = {"text": "10 triệu USD", "value": 1e7, "currency": "USD", "bound": "exact"}
TEXT = "Oslo chi 10 triệu USD."


def judged(kind: str, *cases: Case) -> mentions.Cases:
    told: list[None] = []
    found = mentions.judge(KINDS[kind], cases, lambda: told.append(None))
    assert len(told) == len(cases)
    return found


def test_a_case_is_right_if_every_field_is() -> None:
    found = judged("amounts", Case(TEXT, [TEN]), Case("Không có gì.", []))
    assert (found.cases, found.right, found.values, found.wrong) == (2, 2, 2, [])
    assert (found.report()["p"], found.report()["r"]) == (1.0, 1.0)


def test_another_value_is_one_missed_and_one_invented() -> None:
    found = judged("amounts", Case(TEXT, [TEN | {"currency": "EUR"}]))
    assert (found.right, found.values, found.matched, found.expected, found.found) == (0, 0, 0, 1, 1)
    (wrong,) = found.wrong
    assert wrong.missed == [TEN | {"currency": "EUR"}]
    assert wrong.invented == [TEN]


def test_other_words_with_the_same_value_are_right_in_value_only() -> None:
    found = judged("amounts", Case(TEXT, [TEN | {"text": "chi 10 triệu USD"}]))
    assert (found.right, found.values) == (0, 1)


def test_a_mention_where_none_is_counts_against_precision_alone() -> None:
    report = judged("amounts", Case(TEXT, [])).report()
    assert (report["p"], report["r"]) == (0.0, None)


def test_a_name_counts_only_where_the_case_tells_it() -> None:
    row = {"text": "Nhà Trắng", "kind": "organ", "code": "US"}
    assert judged("actors", Case("Nhà Trắng im lặng.", [row])).right == 1
    assert judged("actors", Case("Nhà Trắng im lặng.", [row | {"name": "Tòa nhà khác"}])).right == 0


def test_times_are_read_against_the_day_of_the_case() -> None:
    row = {"text": "hôm qua", "edtf": "2023-02-28"}
    assert judged("times", Case("Ông đến hôm qua.", [row], published="2023-03-01")).right == 1


@pytest.mark.parametrize("line", ['{"text": "a"}', "no JSON", '{"text": "a", "expect": [], "published": "tomorrow"}', "\xff"])
def test_a_line_that_is_no_case_is_an_error_that_names_it(tmp_path: Path, line: str) -> None:
    (tmp_path / "times.jsonl").write_bytes(b'{"text": "", "expect": []}\n' + line.encode("latin-1"))
    with pytest.raises(InputError, match=r"times\.jsonl:2"):
        mentions.cases(tmp_path)


def test_a_folder_without_cases_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--cases"):
        mentions.cases(tmp_path / "nowhere")


def test_kinds_without_a_file_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "actors.jsonl").write_text('{"text": "", "expect": [], "day": "2020-01-01"}\n', "utf-8")
    assert list(mentions.cases(tmp_path)) == ["actors"]


def test_a_day_inside_the_interval_counts_and_a_text_without_a_day_is_a_miss(monkeypatch: pytest.MonkeyPatch) -> None:
    datings = {"a": Dating("2024-03-01/2024-03-10", "2024-03-02", ()), "b": Dating("2024-03-06", "2024-03-06", ()), "c": None}
    monkeypatch.setattr(mentions, "find_date", datings.get)
    told: list[None] = []
    report = mentions.dating([(text, date(2024, 3, 5)) for text in datings] + [("a", date(2024, 3, 10))], lambda: told.append(None))
    assert report == {"texts": 4, "undated": 1, "inside": 0.5, "best_near": 0.5, "median_days": 10}
    assert len(told) == 4


def test_no_texts_have_no_shares() -> None:
    assert mentions.dating([], lambda: None)["inside"] is None


def test_tallies_add_up() -> None:
    one = Coded(
        mentions.Counter({("coded", "dates"): 2, ("found", "dates"): 1}), mentions.Counter({("hits", "date"): 1, ("told", "date"): 1})
    )
    report = mentions.total([one, one]).report()
    assert report["found"]["dates"] == {"found": 2, "coded": 4, "share": 0.5}
    assert report["paired"]["date"] == {"hits": 2, "told": 2, "coded": 0, "p": 1.0, "r": None, "f1": 2.0}
    assert report["paired"]["items"]["f1"] is None
    json.dumps(report)


def test_a_scorer_that_lacks_what_is_used_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "score.py").write_text("CODES = set()\n", "utf-8")
    with pytest.raises(InputError, match=r"has no pair"):
        scorer.scorer(tmp_path, scorer.MENTIONS)
