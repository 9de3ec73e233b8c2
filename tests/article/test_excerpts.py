from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from vientro.article.compose import compose
from vientro.article.excerpts import BLANK, excerpt
from vientro.model.article import Span

TEXT = "Câu thứ nhất kể chuyện khác. Na Uy gửi radar cho Moldova. Câu cuối."


def test_only_title_lede_and_told_sentences_stay():
    article = compose("x", TEXT, title="Tin về radar", lede="Các bên gặp nhau hôm qua.")
    start = article.text.index("Na Uy")
    found = excerpt(article, [Span(start, start + 5)])
    assert "Na Uy gửi radar cho Moldova." in found.text
    assert found.text.startswith("Tin về radar\nCác bên gặp nhau hôm qua.\n")
    assert "nhất" not in found.text
    assert "cuối" not in found.text
    assert (found.id, len(found.text), found.zones) == (article.id, len(article.text), article.zones)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_whatever_is_told_stays_at_its_place(spans):
    article = compose("x", TEXT)
    told = [Span(min(pair), max(pair)) for pair in spans]
    found = excerpt(article, told)
    assert len(found.text) == len(article.text)
    assert all(found.text[span.start : span.stop] == article.text[span.start : span.stop] for span in told)
    assert all(a in (b, BLANK) for a, b in zip(found.text, article.text, strict=True))
