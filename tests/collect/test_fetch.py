from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from played import Answer

from vientro.collect.fetch import Fault, Fetcher, Limits, Page, unpacked

HERE = "http://bao.example"
HTML = {"Content-Type": "text/html"}


@pytest.fixture
def fetcher(web, clock):
    made = Fetcher(clock.now, web.network(), Limits(size=50_000, seconds=0.5))
    yield made
    made.close()


def test_a_page_comes_with_headers_and_time(web, fetcher):
    web.pages[f"{HERE}/a"] = Answer(b"<p>tin</p>", headers={**HTML, "ETag": '"1"'})
    page = fetcher.get(f"{HERE}/a#cuoi")
    assert isinstance(page, Page)
    assert (page.body, page.header("etag"), page.address) == (b"<p>tin</p>", '"1"', f"{HERE}/a")
    assert page.fetched == "2026-11-02T06:00:00+00:00"
    assert web.log[0][1]["user-agent"].startswith("vientro")


def test_a_page_that_has_not_changed_is_asked_for_by_its_mark(web, fetcher):
    web.pages[f"{HERE}/a"] = lambda headers: Answer(status=304 if headers.get("if-none-match") == '"1"' else 200)
    assert fetcher.get(f"{HERE}/a", etag='"1"', modified="Mon, 02 Nov 2026 06:00:00 GMT").status == 304
    assert web.log[0][1]["if-modified-since"] == "Mon, 02 Nov 2026 06:00:00 GMT"


PACKED = gzip.compress(b"x" * 40_000)
FAULTS = {
    "gone": Answer(status=410),
    "not found": Answer(status=404),
    "too many requests": Answer(status=429, headers={"Retry-After": "120"}),
    "server error": Answer(status=500),
    "refused by the server": Answer(status=403),
    "kind of content": Answer(b"...", headers={"Content-Type": "video/mp4"}),
    "too large": Answer(b"x" * 60_000),
    "truncated": Answer(b"<p>nua", short=100),
    "timeout": Answer(stall=True),
    "unknown packing": Answer(b"...", headers={**HTML, "Content-Encoding": "br"}),
    "broken packing": Answer(b"no gzip at all", headers={**HTML, "Content-Encoding": "gzip"}),
    "unpacks to too much": Answer(gzip.compress(b"\0" * 30_000_000), headers={**HTML, "Content-Encoding": "gzip"}),
    "redirect loop": Answer(status=302, headers={"Location": "/a"}),
    "bad redirect": Answer(status=302, headers={"Location": "file:///etc/passwd"}),
    "private address": Answer(status=302, headers={"Location": "http://router.example/"}),
}


@pytest.mark.parametrize("kind", FAULTS)
def test_each_fault_has_its_name(web, fetcher, kind):
    web.names["router.example"] = ["192.168.1.1"]
    web.pages[f"{HERE}/a"] = FAULTS[kind]
    fault = fetcher.get(f"{HERE}/a")
    assert isinstance(fault, Fault)
    assert (fault.kind, fault.url) == (kind, f"{HERE}/a")
    assert not any("router" in url for url in web.asked)


def test_a_packed_page_that_breaks_off_is_truncated(web, fetcher):
    web.pages[f"{HERE}/a"] = Answer(PACKED[:-20], headers={**HTML, "Content-Encoding": "gzip"})
    assert fetcher.get(f"{HERE}/a").kind == "truncated"
    web.pages[f"{HERE}/a"] = Answer(PACKED, headers={**HTML, "Content-Encoding": "gzip"})
    assert fetcher.get(f"{HERE}/a").body == b"x" * 40_000


def test_redirects_are_followed_five_times(web, fetcher):
    for number in range(8):
        web.pages[f"{HERE}/{number}"] = Answer(status=301, headers={"Location": f"/{number + 1}"})
    web.pages[f"{HERE}/5"] = Answer(b"<p>cuoi</p>")
    assert fetcher.get(f"{HERE}/0").address == f"{HERE}/5"
    web.pages[f"{HERE}/5"] = web.pages[f"{HERE}/4"]
    web.pages[f"{HERE}/5"] = Answer(status=301, headers={"Location": "/6"})
    assert fetcher.get(f"{HERE}/0").kind == "too many redirects"


def test_a_name_that_changes_its_address_after_it_was_judged_leads_nowhere_else(web, clock):
    """DNS rebinding: the name is resolved once, and the connection made to what was judged."""
    answers = iter([["93.184.215.14"], ["127.0.0.1"]])
    dialled = []
    network = web.network()

    def dial(number, port):
        dialled.append(number)
        return network.dial(number, port)

    fetcher = Fetcher(clock.now, type(network)(resolve=lambda *_: next(answers), dial=dial))
    web.pages["http://doi.example/"] = Answer(b"tin", headers={**HTML, "Connection": "close"})
    assert fetcher.get("http://doi.example/").body == b"tin"
    assert fetcher.get("http://doi.example/").kind == "private address"
    assert dialled == ["93.184.215.14"]
    fetcher.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "2130706433", "0x7f.1", "localhost"])
def test_numbers_of_the_own_network_are_refused_however_they_are_written(clock, host):
    fetcher = Fetcher(clock.now)
    assert fetcher.get(f"http://{host}/").kind in ("private address", "no such host")
    fetcher.close()


def test_the_own_network_is_read_where_it_is_allowed(web, clock):
    web.names["intranet.example"] = ["10.0.0.7"]
    web.pages["http://intranet.example/"] = Answer(b"tin")
    fetcher = Fetcher(clock.now, web.network(private=True))
    assert fetcher.get("http://intranet.example/").body == b"tin"
    fetcher.close()


def test_a_server_says_when_to_come_back(web, fetcher):
    for told, seconds in {"120": 120, "Mon, 02 Nov 2026 07:00:00 GMT": 3600, "99999999999999": 604_800, "soon": None}.items():
        web.pages[f"{HERE}/a"] = Answer(status=429, headers={"Retry-After": told})
        assert fetcher.get(f"{HERE}/a").retry == seconds


@given(st.binary(max_size=2000), st.sampled_from(["gzip", "deflate"]), st.integers(1, 500))
def test_what_is_packed_unpacks_in_any_pieces(data, packing, size):
    packed = gzip.compress(data) if packing == "gzip" else zlib.compress(data)
    assert unpacked([packed[at : at + size] for at in range(0, len(packed), size)], packing, 10_000) == data


@given(st.lists(st.binary(max_size=200), max_size=5), st.sampled_from(["", "gzip", "deflate", "br"]))
def test_any_bytes_unpack_or_are_a_fault(chunks, packing):
    assert isinstance(unpacked(chunks, packing, 500), bytes | str)


@given(st.lists(st.binary(max_size=300), min_size=1, max_size=5), st.integers(1, 100), st.sampled_from([b"", b"\0" * 20]))
def test_a_gzip_file_of_several_members_is_read_to_its_end(parts, size, padding):
    packed = b"".join(map(gzip.compress, parts)) + padding
    assert unpacked([packed[at : at + size] for at in range(0, len(packed), size)], "gzip", 10_000) == b"".join(parts)


def test_members_without_end_are_refused():
    assert unpacked([gzip.compress(b"") * 10_000], "gzip", 10_000_000) == "broken packing"
