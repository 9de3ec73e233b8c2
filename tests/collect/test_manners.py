from __future__ import annotations

import pytest
from played import Answer

from vientro.collect.fetch import Fetcher, Page
from vientro.collect.manners import Manners, opted_out

HERE = "http://bao.example"
PLAIN = {"Content-Type": "text/plain"}


@pytest.fixture
def manners(web, clock):
    fetcher = Fetcher(clock.now, web.network())
    made = Manners(fetcher, clock)
    fetcher.permit = made.permit
    yield made
    fetcher.close()


def test_what_robots_txt_forbids_is_not_asked_for(web, manners):
    web.pages[f"{HERE}/robots.txt"] = Answer(b"User-agent: *\nDisallow: /rieng/\nSitemap: http://bao.example/map.xml", headers=PLAIN)
    web.pages[f"{HERE}/tin"] = Answer(b"tin")
    assert manners.fetcher.get(f"{HERE}/rieng/1").kind == "robots"
    assert manners.fetcher.get(f"{HERE}/tin").body == b"tin"
    assert manners.sitemaps(HERE) == ["http://bao.example/map.xml"]
    assert web.asked[f"{HERE}/rieng/1"] == 0
    assert web.asked[f"{HERE}/robots.txt"] == 1


def test_a_redirect_into_what_is_forbidden_is_not_followed(web, manners):
    web.pages["http://khac.example/robots.txt"] = Answer(b"User-agent: vientro\nDisallow: /", headers=PLAIN)
    web.pages[f"{HERE}/tin"] = Answer(status=302, headers={"Location": "http://khac.example/tin"})
    assert manners.fetcher.get(f"{HERE}/tin").kind == "robots"
    assert web.asked["http://khac.example/tin"] == 0


def test_rules_are_asked_for_again_after_a_day(web, manners, clock):
    manners.permit(f"{HERE}/1")
    manners.permit(f"{HERE}/2")
    clock.forward(hours=25)
    manners.permit(f"{HERE}/3")
    assert web.asked[f"{HERE}/robots.txt"] == 2


def test_a_site_whose_rules_can_not_be_had_is_left_alone(web, manners, clock):
    web.pages[f"{HERE}/robots.txt"] = Answer(status=500)
    fault = manners.permit(f"{HERE}/tin")
    assert (fault.kind, fault.passing) == ("robots unknown", True)
    web.pages[f"{HERE}/robots.txt"] = Answer(b"", headers=PLAIN)
    clock.forward(hours=1)
    assert manners.permit(f"{HERE}/tin") is None


def test_requests_to_a_host_keep_their_distance(web, manners, clock):
    web.pages[f"{HERE}/robots.txt"] = Answer(b"User-agent: *\nCrawl-delay: 10", headers=PLAIN)
    manners.permit(f"{HERE}/1")
    before = clock.slept
    manners.permit(f"{HERE}/2")
    manners.permit(f"{HERE}/3")
    assert clock.slept - before == 20
    manners.permit("http://khac.example/1")
    manners.pause(HERE, 600)
    assert manners.permit(f"{HERE}/4").kind == "not its turn"


def test_reserved_paths_are_not_read(web, manners):
    web.pages[f"{HERE}/.well-known/tdmrep.json"] = Answer(
        b'[{"location": "/free/*", "tdm-reservation": 0}, {"location": "/bao/*.htm$", "tdm-reservation": 1, "tdm-policy": "http://x.example/p"}]',
        headers={"Content-Type": "application/json"},
    )
    assert manners.permit(f"{HERE}/bao/1.htm").kind == "opted out"
    assert manners.permit(f"{HERE}/bao/1.html") is None
    assert manners.permit(f"{HERE}/free/1.htm") is None


@pytest.mark.parametrize(
    ("headers", "body", "words"),
    [
        ({"tdm-reservation": "1"}, b"", "header tdm-reservation"),
        ({"x-robots-tag": "noindex, noai"}, b"", "header X-Robots-Tag"),
        ({"x-robots-tag": "vientro: noai"}, b"", "header X-Robots-Tag"),
        ({"x-robots-tag": "otherbot: noai"}, b"", ""),
        ({"x-robots-tag": "noindex"}, b"", ""),
        ({}, b'<META content="1" name=tdm-reservation>', "meta field tdm-reservation"),
        ({}, b"<meta name='robots' content='noimageai, noai'>", "meta field robots"),
        ({}, b"<meta name='robots' content='index, follow'><meta name='tdm-reservation' content='0'>", ""),
        ({}, b"<meta " * 10_000, ""),
    ],
)
def test_a_page_says_itself_that_it_is_not_to_be_mined(headers, body, words):
    told = opted_out(Page(HERE, HERE, 200, tuple(headers.items()), body, ""))
    assert words in told
    assert bool(told) == bool(words)
