"""The pages in a real browser, on a ledger of the examples: what a journalist and a reviewer do with them, one after another."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from chromium import WAITS, Open, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

expect.set_options(timeout=WAITS)
_SENTENCE = "34 quốc gia cam kết viện trợ 2 tỷ USD cho Ukraine"
_DRAFT = (
    "Na Uy chuyển thêm 3 radar cho Moldova\nNgày 17/9/2025, Na Uy chuyển giao thêm 3 radar cảnh giới cho Moldova, theo Bộ Quốc phòng Na Uy."
)


@pytest.fixture(scope="module")
def site(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    ledger = tmp_path_factory.mktemp("browser") / "ledger.db"
    shutil.copy(examples, ledger)
    yield from serving(ledger, "--by", "lan")


def test_a_sentence_that_is_pasted_gets_its_card(site: str, opened: Open) -> None:
    page = opened()
    page.goto(site)
    page.get_by_label("Câu, bản nháp hoặc địa chỉ").fill(_SENTENCE)
    page.get_by_role("button", name="Kiểm tra câu").click()
    card = page.locator("#answer.check")
    expect(card.locator(".verdict-line")).to_contain_text("Không tìm thấy tin nào về việc này.")
    expect(card).to_contain_text("34")
    assert page.url == f"{site}/", "the card comes into the page that asked"
    card.get_by_text("Thẻ Markdown để dán").click()
    assert _SENTENCE in card.locator("textarea").input_value()
    card.get_by_text("Địa chỉ của câu trả lời này").click()
    page.wait_for_url("**/check?sentence=*")
    expect(page.locator("#answer.check")).to_contain_text("34")


def test_a_sentence_gets_its_card_without_scripts(site: str, opened: Open) -> None:
    page = opened(java_script_enabled=False)
    page.goto(site)
    page.get_by_label("Câu, bản nháp hoặc địa chỉ").fill(_SENTENCE)
    page.get_by_role("button", name="Kiểm tra câu").click()
    expect(page.locator("#answer.check")).to_contain_text("34")
    assert page.url == f"{site}/check"


def test_a_draft_that_is_pasted_gets_its_line(site: str, opened: Open) -> None:
    page = opened()
    page.goto(site)
    page.get_by_label("Câu, bản nháp hoặc địa chỉ").fill(_DRAFT)
    page.get_by_role("button", name="Lấy dòng tin").click()
    line = page.locator(".line-text").first
    expect(line).to_contain_text("radar")
    expect(line).to_contain_text("Moldova")


def test_what_can_not_be_read_is_told_where_it_was_asked(site: str, opened: Open) -> None:
    page = opened()
    page.goto(site)
    page.get_by_label("Tệp").set_input_files({"name": "x.docx", "mimeType": "application/msword", "buffer": bytes(range(256)) * 9})
    page.get_by_role("button", name="Lấy dòng tin").click()
    expect(page.locator("#answer")).to_contain_text("x.docx")
    assert page.locator("h1").count() == 1
    assert page.url == f"{site}/"


def test_from_a_filter_to_the_words_of_an_article(site: str, opened: Open) -> None:
    page = opened()
    page.goto(f"{site}/ledger")
    page.get_by_label("Bên cho").select_option("NO")
    page.get_by_label("Bên nhận").select_option("MD")
    page.get_by_role("button", name="Lọc", exact=True).click()
    page.wait_for_url(re.compile("donor=NO&recipient=MD"))
    acts = page.locator(".act .who")
    assert acts.count() > 2
    for act in acts.all_inner_texts():
        assert "Na Uy" in act
    page.locator(".act .who a").first.click()
    page.wait_for_url(re.compile("/deal/"))
    expect(page.locator("h1")).to_contain_text("Moldova")
    words = page.locator("details.words").first
    if words.get_attribute("open") is None:
        words.locator("summary").click()
    quoted = words.locator("blockquote mark").first.inner_text()
    words.locator("figcaption a", has=page.locator("cite")).first.click()
    page.wait_for_url(re.compile("/article/.*#c-"))
    marked = page.locator("mark:target")
    expect(marked).to_be_in_viewport()
    assert quoted.split()[0] in marked.inner_text()
    page.go_back()
    expect(page.locator("#cite")).to_contain_text("/deal/d-")


def test_words_that_are_selected_become_a_claim(site: str, opened: Open) -> None:
    page = opened()
    page.goto(f"{site}{_article(page, site)}")
    before = page.locator(".margin .claim").count()
    span = page.locator(".text p span[data-start]").filter(has_text=re.compile(r"\w+ \w+ \w+")).last
    span.scroll_into_view_if_needed()
    chosen = span.evaluate(
        """node => {
          const text = node.firstChild, range = document.createRange();
          range.setStart(text, 0); range.setEnd(text, Math.min(30, text.length));
          getSelection().removeAllRanges(); getSelection().addRange(range);
          return range.toString();
        }"""
    )
    adding = page.locator("#add form")
    expect(adding.locator("[name=words]")).to_have_value(chosen)
    adding.locator("[name=type]").select_option("deliver")
    adding.locator("[name=actors]").fill("Na Uy")
    adding.locator("[name=recipients]").fill("Moldova")
    adding.get_by_role("button").click()
    expect(page.locator(".margin .claim", has_text="do người thêm").first).to_be_visible()
    assert page.locator(".margin .claim").count() == before + 1


def _article(page: Page, site: str) -> str:
    """The path of an article with claims."""
    page.goto(f"{site}/ledger?donor=NO&recipient=MD")
    page.goto(f"{site}{page.locator('.act .who a').first.get_attribute('href')}")
    return str(page.locator("figcaption a[href^='/article/']").first.get_attribute("href"))


def test_five_questions_are_answered_by_keys_and_the_last_undone(site: str, opened: Open) -> None:
    page = opened()
    page.goto(f"{site}/review?topic=claim&topic=unsure")
    left, asked = _open(page), []
    for key in "rarar":
        asked.append(page.locator("#question blockquote").first.inner_text())
        with page.expect_navigation():
            page.keyboard.press(key)
    assert len(set(asked)) > 3, "two may be told in the same words"
    assert _open(page) < left
    with page.expect_navigation():
        page.keyboard.press("u")
    assert page.locator("#question blockquote").first.inner_text() == asked[-1]
    page.goto(f"{site}/review")
    page.locator("#why").fill("r u")
    assert page.url == f"{site}/review", "keys are letters while somebody types"


def _open(page: Page) -> int:
    found = re.search(r"\d+", page.locator("main > p.soft").inner_text())
    assert found
    return int(found[0])


def test_the_total_changes_when_an_act_is_rejected_and_comes_back_when_that_is_undone(site: str, opened: Open) -> None:
    page = opened()
    view = f"{site}/ledger?donor=CA&type=deliver"
    page.goto(view)
    total = page.locator(".totals h2")
    before = total.inner_text()
    assert re.search(r"\d", before)
    page.locator(".act .who a").first.click()
    act = page.locator(".act:target")
    act.locator("details.rule summary").first.click()
    act.locator("details.rule").get_by_role("button", name=re.compile("^Sai")).first.click()
    undo = page.locator(".history").get_by_role("button", name=re.compile("^Hoàn tác"))
    expect(undo.first).to_be_visible()
    page.goto(view)
    assert total.inner_text() != before
    page.go_back()
    undo.first.click()
    page.wait_for_load_state()
    page.goto(view)
    expect(total).to_have_text(before)


def test_the_language_is_kept_from_page_to_page(site: str, opened: Open) -> None:
    page = opened()
    page.goto(f"{site}/ledger?donor=NO")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert "donor=NO" in page.url
    page.get_by_role("link", name="vientro").first.click()
    expect(page.locator("h1")).to_have_text("Who promised, who delivered, and who says so?")


def test_a_view_is_cited_by_an_address_that_leads_back_to_it(site: str, opened: Open) -> None:
    page = opened()
    page.goto(f"{site}/ledger?recipient=UA")
    digest = page.locator("#cite code").inner_text()
    acts = page.locator(".act").count()
    page.locator("#cite a").click()
    expect(page.locator("#cite code")).to_have_text(digest)
    assert page.locator(".act").count() == acts
    assert "as-of=" in page.url


def test_a_view_is_taken_away_as_a_table(site: str, opened: Open) -> None:
    page = opened()
    page.goto(f"{site}/ledger?donor=NO")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").first.click()
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert len(lines) > page.locator(".act").count()
    assert "NO" in lines[1]
