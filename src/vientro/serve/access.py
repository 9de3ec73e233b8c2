"""Who sends a request, and whether it may do what it asks for.

On one's own machine there are no accounts: whoever sits there is the one reviewer. A team signs in; programs bring a token. A public
server changes nothing for anybody.
"""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import cast
from urllib.parse import urlencode

from fastapi import HTTPException, Request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from vientro.serve.brake import Brake
from vientro.serve.problems import refusal
from vientro.serve.site import Site, site_of
from vientro.store import accounts
from vientro.store.accounts import Role, User

COOKIE = "vientro"
LASTS = 12 * 3600  # seconds from signing in to having to sign in again
SAFE = ("GET", "HEAD", "OPTIONS")
_OPEN = ("/sign-in", "/static/", "/favicon.ico", "/health")  # what a team shows to those who are not signed in
EVERYBODY = ("/check", "/line", "/report", "/api/v1/check", "/api/v1/line", "/api/v1/reports")  # what is sent to a public server, too
_READERS_TOO = (*EVERYBODY, "/sign-in", "/sign-out", "/account")  # what is sent without changing the ledger
_ELSEWHERE = ("cross-site", "same-site")  # what a browser says of pages that are not ours; another port is the same site
_REMEMBERED = 5.0  # seconds for which who is signed in is not asked of the ledger again
_MOST = 10_000


class Access:
    """The keys of one server."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.brake = Brake()
        self._secret = site.settings.secret or secrets.token_urlsafe(32)
        if not (site.settings.secret or site.settings.public):
            with site.shelf.store() as store:
                self._secret = accounts.secret(store)
        self._signer = URLSafeTimedSerializer(self._secret, salt="session")
        self._known: dict[str, tuple[float, User | None]] = {}

    def cookie(self, nonce: str) -> str:
        return self._signer.dumps(nonce)

    def nonce(self, cookie: str | None) -> str | None:
        """What the cookie of a browser holds; None where we did not make it, or too long ago."""
        try:
            return str(self._signer.loads(cookie, max_age=LASTS)) if cookie else None
        except BadSignature:
            return None

    def csrf(self, nonce: str) -> str:
        """What the forms of this browser carry, and no other site can know."""
        return hmac.new(self._secret.encode(), f"form {nonce}".encode(), "sha256").hexdigest()

    def user(self, nonce: str) -> User | None:
        """Who uses a browser."""
        settings = self.site.settings
        if not settings.team:
            return User(settings.reviewer or "local", "admin", settings.shown_as)
        return self._asked(nonce, lambda: self._signed_in(nonce))

    def holder(self, token: str) -> User | None:
        return self._asked(token, lambda: self._holder(token))

    def forget(self) -> None:
        """Who is signed in, and as what, is asked of the ledger again."""
        self._known.clear()

    def _asked(self, word: str, ask: Callable[[], User | None]) -> User | None:
        now = time.monotonic()
        until, user = self._known.get(word, (0.0, None))
        if now < until:
            return user
        if len(self._known) >= _MOST:
            self._known.clear()
        user = ask()
        self._known[word] = (now + _REMEMBERED, user)
        return user

    def _signed_in(self, nonce: str) -> User | None:
        with self.site.shelf.store() as store:
            return accounts.signed_in(store, nonce, oldest())

    def _holder(self, token: str) -> User | None:
        with self.site.shelf.store() as store:
            return accounts.holder(store, token)


def oldest() -> str:
    """The moment before which no session that still lasts was begun."""
    return (datetime.now(UTC) - timedelta(seconds=LASTS)).isoformat(timespec="seconds")


def access_of(request: Request) -> Access:
    return cast("Access", request.app.state.access)


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


async def know(request: Request, go_on: Callable[[Request], Awaitable[Response]]) -> Response:
    """Find out who it is before anything else; a browser without a cookie of ours gets one."""
    site, access, state = site_of(request), access_of(request), request.state
    state.user, state.csrf, state.nonce, state.by_token = None, "", None, False
    if site.settings.hosts and _host(request) not in site.settings.hosts:
        # A page of elsewhere whose name leads to this machine must not read what is here (DNS rebinding).
        return PlainTextResponse("This server does not go by this name.", 421)
    if site.settings.public or request.url.path.startswith("/static/"):
        refused = request.method not in SAFE and request.url.path not in EVERYBODY
        return refusal(request, 403, "This server changes nothing.") if refused else await go_on(request)
    nonce = access.nonce(request.cookies.get(COOKIE))
    state.nonce = nonce or secrets.token_urlsafe(24)
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and site.settings.team:
        state.by_token = True
        state.user = await run_in_threadpool(access.holder, token)
    else:
        state.csrf = access.csrf(state.nonce)
        state.user = await run_in_threadpool(access.user, state.nonce)
    if state.user is None and not request.url.path.startswith(_OPEN):
        return _sign_in_first(request)
    answer = await go_on(request)
    if state.nonce != nonce and not state.by_token:
        answer.set_cookie(
            COOKIE, access.cookie(state.nonce), max_age=LASTS, httponly=True, samesite="lax", secure=request.url.scheme == "https"
        )
    return answer


def _host(request: Request) -> str:
    """The host asked for, without its port."""
    asked = request.headers.get("host", "").lower()
    return asked.partition("]")[0] + "]" if asked.startswith("[") else asked.partition(":")[0]


def _sign_in_first(request: Request) -> Response:
    if request.method in SAFE and not request.url.path.startswith("/api/") and not request.state.by_token:
        then = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/sign-in?{urlencode({'then': then})}", 303)
    return refusal(request, 401, "Sign in first, or send a token.", {"WWW-Authenticate": "Bearer"})


async def guard(request: Request) -> None:
    """Nothing is changed but by a form of our own pages, or with a token; raises HTTPException. A dependency of all pages."""
    if request.method in SAFE:
        return
    if not request.state.by_token and request.headers.get("sec-fetch-site") in _ELSEWHERE:
        raise HTTPException(403, "This was sent by a page of another site.")
    if not (request.state.by_token or _as_json(request)):
        given = request.headers.get("x-csrf-token")
        if given is None and request.headers.get("content-type", "").startswith(
            ("application/x-www-form-urlencoded", "multipart/form-data")
        ):
            given = str((await request.form()).get("csrf") or "")
        if not hmac.compare_digest((given or "").encode(), request.state.csrf.encode()):
            raise HTTPException(403, "This form is too old, or not from here. Load the page again.")
    if not request.url.path.startswith(_READERS_TOO):
        allowed("reviewer")(request)


def _as_json(request: Request) -> bool:
    """Whether a program asks, or a page of ours: those of elsewhere can't send JSON before they are allowed to, which they never are."""
    return request.url.path.startswith("/api/") and request.headers.get("content-type", "").partition(";")[0].strip() == "application/json"


def allowed(role: Role) -> Callable[[Request], User]:
    """A dependency that lets through who has a role or a higher one."""

    def check(request: Request) -> User:
        user = cast("User | None", request.state.user)
        if user is None or not user.may(role):
            raise HTTPException(403, f"This needs the role {role}.")
        return user

    return check
