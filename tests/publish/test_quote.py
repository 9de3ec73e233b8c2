from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vientro.article.compose import compose
from vientro.model.article import Span
from vientro.model.claim import Claim, Role
from vientro.publish.quote import AROUND, LONGEST, quote


def claim(start: int, stop: int, *values: tuple[int, int]) -> Claim:
    roles = tuple(Role(str(i), Span(*value)) for i, value in enumerate(values))
    return Claim("c", "a", "commit", "actual", Span(start, stop), "", actors=roles)


def test_the_evidence_stands_in_its_own_paragraph():
    text = "Đoạn thứ nhất.\nTheo tin này, Đức tặng Ukraine 4 radar. Hết.\nĐoạn thứ ba."
    start = text.index("Đức")
    pieces = quote(compose("x", text), claim(start, start + len("Đức tặng Ukraine 4 radar"), (start, start + 3)))
    assert [(piece.mark, piece.text) for piece in pieces] == [
        ("", "Theo tin này, "), ("value", "Đức"), ("evidence", " tặng Ukraine 4 radar"), ("", ". Hết."),
    ]  # fmt: skip


def test_what_is_left_out_is_marked():
    text = "chữ " * 200 + "Đức tặng Ukraine 4 radar" + " chữ" * 200
    start = text.index("Đức")
    said = "".join(piece.text for piece in quote(compose("x", text), claim(start, start + 24)))
    assert said.startswith("… chữ ")
    assert said.endswith(" chữ …")
    assert len(said) <= 2 * AROUND + 24 + 4


@given(st.text(alphabet="ab \nđ\u0301", min_size=1, max_size=400), st.data())
def test_a_quotation_is_short_and_verbatim_and_holds_the_evidence(text, data):
    article = compose("x", text)
    start = data.draw(st.integers(0, len(text)))
    stop = data.draw(st.integers(start, len(text)))
    values = [tuple(sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))) for _ in range(3)]
    pieces = quote(article, claim(start, stop, *values))
    assert "".join(piece.text for piece in pieces if piece.mark) == text[start : min(stop, start + LONGEST)]
    said = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert said in text
    assert len(said) <= LONGEST + 2 * AROUND
