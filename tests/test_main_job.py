"""The main job on the examples, as a user runs it: from files to a ledger, a page, claims and links."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from vientro.article.documents import documents
from vientro.collect.files import opened, sources
from vientro.model.article import Article

if TYPE_CHECKING:
    from collections.abc import Callable

    Command = Callable[..., str]

EXAMPLES = Path(__file__).parent.parent / "examples"
RADARS = [
    "examples/bao-vi-du/moldova-de-nghi-na-uy-cung-cap-radar-40112.html",
    "examples/bao-vi-du/na-uy-cam-ket-chuyen-8-radar-cho-moldova-40388.html",
    "examples/bao-vi-du/quoc-hoi-na-uy-duyet-tien-mua-radar-cho-moldova-40871.html",
    "examples/thoi-bao-mau/moldova-tiep-nhan-hai-radar-dau-tien-tu-na-uy-post118820.html",
    "tmh-0917",
    "examples/thoi-bao-mau/na-uy-tam-dung-giao-radar-cho-moldova-post124406.html",
    "tmh-1126",
]
CANADA = [
    "examples/bao-vi-du/canada-cong-bo-goi-vien-tro-quan-su-2-ty-cad-cho-ukraine-41190.html",
    "examples/thoi-bao-mau/ottawa-rot-them-2-ty-do-la-canada-cho-quan-doi-ukraine-post117951.html",
    "tmh-0618",
]


@pytest.fixture(scope="module")
def vientro() -> Command:
    """A command line to what it prints; the command must succeed."""
    app = pytest.importorskip("vientro.cli.main").app

    def run(*arguments: object) -> str:
        result = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert result.exit_code == 0, (result.output, result.exception)
        return result.stdout

    return run


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples as one JSON Lines file."""
    path = tmp_path_factory.mktemp("docs") / "docs.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for file in sources([str(EXAMPLES)]):
            with opened(file) as stream:
                for one in documents(file.name, stream):
                    assert isinstance(one, Article)
                    row = {"id": one.key, "source": one.outlet, "url": one.url, "published": one.published, "title": one.title}
                    out.write(json.dumps(row | {"text": one.text}, ensure_ascii=False) + "\n")
    return path


@pytest.fixture(scope="module")
def linked(vientro: Command, docs: Path) -> list[dict[str, Any]]:
    """The claims of the examples, each with its document, step and deal."""
    claims = docs.with_name("claims.jsonl")
    claims.write_text(vientro("read", docs), encoding="utf-8")
    read = {row["doc"]: row["claims"] for row in map(json.loads, claims.read_text(encoding="utf-8").splitlines())}
    links = [json.loads(line) for line in vientro("link", docs, claims).splitlines()]
    assert len(links) == sum(map(len, read.values()))
    return [link | read[link["doc"]][link["claim"]] | {"doc": link["doc"]} for link in links]


def test_the_examples_become_a_ledger_and_a_page_and_a_second_run_changes_nothing(vientro: Command, tmp_path: Path) -> None:
    db, page = tmp_path / "examples.db", tmp_path / "report.html"
    shown = vientro("run", EXAMPLES, "--db", db, "--report", page)
    assert "Moldova" in shown
    before, exported = page.read_bytes(), vientro("export", "--db", db)
    assert "Moldova" in before.decode()
    vientro("run", EXAMPLES, "--db", db, "--report", page)
    assert page.read_bytes() == before
    assert vientro("export", "--db", db) == exported
    agrees, differs = (
        vientro("check", f"Canada cam kết {told} tỷ đô la Canada cho Ukraine", "--db", db).split("Từng phần của câu")[1].split("Ai nói")[0]
        for told in (2, 3)  # the sentences of README.md
    )
    assert "✗" not in agrees
    assert "✓ số tiền: 2 tỷ CAD" in agrees
    assert "✗ số tiền: 3 tỷ CAD" in differs


def test_the_radars_are_one_deal_over_months(linked: list[dict[str, Any]]) -> None:
    wanted = dict(zip(RADARS, ["request", "commit", "approve", "deliver", "deliver", "suspend", "resume"], strict=True))
    line = [one for one in linked if wanted.get(one["doc"]) == one["type"] and one["scope"] == "act"]
    first = {one["doc"]: one for one in reversed(line)}
    assert len(first) >= 5, sorted(first)
    deals = [one["deal"] for one in first.values()]
    assert max(map(deals.count, deals)) >= 4, {doc: one["deal"] for doc, one in first.items()}
    assert len({one["step"] for one in first.values()}) == len(first)


def test_one_loan_in_three_outlets_is_one_step(linked: list[dict[str, Any]]) -> None:
    pledges = [
        one for one in linked if one["doc"] in CANADA and one["type"] == "commit" and any(m["value"] == 2.3e9 for m in one["amounts"])
    ]
    assert len({one["doc"] for one in pledges}) >= 2
    assert len({one["step"] for one in pledges}) == 1
