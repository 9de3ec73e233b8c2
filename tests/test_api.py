from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version

import pytest

import vientro
from vientro import pipeline
from vientro.collect.files import sources
from vientro.model.errors import InputError, StoreError
from vientro.store.store import Store

TEXT = "Hôm qua Đức cam kết cho Ukraine 20 triệu euro, theo <b>thông cáo</b> của chính phủ."


@pytest.fixture
def shipped(stages, monkeypatch):
    monkeypatch.setattr(pipeline, "shipped", lambda _names=None: stages)


def test_reading_gives_claims_with_places_in_the_text(shipped):
    claims = vientro.read(TEXT, title="Tin về Đức", published="2024-05-03")
    assert [claim.type for claim in claims] == ["commit"]
    assert claims[0].span.of(claims.article.text) == claims[0].evidence == "Đức cam kết cho Ukraine 20 triệu euro"
    assert claims[0].date == "2024-05-03"


def test_a_notebook_shows_a_table_with_the_evidence_marked(shipped):
    page = vientro.read(TEXT)._repr_html_()
    assert "<mark>Đức</mark><mark> cam kết cho </mark><mark>Ukraine</mark>" in page
    assert "&lt;b&gt;thông cáo&lt;/b&gt;" in page
    assert "20 triệu EUR" in page


def test_a_day_or_a_language_that_can_not_be_used_is_told(shipped):
    with pytest.raises(InputError, match="ISO 8601"):
        vientro.read(TEXT, published="hôm qua")
    with pytest.raises(InputError, match="ISO 8601"):
        vientro.find_times("hôm qua", published="04/07/2025")
    with pytest.raises(InputError, match="no reader"):
        vientro.read("The government said that it will send the money to the bank in the city.")
    with pytest.raises(InputError, match="no reader"):
        vientro.read(TEXT, lang="fr")


def test_open_ledger_shows_what_a_run_left(stages, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    with Store(tmp_path / "x.db") as store:
        pipeline.run(sources([str(tmp_path / "a.txt")]), store, stages, least=None, tell=lambda *_: None)
    book = vientro.open_ledger(tmp_path / "x.db")
    assert [claim.evidence for claim in book.claims.values()] == ["Đức cam kết cho Ukraine 20 triệu euro"]
    with pytest.raises(StoreError):
        vientro.open_ledger(tmp_path / "y.db")


def test_public_names_are_there_and_others_are_not():
    assert set(vientro.__all__) <= set(dir(vientro))
    with pytest.raises(AttributeError, match="no attribute 'guess'"):
        vientro.guess  # noqa: B018


def test_the_version_is_that_of_the_installed_package():
    assert vientro.__version__ == version("vientro")


def test_importing_the_package_loads_no_reader():
    code = "import vientro, sys; assert not [name for name in sys.modules if name.startswith('vientro.')]"
    subprocess.run([sys.executable, "-c", code], check=True)
