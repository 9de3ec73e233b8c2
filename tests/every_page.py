"""Every page of `vientro serve`, for whatever looks at all of them: the tests in a browser, and docs/img/shots.py.

`furnish` gives a ledger of the examples what pages need to be other than empty; its people sign in as `NAME` with `PASSWORD`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chromium import NOWHERE
from shown import Terminal
from vientro.serve.passwords import hashed
from vientro.store import accounts, reports
from vientro.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from playwright.sync_api import Page

NAME, PASSWORD = "lan", "một mật khẩu dài"
_SENTENCE = "Na Uy đã bàn giao cho Moldova 2 radar đầu tiên trong tổng số 8 chiếc"
_DRAFT = (
    "Na Uy bàn giao thêm 3 radar cho Moldova, theo Bộ Quốc phòng nước này. Na Uy cũng cam kết chuyển 40 xe tăng Leopard 2A6 cho Moldova."
)
_PATHS = {
    "start": "/",
    "ledger": "/ledger?donor=NO&recipient=MD",
    "ledger-filtered": "/ledger?tab=support&state=delivered&since=2025-01-01",
    "ledger-empty": "/ledger?q=không có gì như thế",
    **{f"ledger-{tab}": f"/ledger?tab={tab}" for tab in ("sales", "sanctions", "opposition", "talks", "background", "alleged")},
    "topics": "/topics",
    "review": "/review",
    "review-second": "/review?second=true",
    "agreement": "/review/agreement",
    "people": "/people",
    "country": "/people/NO",
    "charts": "/charts",
    "charts-empty": "/charts?donor=MD",
    "overdue": "/overdue?as-of=2026-04-30",
    "compare": "/compare",
    "compare-theirs": "/compare?part=theirs",
    "sources": "/sources",
    "about": "/about",
    "corrections": "/corrections",
    "decisions": "/decisions",
    "report": "/report?about=/ledger",
    "account": "/account",
    "audit": "/audit",
    "api": "/api/v1/docs",
    "nowhere": NOWHERE,
}
# They differ from others in what they tell alone, and are for the pictures.
ALIKE = ("ledger-sales", "ledger-opposition", "ledger-background", "ledger-alleged", "charts-empty", "review-second")
# Pages that others lead to: where from, and by which links one after another.
_LINKS = {
    "deal": ("ledger", ".act + .act .who a"),  # the second line is of a deal with many
    "deal-of-talks": ("ledger-talks", ".act .who a"),
    "article": ("ledger", ".act .who a", "figcaption a:has(cite)"),
    "person": ("people", "main td a, main th a"),
    "topic": ("topics", ".topics a"),
    "paste": ("topics", ".topics a", ".tools a[href$=paste]"),
    "trail": ("report", "main .plain a"),
}


def furnish(ledger: Path) -> None:
    """Accounts, rulings of two people, a release and what it corrects, rows of others, a topic, watched sources, a report."""
    folder = ledger.parent / f"{ledger.stem}-furnishing"
    folder.mkdir()
    with Store(ledger) as store:
        accounts.add(store, accounts.User(NAME, "admin"), hashed(PASSWORD), "command line")
        accounts.add(store, accounts.User("minh", "reviewer", "Người duyệt 2"), hashed(PASSWORD), "command line")
        accounts.make_token(store, NAME, "bảng tính của tòa soạn", NAME)
        asked = reports.report(store, "/ledger", "Thiếu một bài của ngày 18/6.", "https://bao.example/bai")
        reports.answer(store, asked, NAME, "corrected", "Đã thêm bài ấy, cảm ơn bạn.")
        claims = [claim.id for claim in store.claims() if claim.type == "deliver"][:3]
    with Terminal(folder) as terminal:
        for name, content in _FILES.items():
            (folder / name).write_text(content, "utf-8")
        terminal.run("python3 -m http.server 8765")
        for words in (
            "release 2026-Q1 --by lan",
            f"decide correct {claims[0]} amounts '25000000 EUR' --by lan --why 'bộ nói 25 triệu'",
            *(f"decide accept {claim} --by {who}" for claim in claims[1:] for who in (NAME, "minh")),
            "release 2026-Q2 --by lan",
            "import kiel.csv --map kiel --by lan",
            "topic add 'Viện trợ cho Ukraine' --recipient Ukraine --about 'Ai hứa gì và giao gì cho Ukraine.' --by lan",
            "watch sources.toml --once --allow-private",
        ):
            terminal.run(f"vientro {words} --db {ledger}")


_FILES = {
    "kiel.csv": """\
ID,Countries,Announcement Date,Type of Aid General,Measure,Item,Item Number,Source Reported Value,Reporting Currency
CAM1,Canada,2025-06-17,Military,Commitment,,,2100000000,CAD
LTM1,Lithuania,2025-02-12,Military,Allocation,M113,30,,
SEM1,Sweden,2025-01-30,Military,Commitment,,,13500000000,SEK
""",
    "sources.toml": """\
delay = 0
contact = "desk@example.org"

[[source]]
name = "Báo Ví Dụ"
url = "http://127.0.0.1:8765/docs/tutorial-feed.xml"

[[source]]
name = "Báo Đã Đóng Cửa"
url = "http://127.0.0.1:8765/docs/no-such-feed.xml"
""",
}


def sign_in(page: Page, site: str) -> None:
    page.goto(f"{site}/sign-in")
    page.locator("#name").fill(NAME)
    page.locator("#password").fill(PASSWORD)
    page.locator(".sign button").click()


def addresses(page: Page, site: str) -> dict[str, str]:
    """The address of every page that has one, by a short name; the page is signed in."""
    found = {name: f"{site}{path}" for name, path in _PATHS.items()}
    for name, (place, *links) in _LINKS.items():
        page.goto(found[place])
        for link in links:
            page.goto(f"{site}{page.locator(link).first.get_attribute('href')}")
        found[name] = page.url.partition("#")[0] if name.startswith("deal") else page.url
    return found


def _paste(page: Page, site: str, words: str, day: str, button: str) -> None:
    page.goto(site)
    page.locator("#sentence").fill(words)
    page.locator("#on").fill(day)
    page.locator(button).click()
    page.locator("#answer > *").first.wait_for()


# What is sent and has no address of its own.
SENT: Mapping[str, Callable[[Page, str], None]] = {
    "check": lambda page, site: _paste(page, site, _SENTENCE, "2025-07-04", ".ask button >> nth=0"),
    "line": lambda page, site: _paste(page, site, _DRAFT, "2025-09-18", ".ask button >> nth=1"),
}
