"""`vientro user`: accounts from the command line."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from vientro.cli.main import app
from vientro.serve import passwords
from vientro.store import accounts
from vientro.store.store import Store

PASSWORD = "một câu đủ dài"


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "a.db"
    Store(path).close()
    return str(path)


def vientro(*words, given=None):
    return CliRunner().invoke(app, ["user", *words], input=given)


def test_an_account_is_opened_changed_and_closed(db):
    assert vientro("list", "--db", db).output.startswith("There are no accounts")
    done = vientro("add", "lan", "--role", "reader", "--shown-as", "R1", "--db", db, given=f"{PASSWORD}\n")
    assert done.exit_code == 0
    assert PASSWORD not in done.output
    assert vientro("role", "lan", "editor", "--db", db).exit_code == 0
    assert vientro("list", "--db", db).output.split() == ["lan", "editor", "R1"]
    assert vientro("password", "lan", "--db", db, given="một câu khác nữa\n").exit_code == 0
    with Store(db) as store:
        assert passwords.fits("một câu khác nữa", accounts.password_of(store, "lan")[1])
        assert [one.what for one in accounts.events(store, 9)] == ["password", "role editor", "add"]
    assert vientro("remove", "lan", "--db", db).exit_code == 0
    assert vientro("list", "--json", "--db", db).output.strip() == "[]"


def test_a_token_is_shown_once_and_revoked_by_its_name(db):
    vientro("add", "lan", "--db", db, given=PASSWORD)
    token = vientro("token", "lan", "--label", "máy chủ", "--db", db).output.strip()
    listed = vientro("token", "lan", "--list", "--db", db).output
    assert token not in listed
    assert "máy chủ" in listed
    with Store(db) as store:
        assert accounts.holder(store, token).name == "lan"
        assert vientro("token", "lan", "--end", listed.split()[0], "--db", db).exit_code == 0
        assert accounts.holder(store, token) is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "lan", "--role", "king"], "Roles:"),
        (["add", "lan"], "5 characters"),
        (["remove", "lan"], "no account"),
        (["token", "lan"], "no account"),
    ],
)
def test_what_cannot_be_is_told(db, words, said):
    done = vientro(*words, "--db", db, given="short\n")
    assert done.exit_code == 2
    assert said in done.output
