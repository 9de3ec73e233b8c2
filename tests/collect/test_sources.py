from __future__ import annotations

import pytest

from vientro.collect.address import checked
from vientro.collect.listings import KINDS
from vientro.collect.sources import Source, load, outlets
from vientro.model.errors import InputError


@pytest.fixture
def written(tmp_path):
    def write(text: str):
        path = tmp_path / "sources.toml"
        path.write_text(text, "utf-8")
        return load(path)

    return write


def test_a_file_names_sources_and_shipped_outlets(written):
    watched = written(
        """every = "2h"\ndelay = 5\ncontact = "toasoan@bao.example"\noutlets = ["vnexpress-the-gioi"]
        [[source]]\nname = "Báo Mẫu"\nurl = "https://bao.example/rss"\nkind = "feed"\nevery = "15m"
        [[source]]\nurl = "https://khac.example/the-gioi" """
    )
    assert watched.sources[0] == Source("Báo Mẫu", "https://bao.example/rss", "feed", 900)
    assert watched.sources[1] == Source("https://khac.example/the-gioi", "https://khac.example/the-gioi", None, 7200)
    assert (watched.sources[2].name, watched.sources[2].every) == ("vnexpress-the-gioi", 7200)
    assert (watched.delay, watched.contact) == (5.0, "toasoan@bao.example")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("every = ", "no TOML"),
        ("", "names no source"),
        ('[[source]]\nname = "x"', "source 1: it has no url"),
        ('[[source]]\nurl = "file:///x"', "only http"),
        ('[[source]]\nurl = "https://a.example"\nkind = "blog"', "no kind 'blog'"),
        ('[[source]]\nurl = "https://a.example"\nevery = "5s"', "a minute or more"),
        ('[[source]]\nurl = "https://a.example"\nspeed = 3', "no setting 'speed'"),
        ('[[source]]\nurl = "https://a.example"\n[[source]]\nurl = "https://a.example"', "two sources"),
        ('outlets = ["nowhere"]', "no shipped outlet"),
        ('outlets = "x"', "is no list"),
        ('delay = -1\noutlets = ["nato"]', "delay"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_in_plain_words(written, text, words):
    with pytest.raises(InputError, match=words):
        written(text)


def test_shipped_lists_are_whole():
    rows = outlets()
    assert len({row["id"] for row in rows}) == len(rows)
    assert len({row["outlet"] for row in rows if row["lang"] == "vi"}) >= 15
    assert len({row["outlet"] for row in rows if row["lang"] == "en"}) >= 10
    for row in rows:
        assert checked(row["url"]) == row["url"]
        assert row["kind"] in KINDS
        assert row["owner"] in ("state", "party", "public", "military", "private", "organisation")
        assert row["tested"] in ("saved", "no")
