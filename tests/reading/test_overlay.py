"""A user's file of names: what is right becomes rows, what is wrong is told with its line and how to mend it."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.model.errors import InputError
from vientro.reading import overlay
from vientro.reading.actors import resolve
from vientro.reading.lexicon import Lexicon
from vientro.reading.terms import entries
from vientro.reading.text import fold

HEADER = "pattern\tname\tkind\tcode\tguard\tfrom\tto\tsource\n"
PAGE = (Path(__file__).parents[2] / "docs" / "names.md").read_text("utf-8")


def names(content: str, text: str) -> list[tuple[str, str, str | None]]:
    folded = fold(text).text
    found = resolve(folded, Lexicon(entries(overlay.rows(content, "names.tsv"))).places(folded))
    return [(actor.name, actor.kind, actor.code) for actor in found]


def test_the_example_of_the_documentation_is_read():
    example = PAGE.split("```")[1].lstrip("\n")
    text = "Bà Lina Varga nói Xứ Sương và QTX giúp Na Uy."
    assert names(example, text) == [
        ("Lina Varga", "person", "HU"),
        ("Sương Quốc", "other", None),
        ("Quỹ Trăng Xanh", "organisation", "UN"),
        ("Na Uy", "state", "NO"),
    ]


def test_every_column_kind_and_guard_is_documented():
    for word in (*overlay.COLUMNS, *overlay.KINDS, *filter(None, overlay.GUARDS)):
        assert f"`{word}`" in PAGE, word


def test_columns_may_be_left_out_and_stand_in_any_order():
    assert names("kind\tpattern\norganisation\tHội Bảo trợ Sông Lạnh\n", "Hội bảo trợ sông Lạnh họp.") == [
        ("Hội Bảo trợ Sông Lạnh", "organisation", None)
    ]


def test_a_person_without_a_name_is_called_by_the_first_spelling():
    assert names("pattern\tkind\tcode\nLina Varga|Varga\tperson\tHU\n", "Theo ông Varga, mưa to.") == [("Lina Varga", "person", "HU")]


@pytest.mark.parametrize(
    ("content", "line", "what"),
    [
        ("", None, "holds no names"),
        ("# nothing but a remark\n\n", None, "holds no names"),
        ("name\tkind\nA\tstate\n", 1, "there is no column 'pattern'"),
        ("pattern\tkind\tcolour\nXứ\tstate\tred\n", 1, "'colour' is no column"),
        (HEADER + "Xứ Sương\tXứ Sương\tplanet\n", 2, "'planet' is no kind"),
        (HEADER + "Xứ Sương\tXứ Sương\n", 2, "'blank' is no kind"),
        (HEADER + "\n# remark\nXứ Sương\t\tstate\tZZ\n", 4, "there is no code 'ZZ'"),
        (HEADER + "Xứ Sương|\t\tstate\n", 2, "a name is blank"),
        (HEADER + "X\t\tstate\n", 2, "single letter"),
        (HEADER + "Xứ Sương\t\tstate\tNO\tstrict\n", 2, "there is no guard 'strict'"),
        (HEADER + "Lina Varga\t\tperson\tHU\t\tnăm ngoái\n", 2, "'năm ngoái' is no day"),
        (HEADER + "Lina Varga\t\tperson\tHU\t\t2026-02-01\t2025-02-01\n", 2, "ends (2025-02-01) before it begins (2026-02-01)"),
        (HEADER + "Xứ Sương\t\tstate\tNO\t\t2026-02-01\n", 2, "only a person has a time in office"),
        (HEADER + "Xứ Sương" + "\tx" * 9 + "\n", 2, "has 10 cells, but the header names 8"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(content, line, what):
    with pytest.raises(InputError) as caught:
        overlay.rows(content, "names.tsv")
    assert caught.value.where == ("names.tsv" if line is None else f"names.tsv, line {line}")
    assert what in caught.value.what
    assert caught.value.mend


@given(st.text() | st.lists(st.sampled_from([*HEADER.split("\t"), "state", "NO", "Xứ Sương", "\t", "\n"])).map("".join))
def test_any_text_is_rows_or_an_error_that_a_user_can_mend(content):
    try:
        found = overlay.rows(content, "names.tsv")
    except InputError:
        return
    assert entries(found)


def test_a_file_is_composed_and_its_byte_order_mark_is_passed_over(tmp_path):
    path = tmp_path / "names.tsv"
    path.write_bytes(b"\xef\xbb\xbf" + unicodedata.normalize("NFD", HEADER + "Xứ Sương\t\tstate\tNO\n").encode())
    assert overlay.rows(overlay.text_of(path), "names.tsv")[0]["pattern"] == "Xứ Sương"


def test_a_file_that_is_missing_or_no_text_is_told(tmp_path):
    with pytest.raises(InputError, match="can't be read"):
        overlay.text_of(tmp_path / "none.tsv")
    path = tmp_path / "names.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xff\xfe")
    with pytest.raises(InputError, match="UTF-8"):
        overlay.text_of(path)
