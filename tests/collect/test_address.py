from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from vientro.collect.address import BadAddressError, checked, is_public, known_as


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "240.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1",
     "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "::ffff:0:7f00:1", "192.0.2.1", "198.18.0.1"],
)  # fmt: skip
def test_numbers_of_private_networks_are_not_public(number):
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"])
def test_numbers_of_the_internet_are_public(number):
    assert is_public(number)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("file:///etc/passwd", "only http and https"),
        ("ftp://bao.example/", "only http and https"),
        ("javascript:alert(1)", "only http and https"),
        ("bao.example/tin", "only http and https"),
        ("http://ai:mat-khau@bao.example/", "name or password"),
        ("http://", "without a host"),
        ("http://[::1", "understood"),
        ("http://bao.example:99999999/", "understood"),
        ("http://bao.example/" + "a" * 3000, "too long"),
    ],
)
def test_what_is_no_address_of_the_web_is_refused(address, words):
    with pytest.raises(BadAddressError, match=words):
        checked(address)


def test_an_address_is_made_whole_and_loses_what_a_terminal_would_obey():
    assert checked("../tin/1.html#binh-luan", "https://bao.example/muc/") == "https://bao.example/tin/1.html"
    assert checked("https://bao.example/\x1b[31mtin\u202e\n") == "https://bao.example/[31mtin"


def test_what_only_tracks_readers_makes_no_other_page():
    assert known_as("https://bao.example/tin?utm_source=rss&id=3") == known_as("https://BAO.example/tin?id=3")
    assert known_as("https://bao.example/tin?id=3") != known_as("https://bao.example/tin?id=4")


@settings(max_examples=50)
@given(st.text(max_size=60))
def test_any_text_is_an_address_or_is_refused(text):
    for address in (text, f"http://{text}", f"https://bao.example/{text}"):
        try:
            whole = checked(address)
        except BadAddressError:
            continue
        assert whole.startswith(("http://", "https://"))
        assert checked(whole) == whole
        assert known_as(whole)
