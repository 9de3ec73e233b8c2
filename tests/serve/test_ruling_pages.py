"""What people rule on the pages of deals and articles, and what becomes of the ledger by it."""

from __future__ import annotations

import re

import pytest

from vientro import pipeline
from vientro.model.article import Span
from vientro.store import settings
from vientro.store.store import Store


def book(own):
    with Store(own) as store:
        return pipeline.book(store)


def decisions(own):
    with Store(own) as store:
        return store.decisions()


def rule(browser, page, **fields):
    answer = browser.submit("/decide", page, back=page, seen="0", **fields)
    assert browser.app.state.site.shelf.remaking.wait(30)
    return answer


@pytest.fixture
def deal(own):
    """A deal with several acts of which one has several reports."""
    found = book(own)
    many = [one for one in found.ledger.deals if len(one.steps) > 1]
    return max(many, key=lambda one: len(one.steps))


def test_an_act_is_rejected_and_given_back_on_the_page_of_its_deal(serve, own, deal):
    browser, page = serve(shown_as="R1"), f"/deal/{deal.id}"
    step = deal.steps[0]
    assert f'id="{step}"' in browser.get(page).text
    answer = rule(browser, page, kind="reject", id=step, why="không phải <viện trợ>")
    assert answer.status_code == 303
    after = browser.get(answer.headers["location"]).text
    assert f'id="{step}"' not in after
    [made] = decisions(own)
    assert (made.kind, made.why) == ("reject", "không phải <viện trợ>")
    listed = browser.get("/decisions").text
    assert "&lt;viện trợ&gt;" in listed
    assert "<b>R1</b>" in listed
    rule(browser, "/decisions", kind="undo", id=made.id)
    assert f'id="{step}"' in browser.get(page).text


def test_the_history_of_a_deal_tells_who_ruled_what_and_why(serve, own, deal):
    browser, page = serve(shown_as="R1"), f"/deal/{deal.id}"
    rule(browser, page, kind="correct", id=deal.steps[0], slot="date", value="2024-05", why="theo thông cáo")
    said = browser.get(page).text
    assert "What was ruled" in said
    assert "<b>R1</b> corrected: Date = 2024-05 – theo thông cáo" in said
    assert ">lan<" not in said


def test_acts_are_put_inside_of_another_by_its_address_and_merged_by_its_id(serve, own, deal):
    browser, page = serve(), f"/deal/{deal.id}"
    first, second = deal.steps[:2]
    rule(browser, page, kind="link", id=first, other=f"http://localhost:8000/deal/{second}?lang=vi")
    rule(browser, page, kind="unlink", id=first, other=second)
    other = next(one for one in book(own).ledger.deals if one.id != deal.id)
    rule(browser, page, kind="merge", id=first, other=other.id, level="deal")
    assert [one.kind for one in decisions(own)] == ["link", "unlink", "merge"]
    assert decisions(own)[-1].slot == "deal"
    for wrong in ("", "no id here", first, "s-0000000000000000"):
        assert rule(browser, page, kind="merge", id=first, other=wrong).status_code == 422
    assert len(decisions(own)) == 3


def test_a_report_is_parted_from_an_act(serve, own):
    step = max(book(own).ledger.steps, key=lambda one: len(one.claims))
    if len(step.claims) < 2:
        pytest.skip("no act of the examples has two reports")
    browser = serve()
    rule(browser, f"/deal/{step.id}", kind="split", id=step.claims[0], other=step.id)
    links = book(own).links
    assert links[step.claims[0]].step != links[step.claims[1]].step


def test_nothing_is_ruled_that_there_is_no_word_for(serve, own, deal):
    browser, page = serve(), f"/deal/{deal.id}"
    assert rule(browser, page, kind="nonsense", id=deal.steps[0]).status_code == 422
    assert rule(browser, page, kind="accept", id="c-0000000000000000").status_code == 422
    assert rule(browser, page, kind="correct", id=deal.steps[0], slot="nonsense", value="1").status_code == 422
    assert rule(browser, page, kind="undo", id="r-none").status_code == 422
    assert decisions(own) == []


def test_a_form_leads_back_to_pages_of_ours_alone(serve, own, deal):
    browser = serve()
    for back in ("https://attacker.example/", "//attacker.example", "/deal/../x", "/sign-out"):
        answer = browser.submit("/decide", "/", kind="accept", id=deal.steps[0], back=back)
        assert answer.headers["location"].startswith("/decisions?was=r-")


