"""Comparing, sources, about, reports and their trail, corrections."""

from __future__ import annotations

import html
import re

import pytest

from vientro import pipeline
from vientro.evaluate import floors
from vientro.model.errors import InputError
from vientro.publish import sheets
from vientro.review import maps
from vientro.review.answers import Reviewer
from vientro.review.importing import imported
from vientro.store import reports
from vientro.store.store import Store
from vientro.tasks import desk, importing, past

KIEL = """\
ID,Countries,Announcement Date,Type of Aid General,Type of Aid Specific,Measure,Explanation,\
Item,Item Number,Source Reported Value,Reporting Currency
CAM1,Canada,2025-06-17,Military,,Commitment,A package,,,2100000000,CAD
DEM1,Germany,2025-02-10,Military,,Commitment,A package,,,26000000,EUR
"""
HOSTILE = '<script>alert(1)</script>\u202e"=1+1'


def shown(page: str) -> list[int]:
    return [int(many) for many in re.findall(r"<dd>(\d+)</dd>", page)]


def test_a_party_that_nobody_knows_is_told_with_what_may_have_been_meant(web):
    shown = web.get("/ledger?donor=Norwey&recipient=Xyz").text
    assert "Nobody called “Norwey” is known. Did you mean:" in shown
    assert '<a href="/ledger?tab=support&amp;donor=NO">Norway (NO)</a>' in shown
    assert "Nobody called “Xyz” is known." in shown
    assert "is known" not in web.get("/ledger?donor=NO&recipient=Kenya").text


def test_a_kind_of_act_is_asked_for_in_words(web):
    assert web.get("/api/v1/steps?type=deliver").json()["count"] > 0
    page = web.get("/ledger", params={"type": "bàn giao"})
    assert page.status_code == 200
    assert '<option value="deliver" selected>' in page.text


def test_a_table_is_compared_and_not_kept(serve, own):
    web = serve()
    assert "No rows of another database" in web.get("/compare").text
    fields = {"csrf": web.csrf("/compare"), "map": "kiel"}
    answer = web.post("/compare", data=fields, files={"file": ("tracker.csv", KIEL.encode(), "text/csv")})
    assert answer.status_code == 200
    apart, both, _, theirs = shown(answer.text)
    assert (apart, both, theirs) == (1, 0, 1)
    assert "2.1 billion CAD" in answer.text
    with Store(own) as store:
        assert store.decisions() == []


def test_imported_rows_are_compared_part_by_part(serve, own, tmp_path):
    (tmp_path / "k.csv").write_text(KIEL, "utf-8")
    columns = maps.shipped("kiel")
    with Store(own) as store:
        rows = imported(sheets.read(tmp_path / "k.csv", columns.needs), columns, "k.csv")
        importing.rows(rows, store, pipeline.shipped(), Reviewer("lan"))
    web = serve()
    page = web.get("/compare").text
    assert shown(page)[0] == 1
    assert "2 billion CAD" in page
    assert "Germany" in web.get("/compare?part=theirs").text
    assert web.get("/compare?part=everything").status_code == 422
    assert web.get("/compare?database=nowhere").status_code == 422


def test_what_is_no_table_is_told_so(serve):
    web = serve()
    fields = {"csrf": web.csrf("/compare"), "map": "kiel"}
    assert web.post("/compare", data=fields, files={"file": ("x.exe", b"MZ", "text/csv")}).status_code == 422
    assert web.post("/compare", data={**fields, "map": "mine"}, files={"file": ("x.csv", b"a", "text/csv")}).status_code == 422
    assert web.post("/compare", data={"map": "kiel"}, files={"file": ("x.csv", b"a", "text/csv")}).status_code == 403


def test_sources_tell_of_outlets_and_of_what_is_watched(web):
    page = web.get("/sources").text
    assert "Nothing on the web is watched" in page
    assert "Tin Minh Họa" in page
    assert "unknown" in page


def test_about_has_the_floors_in_both_languages(web):
    least = floors.shipped()["ledes"].scores
    for lang, title in (("en", "Known error rates"), ("vi", "Sai sót đến mức nào")):
        page = web.get(f"/about?lang={lang}").text
        assert title in page
        for key in ("claim", "strict", "slot"):
            assert f"≥ {least[key]:.0%}" in page
    web.cookies.delete("lang")


