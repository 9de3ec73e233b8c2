"""What the documents say exists: files, commands, and code that runs."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import vientro

ROOT = Path(__file__).parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")):
        if "://" not in target and not target.startswith("reference/"):  # made with the site: test_docs_site.py follows these
            assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_commands_of_the_readme_exist(name: str) -> None:
    typer_main = pytest.importorskip("typer.main")
    known = typer_main.get_command(pytest.importorskip("vientro.cli.main").app).commands
    named = set(re.findall(r"`vientro ([a-z-]+)", (ROOT / name).read_text(encoding="utf-8")))
    assert named
    assert named <= set(known)


def test_both_readmes_have_the_same_commands_and_code() -> None:
    english, vietnamese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.vi.md"))
    assert re.findall(r"```.*?```", english, re.DOTALL) == re.findall(r"```.*?```", vietnamese, re.DOTALL)
    assert len(re.findall(r"^```sh$", english, re.MULTILINE)) == 2


def test_code_of_the_readme_does_what_it_says() -> None:
    pytest.importorskip("vientro.reading.reader")
    blocks = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    names: dict[str, object] = {}
    exec("\n".join(blocks), names)
    (claim,) = vientro.read("Na Uy ngày 3/7 đã bàn giao cho Moldova 2 radar đầu tiên trong tổng số 8 đài.", published="2025-07-04")
    assert names["claims"] == [claim]
    (money,) = vientro.find_amounts("khoản vay lên tới 35 tỷ euro")
    assert (money.value, money.currency, money.bound) == (35e9, "EUR", "up_to")
    (time,) = vientro.find_times("cuối tháng 3 năm ngoái", published="2025-05-02")
    assert time.edtf == "2024-03-21/2024-03-31"
    (actor,) = vientro.find_actors("Lầu Năm Góc")
    assert (actor.code, actor.kind) == ("US", "organ")
    (count,) = vientro.find_quantities("14 trong số 30 xe tăng")
    assert (count.value, count.of) == (14, 30)
    (thing,) = vientro.find_equipment("xe tăng Leopard 2A6")
    assert (thing.cls, thing.model) == ("tank", "Leopard 2A6")
    dating = vientro.find_date("Ngày 3/4, Tổng thống Mỹ Joe Biden tiếp Thủ tướng Anh Rishi Sunak.")
    assert dating is not None
    assert (dating.interval, dating.best) == ("2023-04-01/2024-04-15", "2024-04-03")


def test_code_of_the_page_on_mentions_gives_what_it_says() -> None:
    done = doctest.testfile(str(ROOT / "docs" / "mentions.md"), module_relative=False, encoding="utf-8")
    assert done.attempted > 10
    assert not done.failed


def test_times_of_the_page_on_mentions_are_read_so() -> None:
    page = (ROOT / "docs" / "mentions.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([^`]+)` \| (?:`([^`]+)`)? *\|", page, re.MULTILINE)
    assert len(rows) > 10
    for said, edtf in rows:
        assert [time.edtf for time in vientro.find_times(said, "2025-05-02")] == ([edtf] if edtf else []), said
