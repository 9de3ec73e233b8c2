"""Questions asked and answered on pages, by one person and by several at once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from vientro import pipeline
from vientro.collect.files import sources
from vientro.store import accounts
from vientro.store.accounts import User
from vientro.store.store import Store

_FIELD = re.compile(r'name="(q|seen|was|decision)" value="([^"]*)"')

CLASH = '<h2 id="asked">People ruled differently'


def form(page: str) -> dict[str, str]:
    return dict(_FIELD.findall(page))


def decisions(own):
    with Store(own) as store:
        return store.decisions()


def done(browser):
    """What was ruled is worked out."""
    assert browser.app.state.site.shelf.remaking.wait(30)


def ask(browser, address="/review"):
    page = browser.get(address)
    assert page.status_code == 200
    return page.text, form(page.text)


def test_an_answer_is_written_down_and_the_next_question_follows(serve, own):
    browser = serve(shown_as="R1")
    page, asked = ask(browser)
    assert "Is this so?" in page
    answer = browser.submit("/review", "/review", choice="a", why="rõ ràng", **asked)
    assert answer.status_code == 303
    [made] = decisions(own)
    assert (made.kind, made.by, made.shown_as, made.why) == ("accept", "lan", "R1", "rõ ràng")
    assert made.saw
    page, then = ask(browser, answer.headers["location"])
    assert then["q"] != asked["q"]
    assert made.id in page


def test_what_is_rejected_leaves_the_totals_and_comes_back_when_that_is_undone(serve, own):
    browser = serve()

    before = shown(browser.get("/ledger").text)
    _, asked = ask(browser, "/review?topic=claim")
    browser.submit("/review", "/review", choice="r", **asked)
    done(browser)
    assert shown(browser.get("/ledger").text) != before
    [made] = decisions(own)
    with Store(own) as store:
        assert made.claims[0] not in {link.claim for link in pipeline.book(store).links.values()}
    undone = browser.submit("/review/undo", "/review", decision=made.id, q=asked["q"])
    assert undone.headers["location"] == f"/review?q={asked['q']}"
    done(browser)
    assert [one.kind for one in decisions(own)] == ["reject", "undo"]
    assert shown(browser.get("/ledger").text) == before


def shown(page: str) -> list[str]:
    """The acts and the totals of a page."""
    return re.findall(r'<article class="act.*?</article>|<table.*?</table>', page, re.DOTALL)


def test_a_slot_is_put_right_in_the_form_and_a_wrong_value_asks_again(serve, own):
    browser = serve()
    _, asked = ask(browser)
    wrong = browser.submit("/review", "/review", choice="f", slot="amounts", value="rất nhiều <b>", **asked)
    assert wrong.status_code == 422
    assert "is no sum" in wrong.text
    assert "&lt;b&gt;" in wrong.text
    assert decisions(own) == []
    assert browser.submit("/review", "/review", choice="f", slot="amounts", value="25 triệu euro", **asked).status_code == 303
    [made] = decisions(own)
    assert (made.kind, made.slot, made.value) == ("correct", "amounts", [{"value": 25e6, "currency": "EUR", "bound": "exact"}])


def test_what_is_put_off_comes_last_and_nothing_is_written(serve, own):
    browser = serve()
    _, first = ask(browser)
    browser.submit("/review", "/review", choice="skip", **first)
    _, second = ask(browser)
    assert second["q"] != first["q"]
    assert decisions(own) == []
    browser.submit("/review/again", "/review")
    assert ask(browser)[1]["q"] == first["q"]


def test_a_choice_that_is_none_writes_nothing(serve, own):
    browser = serve()
    _, asked = ask(browser)
    for choice in ("s", "1", "", "nonsense"):
        assert browser.submit("/review", "/review", choice=choice, **asked).status_code == 422
    gone = browser.submit("/review", "/review", choice="a", q="0" * 16, seen="0")
    assert gone.headers["location"] == "/review?was=gone"
    assert decisions(own) == []


def test_topics_narrow_what_is_asked(serve):
    page, _ = ask(serve(), "/review?topic=unsure")
    assert "The reader is not sure" in page


@pytest.fixture
def team(own, serve):
    """Signs people in on one server; the passwords are not what is tested here."""
    first = serve(team=True)
    people = {}

    def sign(name: str, role: str = "reviewer"):
        one = type(first)(first.app, headers={"accept-language": "en"})
        one.get("/sign-in")
        nonce = first.app.state.access.nonce(one.cookies["vientro"])
        with Store(own) as store:
            accounts.add(store, User(name, role, f"R-{name}"), "none", "test")
            accounts.sign_in(store, name, nonce, "", "")
        first.app.state.access.forget()
        people[name] = one
        return one

    return sign


def test_two_people_are_asked_two_questions(team):
    lan, minh = team("lan"), team("minh")
    assert ask(lan)[1]["q"] != ask(minh)[1]["q"]
    assert ask(lan)[1]["q"] == ask(lan)[1]["q"]


def test_two_who_rule_differently_without_knowing_of_each_other_clash_and_nothing_is_lost(team, own):
    lan, minh = team("lan"), team("minh")
    page, asked = ask(lan)
    ask(minh, f"/review?q={asked['q']}")
    lan.submit("/review", "/review", choice="a", **asked)
    minh.submit("/review", "/review", choice="r", **asked)
    assert [(one.by, one.kind, one.after) for one in decisions(own)] == [("lan", "accept", ()), ("minh", "reject", ())]
    done(lan)
    page, clash = ask(lan)
    assert CLASH in page
    assert "R-minh" in page
    assert ">minh<" not in page
    settled = lan.submit("/review", "/review", choice="a", **clash)
    assert settled.status_code == 303
    done(lan)
    assert CLASH not in ask(lan, "/review?topic=clash")[0]
    assert len(decisions(own)[-1].after) == 2  # lan saw both this time, and overrules


def test_the_second_reader_does_not_see_how_the_first_ruled(team, own):
    lan, minh = team("lan"), team("minh")
    _, asked = ask(lan)
    lan.submit("/review", "/review", choice="a", **asked)
    page, again = ask(minh, "/review?second=true")
    assert "R-lan" not in page
    minh.submit("/review", "/review", choice="a", second="true", **again)
    assert decisions(own)[-1].after == ()
    table = minh.get("/review/agreement").text
    assert "R-lan, R-minh" in table
    assert "100%" in table


def test_only_ones_own_decision_is_taken_back_but_by_an_editor(team, own):
    lan, minh, hoa = team("lan"), team("minh"), team("hoa", "editor")
    _, asked = ask(lan)
    lan.submit("/review", "/review", choice="a", **asked)
    [made] = decisions(own)
    assert minh.submit("/review/undo", "/review", decision=made.id).status_code == 403
    assert hoa.submit("/review/undo", "/review", decision=made.id).status_code == 303
    assert hoa.submit("/review/undo", "/review", decision="r-none").status_code == 422


def test_readers_review_nothing(team):
    reader = team("khách", "reader")
    assert reader.get("/review").status_code == 403
    assert 'href="/review"' not in reader.get("/").text
    assert reader.submit("/review", "/ledger", q="x", choice="a").status_code == 403


def test_copies_of_one_story_are_accepted_at_once(serve, own, tmp_path):
    text = (
        "Thông cáo cho biết Na Uy sẽ viện trợ cho Ukraine 47 triệu euro để mua pháo phòng không trong năm tới, theo bộ quốc phòng nước này."
    )
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.txt").write_text(text + f"\n{name}", "utf-8")
    with Store(own) as store:
        pipeline.run(sources([str(tmp_path / f"{n}.txt") for n in "abc"]), store, pipeline.shipped(), least=None, tell=lambda *_: None)
    browser = serve()
    queue = browser.app.state.site.queue
    for _ in range(400):
        page, asked = ask(browser)
        if "copies of this story" in page:
            break
        browser.submit("/review", "/review", choice="skip", **asked)
    many = int(re.search(r"Accept all (\d+) copies", page)[1])
    browser.submit("/review", "/review", choice="b", **asked)
    assert len(decisions(own)[-1].claims) == many > 1
    done(browser)
    assert queue.count() >= 0


def test_an_answer_that_is_sent_twice_is_written_down_once(serve, own):
    browser = serve()
    _, asked = ask(browser)
    browser.submit("/review", "/review", choice="a", **asked)
    for choice in ("a", "r"):
        assert browser.submit("/review", "/review", choice=choice, **asked).headers["location"] == "/review?was=twice"
    assert [one.kind for one in decisions(own)] == ["accept"]


def test_many_who_answer_at_once_are_asked_different_things_and_nothing_is_lost(team, own):
    browsers = [team(f"n{number}") for number in range(6)]

    def answer(browser):
        asked = []
        for _ in range(4):
            _, question = ask(browser)
            asked.append(question["q"])
            assert browser.submit("/review", "/review", choice="a", **question).status_code == 303
        return asked

    with ThreadPoolExecutor(6) as people:
        asked = [key for keys in people.map(answer, browsers) for key in keys]
    assert len(set(asked)) == len(asked) == len(decisions(own)) == 24
    done(browsers[0])
    assert not {one.id for one in decisions(own)} - {one.id for one in browsers[0].app.state.site.queue.decisions()}
