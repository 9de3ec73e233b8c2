"""Who may do what: on one's own machine, in a team, with a token, in public."""

from __future__ import annotations

import time
from contextlib import closing

import pytest
from argon2 import PasswordHasher

from vientro.model.errors import InputError
from vientro.serve import passwords
from vientro.serve.access import COOKIE
from vientro.serve.brake import Brake
from vientro.store import accounts
from vientro.store.accounts import ROLES, User
from vientro.store.store import Store

PASSWORD = "một câu đủ dài"


@pytest.fixture(autouse=True, scope="module")
def quick():
    """Hashes that are made fast: that they take long is argon2's own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        passwords._of_nobody.cache_clear()
        yield
    passwords._of_nobody.cache_clear()


@pytest.fixture(scope="module")
def kept(quick) -> str:
    return passwords.hashed(PASSWORD)


@pytest.fixture
def team(own, kept, serve):
    """A server of a team with an account of each role, named by it."""
    with Store(own) as store:
        for role in ROLES:
            accounts.add(store, User(role, role), kept, "test")
    return serve(team=True)


@pytest.fixture
def signed(team, kept):
    """Begins a session under a name, in a browser of its own."""

    def sign(name: str):
        browser = type(team)(team.app, headers={"accept-language": "en"})
        answer = browser.submit("/sign-in", "/sign-in", name=name, password=PASSWORD)
        assert answer.status_code == 303, answer.text
        return browser

    return sign


def seen(own):
    with Store(own) as store:
        return [(one.what, one.about) for one in accounts.events(store, 9)]


def test_on_ones_own_machine_nobody_signs_in(web):
    assert web.get("/ledger").status_code == 200
    assert web.submit("/check", sentence="Đức cam kết cho Ukraine 20 triệu euro").status_code == 200
    assert web.get("/sign-in", follow_redirects=False).headers["location"] == "/"


def test_a_form_without_its_token_is_refused(web):
    assert web.post("/check", data={"sentence": "x"}).status_code == 403
    assert web.post("/check", data={"sentence": "x", "csrf": "0" * 64}).status_code == 403
    other = type(web)(web.app)
    assert web.post("/check", data={"sentence": "x", "csrf": other.csrf()}).status_code == 403
    assert web.post("/check", data={"sentence": "Đức giúp Ukraine"}, headers={"x-csrf-token": web.csrf()}).status_code == 200


def test_a_name_that_leads_here_from_elsewhere_is_not_answered(serve):
    browser = serve(hosts=("localhost", "127.0.0.1", "[::1]"))
    for host in ("localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST"):
        assert browser.get("/", headers={"host": host}).status_code == 200
    for host in ("attacker.example", "localhost.attacker.example", "127.0.0.1.nip.io:8000", ""):
        assert browser.get("/", headers={"host": host}).status_code == 421


def test_a_team_signs_in_first(team):
    answer = team.get("/ledger?type=commit", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?then=%2Fledger%3Ftype%3Dcommit")
    assert team.get("/static/style.css").status_code == 200
    assert team.get("/api/v1/steps").status_code == 401
    assert team.submit("/check", "/sign-in", sentence="x").status_code == 401


def test_signing_in_leads_on_within_the_server_and_nowhere_else(signed, team):
    for then, leads in (
        ("/ledger?type=commit", "/ledger?type=commit"),
        ("//attacker.example/", "/"),
        ("https://attacker.example", "/"),
        ("/\\x", "/"),
    ):
        browser = type(team)(team.app)
        assert browser.submit("/sign-in", "/sign-in", name="admin", password=PASSWORD, then=then).headers["location"] == leads


def test_signing_in_changes_the_cookie_and_signing_out_ends_the_session(team, own):
    team.get("/sign-in")
    before = team.cookies[COOKIE]
    team.submit("/sign-in", "/sign-in", name="reader", password=PASSWORD)
    inside = team.cookies[COOKIE]
    assert inside != before
    assert "reader" in team.get("/").text
    team.submit("/sign-out")
    assert team.get("/", follow_redirects=False).status_code == 303
    team.cookies.set(COOKIE, inside)
    assert team.get("/", follow_redirects=False).status_code == 303  # a copy of the cookie is of no use any more
    assert seen(own)[:2] == [("sign out", "reader"), ("sign in", "reader")]


@pytest.mark.parametrize(
    "change",
    [lambda word: word[:-2] + ("aa" if word[-2:] != "aa" else "bb"), lambda word: "x" + word, lambda _: "", lambda _: "e30.e30.e30"],
)
def test_a_cookie_that_was_changed_lets_nobody_in(signed, change):
    browser = signed("admin")
    word = browser.cookies[COOKIE]
    browser.cookies.clear()
    browser.cookies.set(COOKIE, change(word))
    assert browser.get("/ledger", follow_redirects=False).status_code == 303


def test_a_session_ends_by_itself(signed, monkeypatch):
    browser = signed("admin")
    monkeypatch.setattr("itsdangerous.TimestampSigner.get_timestamp", lambda _self, now=time.time: int(now()) + 12 * 3600 + 60)
    assert browser.get("/ledger", follow_redirects=False).status_code == 303


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(team):
    said = team.get("/sign-in").headers["set-cookie"]
    assert "HttpOnly" in said
    assert "SameSite=lax" in said
    assert "Secure" not in said
    over_https = type(team)(team.app, base_url="https://testserver").get("/sign-in")
    assert "Secure" in over_https.headers["set-cookie"]


@pytest.mark.parametrize(
    ("method", "address", "least"),
    [("GET", "/ledger", "reader"), ("GET", "/account", "reader"), ("POST", "/check", "reader"), ("GET", "/audit", "admin")],
)
def test_each_role_may_do_what_those_below_may(signed, method, address, least):
    for role in ROLES:
        browser = signed(role)
        sent = browser.get(address) if method == "GET" else browser.submit(address, sentence="Đức giúp Ukraine")
        assert (sent.status_code == 200) is (ROLES.index(role) >= ROLES.index(least)), role


def test_a_form_that_nobody_gave_a_role_needs_a_reviewer(signed):
    assert signed("reader").submit("/nothing-yet").status_code in (403, 404)


def test_who_loses_a_role_or_the_account_loses_it_at_once(signed, own):
    browser = signed("admin")
    assert browser.get("/audit").status_code == 200
    with Store(own) as store:
        accounts.give_role(store, "admin", "reader", "test")
        browser.app.state.access.forget()
        assert browser.get("/audit").status_code == 403
        accounts.remove(store, "admin", "test")
    browser.app.state.access.forget()
    assert browser.get("/ledger", follow_redirects=False).status_code == 303


def test_a_wrong_password_is_told_as_a_wrong_name_is_and_written_down(team, own):
    wrong = team.submit("/sign-in", "/sign-in", name="admin", password="khác hẳn thế này")
    none = team.submit("/sign-in", "/sign-in", name="nobody", password=PASSWORD)
    assert wrong.status_code == none.status_code == 403
    assert "not right" in wrong.text
    assert wrong.text.replace("admin", "").count("not right") == none.text.count("not right")
    assert seen(own)[:2] == [("failed", "nobody"), ("failed", "admin")]


def test_who_fails_again_and_again_has_to_wait(team):
    codes = [team.submit("/sign-in", "/sign-in", name=f"n{number}", password="x").status_code for number in range(8)]
    assert codes[:5] == [403] * 5
    assert codes[-1] == 429
    right = team.submit("/sign-in", "/sign-in", name="admin", password=PASSWORD)
    assert right.status_code == 429
    assert int(right.headers["retry-after"]) > 0


def test_the_wait_grows_to_a_bound_and_is_forgotten():
    now = [0.0]
    brake, waits = Brake(lambda: now[0]), []
    for _ in range(30):
        wait = brake.begin("lan", "1.2.3.4")
        waits.append(wait)
        now[0] += wait
        if wait:
            assert brake.begin("lan", "1.2.3.4") == 0
    assert waits == sorted(waits)
    assert max(waits) == 900
    assert brake.begin("lan", "5.6.7.8") == 0 or brake.begin("lan", "5.6.7.8") <= 60  # nobody is shut out for long by others
    now[0] += 3601
    assert brake.begin("lan", "1.2.3.4") == 0


def test_who_gets_in_may_fail_anew():
    brake = Brake(lambda: 0.0)
    for _ in range(50):
        assert brake.begin("lan", "1.2.3.4") == 0
        brake.passed("lan", "1.2.3.4")


def test_another_password_ends_all_other_sessions(signed, own):
    here, there = signed("editor"), signed("editor")
    fields = {"old": PASSWORD, "new": "câu khác cũng dài", "again": "câu khác cũng dài"}
    assert here.submit("/account/password", "/account", **{**fields, "old": "không phải"}).status_code == 403
    assert here.submit("/account/password", "/account", **{**fields, "again": "không giống"}).status_code == 422
    assert here.submit("/account/password", "/account", **{**fields, "new": "ngắn", "again": "ngắn"}).status_code == 422
    assert here.submit("/account/password", "/account", **fields).status_code == 303
    assert here.get("/account").status_code == 200
    assert there.get("/account", follow_redirects=False).status_code == 303
    assert ("password", "editor") in seen(own)


def test_a_token_stands_for_its_account_and_needs_no_form(signed, team, own):
    browser = signed("reviewer")
    made = browser.submit("/account/tokens", "/account", label="máy chủ <b>")
    token = made.text.split("<code>")[1].split("</code>")[0]
    assert "&lt;b&gt;" in made.text
    assert made.headers["cache-control"] == "no-store"
    assert token not in browser.get("/account").text
    program = type(team)(team.app, headers={"authorization": f"Bearer {token}"})
    assert program.post("/check", data={"sentence": "Đức giúp Ukraine"}).status_code == 200
    assert program.get("/audit").status_code == 403
    assert program.post("/account/tokens", data={"label": "more"}).status_code == 403
    with closing(type(team)(team.app, headers={"authorization": "Bearer vt_wrong"})) as wrong:
        assert wrong.get("/ledger", follow_redirects=False).status_code == 401
    with Store(own) as store:
        assert token not in str(accounts.tokens(store))
        [mine] = accounts.tokens(store, "reviewer")
    assert browser.submit(f"/account/tokens/{mine.id}/end", "/account").status_code == 303
    assert program.get("/ledger", follow_redirects=False).status_code == 401


def test_nobody_ends_a_token_of_another(signed, own):
    with Store(own) as store:
        accounts.make_token(store, "admin", "x", "test")
        [theirs] = accounts.tokens(store, "admin")
        assert signed("reviewer").submit(f"/account/tokens/{theirs.id}/end", "/account").status_code == 422
        assert len(accounts.tokens(store)) == 1


def test_a_public_server_takes_nothing_from_anybody(serve):
    browser = serve(public=True)
    assert browser.post("/sign-in", data={"name": "x"}).status_code == 403
    assert browser.post("/check", data={"sentence": "Na Uy giao radar"}).status_code == 200
    assert "set-cookie" not in browser.get("/").headers
    assert browser.get("/audit").status_code == 403


def test_names_and_passwords_of_no_account_are_refused(own, kept):
    with Store(own) as store:
        accounts.add(store, User("lan", "reader"), kept, "test")
        for name in ("lan", "", " lan", "x" * 65, "a\nb"):
            with pytest.raises(InputError):
                accounts.add(store, User(name, "reader"), kept, "test")
        for change in (accounts.remove, lambda *given: accounts.give_role(given[0], given[1], "admin", "test")):
            with pytest.raises(InputError, match="no account"):
                change(store, "nobody", "test")
    for password in ("ngắn", "x" * 1001):
        with pytest.raises(InputError, match="characters"):
            passwords.hashed(password)


def test_the_audit_shows_what_happened_as_text(signed, own):
    browser = signed("admin")
    type(browser)(browser.app).submit("/sign-in", "/sign-in", name="<script>x</script>", password="x")
    said = browser.get("/audit").text
    assert "&lt;script&gt;" in said
    assert "failed to sign in" in said
    assert "<script>x" not in said


@pytest.mark.parametrize(("site", "code"), [("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200), (None, 200)])
def test_a_page_of_another_site_sends_no_json(serve, site, code):
    for public in (False, True):
        browser = serve(public=public)
        headers = {"sec-fetch-site": site} if site else {}
        sent = browser.post("/api/v1/check", json={"sentence": "Na Uy giao 8 radar cho Moldova"}, headers=headers)
        assert sent.status_code == code, sent.text
