"""`add`, `watch`, `sources` and `article` against a made outlet, whose names are public to the program."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parents[1] / "collect"))

import trafilatura  # noqa: F401  loaded here, where its warning of a part that it can do without is no error yet
from outlet import FEED, HERE, Outlet, page
from played import Answer, Clock, Web

from vientro import pipeline
from vientro.cli import web as cli_web
from vientro.cli.main import app
from vientro.collect import network


@pytest.fixture
def outlet(monkeypatch, stages):
    played, clock = Web(), Clock()
    monkeypatch.setattr(pipeline, "shipped", lambda _names=None: stages)
    monkeypatch.setattr(cli_web, "Clock", lambda: clock)
    monkeypatch.setattr(network, "Network", lambda private: played.network(private=private))
    made = Outlet(played, clock)
    for number in range(1, 4):
        made.publish(number)
    yield made
    played.close()


def vientro(*arguments: object, code: int = 0):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output + repr(result.exception)
    assert "\x1b" not in result.output
    return result


@pytest.fixture
def db(tmp_path):
    return tmp_path / "x.db"


def test_add_takes_a_feed_and_files_and_goes_on_where_it_was(outlet, db, tmp_path):
    (tmp_path / "tin").mkdir()
    (tmp_path / "tin" / "a.html").write_bytes(page(50))
    told = json.loads(vientro("add", FEED, tmp_path / "tin", "--db", db, "--json").stdout)
    assert told["added"] == 4
    assert (told["sources"][0]["new"], told["sources"][0]["articles"], told["sources"][0]["left_out"]) == (3, 3, {})
    before = len(outlet.web.log)
    outlet.publish(4)
    assert json.loads(vientro("add", FEED, "--db", db, "--json").stdout)["added"] == 1
    assert outlet.web.asked[f"{HERE}/tin-1.html?utm_source=rss"] == 1
    assert len(outlet.web.log) - before < 6
    assert "Đức → Ukraine" in vientro("ledger", "--db", db).stdout


def test_add_takes_one_address_and_says_what_is_wrong_with_another(outlet, db):
    shown = vientro("add", f"{HERE}/tin-2.html", f"{HERE}/khong-co.html", "http://127.0.0.1/", "--db", db)
    assert "1 articles added" in shown.stdout
    assert "no answer; 1 new, 0 articles; 1 x not found: HTTP 404" in shown.stdout
    outlet.web.names["127.0.0.1"] = ["127.0.0.1"]
    assert "private address" in vientro("add", "http://127.0.0.1/", "--db", db, code=1).stdout


def test_run_takes_addresses_too(outlet, db):
    assert "Đức → Ukraine" in vientro("run", FEED, "--db", db).stdout
    assert "Đức → Ukraine" in vientro("run", FEED, "--db", db).stdout
    assert "nothing of this could be read" in vientro("run", f"{HERE}/none.html", "--db", db, code=1).stderr


def test_article_shows_text_versions_and_claims(outlet, db):
    url = f"{HERE}/tin-1.html"
    vientro("add", url, "--db", db)
    outlet.web.pages[url] = Answer(page(1, sum_=999))
    vientro("add", url, "--db", db)
    shown = vientro("article", url, "--db", db).stdout
    assert "[lede] " in shown
    assert "[-101-][+999+]" in shown
    assert "1 claims" in shown
    told = json.loads(vientro("article", url, "--db", db, "--json").stdout)
    assert [version["why"] for version in told["versions"]] == ["new", "changed"]
    older = json.loads(vientro("article", told["versions"][0]["article"], "--db", db, "--json").stdout)
    assert older["replaced_by"] == told["id"]
    assert vientro("article", told["id"], "--db", db, "--page").stdout.startswith("<!doctype html>")
    assert "999 triệu EUR" in vientro("ledger", "--db", db).stdout
    assert "101 triệu EUR" not in vientro("ledger", "--db", db).stdout
    assert "no such article" in vientro("article", "a-0", "--db", db, code=2).stderr


def test_excerpts_only_keeps_no_page_and_no_whole_text(outlet, db, tmp_path):
    vientro("add", FEED, "--db", db, "--excerpts-only")
    vientro("add", f"{HERE}/tin-1.html", "--db", db)
    assert not (tmp_path / "x.db.archive").exists()
    shown = vientro("article", f"{HERE}/tin-1.html", "--db", db).stdout
    assert "Đức cam kết cho Ukraine 101 triệu euro" in shown
    assert "hoan nghênh" not in shown
    assert "not in the archive" in vientro("article", f"{HERE}/tin-1.html", "--db", db, "--page", code=2).stderr
    assert "Đức → Ukraine" in vientro("ledger", "--db", db).stdout


def test_watch_once_and_what_sources_tells_of_it(outlet, db, tmp_path):
    sources = tmp_path / "sources.toml"
    sources.write_text(
        f'[[source]]\nname = "Báo Mẫu"\nurl = "{FEED}"\n[[source]]\nname = "Chết"\nurl = "http://chet.example/rss"\n', "utf-8"
    )
    outlet.web.pages["http://chet.example/rss"] = Answer(status=500)
    outlet.web.pages[f"{HERE}/tin-3.html"] = Answer(b"<html><head><title>x\x1b[31m</title></head><body></body></html>")
    lines = vientro("watch", sources, "--db", db, "--once").stderr.splitlines()
    assert len(lines) == 2
    assert "Báo Mẫu: 3 new, 2 articles; 1 x " in lines[0]
    assert "Chết: no answer; 0 new, 0 articles; 1 x server error" in lines[1]
    told = {row["name"]: row for row in json.loads(vientro("sources", "--db", db, "--json").stdout)}
    assert (told["Báo Mẫu"]["items"], told["Báo Mẫu"]["articles"], sum(told["Báo Mẫu"]["rejects"].values())) == (3, 2, 1)
    assert (told["Chết"]["status"], told["Chết"]["fault"]) == ("down", "server error: HTTP 500")
    assert "Chết: down (server error: HTTP 500); last answer never" in vientro("sources", "--db", db).stdout
    assert "2 articles" in vientro("sources", "--db", db).stdout


def test_shipped_outlets_are_listed(db):
    assert "vnexpress-the-gioi" in vientro("sources", "--shipped").stdout
    assert len(json.loads(vientro("sources", "--shipped", "--json").stdout)) >= 25


def test_what_is_wrong_is_told_in_plain_words(outlet, db, tmp_path):
    (tmp_path / "s.toml").write_text("x = 1")
    assert "no setting 'x'" in vientro("watch", tmp_path / "s.toml", "--db", db, code=2).stderr
    assert "no such file" in vientro("add", tmp_path / "none", "--db", db, code=2).stderr
    assert "--since" in vientro("add", HERE, "--since", "hôm qua", "--db", db, code=2).stderr
    vientro("run", tmp_path / "s.toml", "--db", db, code=1)
    assert "Nothing was collected" in vientro("sources", "--db", db).stdout
