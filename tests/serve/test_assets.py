"""The styles and fonts of the pages: what a style asks for is there, under a name that its licence allows."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from vientro.serve.site import static

_RESERVED = re.compile(r"Reserved Font Name '([^']+)'")


def styles(web) -> dict[str, str]:
    found = re.findall(r'<link rel="stylesheet" href="([^"]+)"', web.get("/").text)
    return {address: web.get(address).text for address in found}


def test_what_a_style_asks_for_is_served(web):
    asked = {urljoin(address, font) for address, style in styles(web).items() for font in re.findall(r'url\("([^"]+)"\)', style)}
    assert len(asked) == 9
    for address in asked:
        answer = web.get(address)
        assert answer.status_code == 200
        assert answer.content.startswith(b"wOF2")


def test_no_face_has_a_name_that_its_owner_reserves(web):
    families = {name for style in styles(web).values() for name in re.findall(r'@font-face { font-family: "([^"]+)"', style)}
    assert families == {"Be Vietnam Pro", "Vientro Serif"}
    for family in families:
        licence = static(f"{family.lower().replace(' ', '-')}-OFL.txt").decode()
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert not any(reserved in family for reserved in _RESERVED.findall(licence))
    assert "Adobe" in licence_of_the_serif().splitlines()[0]
    assert _RESERVED.findall(licence_of_the_serif()) == ["Source"]


def licence_of_the_serif() -> str:
    return static("vientro-serif-OFL.txt").decode()


def test_what_is_otherwise_on_a_phone_and_on_paper_comes_after_what_it_changes(web):
    first, last = styles(web).values()
    assert "@media print" not in first
    assert "@media print" in last
    assert all(line.startswith(("@media", " ", "}", "/*")) for line in last.splitlines())
