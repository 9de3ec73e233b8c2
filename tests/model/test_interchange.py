"""The interchange form: what a coder writes comes back as it was."""

from __future__ import annotations

import string
import unicodedata
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vientro.model import interchange
from vientro.model.article import Span, ZoneKind
from vientro.model.claim import Claim, Count, Item, Modality, Mode, Money, Role, Scope, Support, Type
from vientro.model.errors import InputError
from vientro.model.mention import Bound

TEXT = "Đức bàn giao hai hệ thống IRIS-T và hứa thêm 40 triệu euro cho Ukraine, theo ông Scholz. " * 2

names = st.sampled_from(["UA", "DE", "ông Scholz", "7 cá nhân"])
bounds = st.sampled_from(get_args(Bound))
numbers = st.one_of(st.integers(0, 10**12), st.floats(0, 10**9, allow_nan=False))
roles = st.lists(names, max_size=2, unique=True).map(lambda values: tuple(Role(v) for v in values))
optional = st.one_of(st.none(), st.sampled_from(["2022", "2022-10-01/2022-10-05", "2022/.."]))
spans = st.tuples(st.integers(0, len(TEXT)), st.integers(0, len(TEXT))).map(lambda ends: Span(min(ends), max(ends)))
counts = st.builds(
    Count,
    numbers,
    bounds,
    st.one_of(st.none(), numbers),
    st.sampled_from([None, "tấn"]),
    st.one_of(st.none(), numbers),
    st.booleans(),
)
items = st.builds(
    Item,
    st.sampled_from(["air-defence-system", "missile"]),
    st.sampled_from(["hai hệ thống IRIS-T", "tên lửa"]),
    spans,
    st.sampled_from([None, "IRIS-T"]),
    st.one_of(st.none(), counts),
)
sums = st.builds(
    Money,
    numbers,
    st.sampled_from(["EUR", "USD"]),
    bounds,
    spans,
    st.one_of(st.none(), numbers),
    st.sampled_from([None, "year"]),
    st.booleans(),
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    span = draw(spans.filter(lambda span: span.start < span.stop))
    return Claim(
        id="c-1",
        article_id="a-1",
        type=draw(st.sampled_from(get_args(Type))),
        modality=draw(st.sampled_from(get_args(Modality))),
        span=span,
        evidence=span.of(TEXT),
        actors=draw(roles),
        recipients=draw(roles),
        addressees=draw(roles),
        scope=draw(st.sampled_from(get_args(Scope))),
        support=draw(st.sampled_from([*get_args(Support), None])),
        mode=draw(st.sampled_from([*get_args(Mode), None])),
        items=tuple(draw(st.lists(items, max_size=2))),
        amounts=tuple(draw(st.lists(sums, max_size=2))),
        date=draw(optional),
        due=draw(optional),
        horizon=draw(optional),
        speaker=draw(st.one_of(st.none(), names.map(Role))),
        trigger=draw(st.text(string.ascii_lowercase, max_size=5)),
        zone=draw(st.sampled_from(get_args(ZoneKind))),
        confidence=draw(st.floats(0, 1)),
        reader=draw(st.sampled_from(["", "vi-1"])),
    )


@given(st.lists(claims(), max_size=4))
def test_what_is_written_reads_back_the_same(given_claims: list[Claim]) -> None:
    rows = [interchange.encode(claim) for claim in given_claims]
    read = interchange.decode({"doc": "d", "claims": rows}, "a-1", TEXT)
    assert [interchange.encode(claim) for claim in read] == rows
    assert [claim.span for claim in read] == [claim.span for claim in given_claims]
    assert len({claim.id for claim in read}) == len(read)


def row(**changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "type": "deliver", "modality": "actual", "actors": ["DE"], "recipients": ["UA"], "addressees": [], "support": "military",
        "mode": None, "items": [{"class": "air-defence-system", "text": "IRIS-T"}], "amounts": [], "date": None, "due": None,
        "horizon": None, "speaker": None, "evidence": "Đức bàn giao hai hệ thống IRIS-T",
    }  # fmt: skip
    return plain | changes


def test_a_coded_claim_without_places_is_found_in_the_text() -> None:
    (claim,) = interchange.decode({"doc": "d", "claims": [row()]}, "a-1", TEXT)
    assert claim.span == Span(0, 32)
    assert claim.items[0].span.of(TEXT) == "IRIS-T"
    assert claim.scope == "act"


def test_evidence_is_found_in_decomposed_text() -> None:
    assert interchange.find_evidence("Xin h\u01b0\u0301a", "h\u1ee9a") == Span(4, 8)


@pytest.mark.parametrize(
    "changes",
    [{"type": "gift"}, {"modality": "sure"}, {"evidence": "not there"}, {"actors": "DE"}, {"span": [5, 10_000]},
     {"amounts": [{"value": "2", "currency": "EUR", "bound": "exact"}]}, {"date": 5}, {"span": [5]}, {"span": "ab"}, {"span": [0, 31]},
     {"span": [-32, 32]}, {"evidence": ""}, {"evidence": None}, {"speaker": ["DE"]}, {"items": [5]}, {"items": [{"class": 5, "text": "x"}]},
     {"confidence": 2}, {"trigger": 5}, {"amounts": [{"value": 10**400, "currency": "EUR", "bound": "exact"}]}],
)  # fmt: skip
def test_what_is_not_of_the_form_is_an_input_error_that_names_the_place(changes: dict[str, object]) -> None:
    with pytest.raises(InputError, match="'d7', claim 1"):
        interchange.decode({"doc": "d7", "claims": [row(), row(**changes)]}, "a-1", TEXT)


def test_a_row_without_claims_is_an_input_error() -> None:
    with pytest.raises(InputError, match="no list of claims"):
        interchange.decode({"doc": "d7"}, "a-1", TEXT)


@pytest.mark.parametrize("claim", [5, None, [], "text"])
def test_a_claim_that_is_no_object_is_an_input_error(claim: object) -> None:
    with pytest.raises(InputError, match="claim 0"):
        interchange.decode({"doc": ["d"], "claims": [claim]}, "a-1", TEXT)


def test_a_span_is_believed_where_its_words_are_the_evidence_in_another_composition() -> None:
    text = unicodedata.normalize("NFD", TEXT)
    stop = len(unicodedata.normalize("NFD", str(row()["evidence"])))
    (claim,) = interchange.decode({"doc": "d", "claims": [row(span=[0, stop])]}, "a-1", text)
    assert claim.span == Span(0, stop)