def test_a_report_has_a_trail_that_editors_answer(serve):
    web = serve()
    sent = web.submit("/report", "/report", words=HOSTILE, about="/deal/d-1", source="javascript:alert(1)")
    assert sent.status_code == 303
    trail = sent.headers["location"]
    page = web.get(trail).text
    assert "not yet answered" in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "\u202e" not in page
    assert 'href="javascript' not in page
    assert web.submit(trail, trail, words="Đã sửa.", outcome="corrected").status_code == 303
    page = web.get(trail).text
    assert "Đã sửa." in page
    assert "lan · corrected" in page
    assert trail in web.get("/report").text
    assert web.submit(trail, trail, words="x", outcome="perhaps").status_code == 422


def test_reports_lead_nowhere_else(serve):
    web = serve()
    for about in ("//evil.example", "https://evil.example", "/\\evil.example"):
        sent = web.submit("/report", "/report", words="sai", about=about)
        assert "evil.example" not in web.get(sent.headers["location"]).text


def test_too_many_reports_at_once_have_to_wait(serve):
    web = serve()
    sent = [web.submit("/report", "/report", words="sai").status_code for _ in range(8)]
    assert sent[0] == 303
    assert sent[-1] == 429


def test_in_public_readers_report_and_see_answers_and_answer_nothing(serve, own):
    web = serve(public=True)
    sent = web.post("/report", data={"words": "sai số tiền"}, follow_redirects=False)
    trail = sent.headers["location"]
    assert "sai số tiền" in web.get(trail).text
    assert web.post(trail, data={"words": "x", "outcome": "kept"}).status_code == 403
    assert trail not in web.get("/report").text
    with Store(own) as store:
        assert [one.words for one in reports.reports(store)] == ["sai số tiền"]


def test_reports_are_kept_as_they_came(own):
    with Store(own) as store:
        mark = store.mark()
        first = reports.report(store, "/", "một")
        second = reports.report(store, "/", "hai", "https://example.org")
        reports.answer(store, first, "lan", "kept", "đúng rồi")
        assert [one.id for one in reports.reports(store)] == [second, first]
        found = reports.find(store, first)
        assert found is not None
        assert [one.words for one in found.answers] == ["đúng rồi"]
        assert reports.find(store, first[:-1]) is None
        assert reports.find(store, "%") is None
        assert store.mark() == mark
        for words in ("", "  ", "x" * (reports.LONGEST + 1)):
            with pytest.raises(InputError):
                reports.report(store, "/", words)
        with pytest.raises(InputError):
            reports.answer(store, "e-nobody", "lan", "kept", "x")


def test_corrections_say_old_new_why_and_who(serve, own):
    with Store(own) as store:
        stages = pipeline.shipped()
        step = next(one for one in pipeline.book(store).ledger.steps if one.sums and one.sums[0].currency == "CAD" and one.counts)
        past.release(store, "R1", "lan")
        amounts = [{"value": 5_000_000, "currency": "CAD", "bound": "exact"}]
        ruled = desk.correct(desk.desk(store, stages), store, Reviewer("lan", shown_as="Biên tập 1"), step.id, "amounts", amounts, HOSTILE)
        desk.write(store, stages, [ruled])
        past.release(store, "R2", "lan")
    page = html.unescape(serve().get("/corrections").text)
    assert "Release R2" in page
    assert "5 million CAD" in page
    assert "Biên tập 1" in page
    assert "<script>alert(1)</script>" in page
    assert "<script>alert(1)</script>" not in serve().get("/corrections").text
    assert "Nothing had to be put right" not in page


def test_a_rejected_act_is_named_and_leads_to_its_words(serve, own):
    with Store(own) as store:
        stages = pipeline.shipped()
        step = next(one for one in pipeline.book(store).ledger.steps if one.recipients == ("MD",) and len(one.claims) == 1)
        desk.write(store, stages, [desk.verdict(desk.desk(store, stages), store, "reject", Reviewer("lan"), step.claims[0], "")])
    page = html.unescape(serve().get("/corrections").text)
    assert "→ Moldova" in page
    assert f"#{step.claims[0]}" in page
