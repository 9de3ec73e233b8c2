"""Sentences that were read as no act are told."""

from __future__ import annotations

from vientro.publish import phrases


def test_many_sentences_are_cut_and_counted() -> None:
    said = phrases.unread(["Một câu.", "dài " * 100, "Ba.", "Bốn.", "Năm."], "en")
    assert said[0] == "Not read: “Một câu.”"
    assert said[1].endswith("…”")
    assert len(said[1]) < 200
    assert said[3:] == ["Other sentences not read: 2"]
    assert phrases.unread([], "en") == []