@pytest.fixture
def article(own):
    """An article with a sentence of which no claim is made."""
    found = book(own)
    for one in found.articles.values():
        spans = [claim.span for claim in found.ruled.claims.values() if claim.article_id == one.id]
        for match in re.finditer(r"[^.\n]{40,}\.", one.text):
            place = Span(*match.span())
            if place.start > len(one.title or "") and not any(s.start < place.stop and place.start < s.stop for s in spans):
                return one, place
    raise AssertionError


def test_words_that_were_selected_become_a_claim_and_leave_again_when_that_is_undone(serve, own, article):
    found, place = article
    browser, page = serve(), f"/article/{found.id}"
    before = browser.get("/ledger").text
    fields = {"type": "commit", "actors": "Đức, Na Uy", "recipients": "Ukraine", "amounts": "31 triệu euro", "date": "2024-05"}
    answer = browser.submit(f"{page}/claims", page, start=str(place.start), stop=str(place.stop), words="khác", why="máy bỏ sót", **fields)
    assert answer.status_code == 303
    assert browser.app.state.site.shelf.remaking.wait(30)
    [made] = decisions(own)
    claim = book(own).claims[made.claims[0]]
    assert claim.evidence == place.of(found.text).strip()
    assert ([role.value for role in claim.actors], claim.amounts[0].value, claim.date) == (["DE", "NO"], 31e6, "2024-05")
    assert "added by a person" in browser.get(answer.headers["location"]).text
    assert browser.get("/ledger").text != before
    rule(browser, page, kind="undo", id=made.id)
    assert made.claims[0] not in book(own).claims


def test_words_may_be_pasted_and_must_stand_in_one_place(serve, own, article):
    found, place = article
    browser, page = serve(), f"/article/{found.id}"
    words = place.of(found.text).strip()
    for wrong in ("", "lời không có trong bài", " ", found.text.strip()[0]):
        assert browser.submit(f"{page}/claims", page, type="commit", words=wrong).status_code == 422
    for bad in ({"amounts": "nhiều"}, {"date": "hôm qua"}, {"type": "nonsense"}, {"modality": "nonsense"}):
        assert browser.submit(f"{page}/claims", page, **{"type": "commit", "words": words, **bad}).status_code == 422
    assert decisions(own) == []
    assert browser.submit(f"{page}/claims", page, type="commit", words=words).status_code == 303
    assert browser.submit(f"{page}/claims", page, type="commit", words=words).status_code == 422
    assert browser.submit("/article/a-0000000000000000/claims", page, type="commit", words=words).status_code == 404
    assert len(decisions(own)) == 1


def test_what_was_rejected_can_still_be_seen_and_accepted_on_the_page_of_its_article(serve, own):
    found = book(own)
    claim = next(iter(found.claims.values()))
    browser, page = serve(), f"/article/{claim.article_id}"
    rule(browser, page, kind="reject", id=claim.id)
    said = browser.get(page).text
    assert "rejected:" in said
    assert claim.id not in book(own).claims
    rule(browser, page, kind="accept", id=claim.id)
    assert claim.id in book(own).claims
    assert "lan: accepted" in browser.get(page).text


def test_of_an_article_kept_in_excerpts_only_these_are_shown(serve, own):
    found = book(own)
    article = next(iter(found.articles.values()))
    with Store(own) as store:
        settings.keep_excerpts_only(store)
        blank = re.sub(r"\S", "·", article.text[-60:])
        with store.database.writing() as connection:
            connection.exec_driver_sql("DROP TRIGGER articles_unchanged")
            connection.exec_driver_sql("UPDATE articles SET text = ? WHERE id = ?", (article.text[:-60] + blank, article.id))
    browser, page = serve(), f"/article/{article.id}"
    said = browser.get(page).text
    assert "[…]" in said
    assert "···" not in said
    outside = {"start": str(len(article.text) - 50), "stop": str(len(article.text) - 20)}
    assert browser.submit(f"{page}/claims", page, type="commit", words="x", **outside).status_code == 422


def test_a_ledger_that_nobody_may_change_shows_no_forms(serve, deal):
    browser = serve(public=True)
    assert 'action="/decide"' not in browser.get("/ledger").text
    assert browser.post("/decide", data={"kind": "reject", "id": deal.steps[0]}).status_code == 403
