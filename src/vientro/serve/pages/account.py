"""Signing in and out, and one's own account: password and tokens."""

from __future__ import annotations

import secrets
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request
from starlette.responses import RedirectResponse, Response

from vientro.model.errors import InputError
from vientro.serve import passwords
from vientro.serve.access import access_of, address_of, allowed, oldest
from vientro.serve.site import site_of
from vientro.store import accounts
from vientro.store.accounts import User

router = APIRouter()
Signed = Annotated[User, Depends(allowed("reader"))]


@router.get("/sign-in")
def sign_in_page(request: Request, then: str = "/") -> Response:
    if request.state.user:
        return RedirectResponse(_inside(then), 303)
    return site_of(request).page(request, "sign-in.html", then=_inside(then), name="", failed=False)


@router.post("/sign-in")
def sign_in(
    request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = "", then: Annotated[str, Form()] = "/"
) -> Response:
    """A new session, in a new cookie; nobody is told whether it was the name or the password that was wrong."""
    site, access, address = site_of(request), access_of(request), address_of(request)
    if not site.settings.team:
        raise HTTPException(404)
    name = name.strip()
    if wait := access.brake.begin(name, address):
        answer = site.page(request, "error.html", 429, status=429, said="")
        answer.headers["Retry-After"] = str(int(wait) + 1)
        return answer
    with site.shelf.store() as store:
        found = accounts.password_of(store, name)
        if not passwords.fits(password, found[1] if found else None) or not found:
            accounts.note(store, "", "failed", name, address)
            return site.page(request, "sign-in.html", 403, then=_inside(then), name=name, failed=True)
        access.brake.passed(name, address)
        request.state.nonce = secrets.token_urlsafe(24)
        accounts.sign_in(store, name, request.state.nonce, address, oldest())
    return RedirectResponse(_inside(then), 303)


@router.post("/sign-out")
def sign_out(request: Request, user: Signed) -> Response:
    site, access = site_of(request), access_of(request)
    with site.shelf.store() as store:
        accounts.sign_out(store, user.name, request.state.nonce, address_of(request))
    access.forget()
    request.state.nonce = secrets.token_urlsafe(24)
    return RedirectResponse("/", 303)


@router.get("/account")
def account(request: Request, user: Signed) -> Response:
    return _account(request, user)


@router.post("/account/password")
def password(
    request: Request,
    user: Signed,
    old: Annotated[str, Form()] = "",
    new: Annotated[str, Form()] = "",
    again: Annotated[str, Form()] = "",
) -> Response:
    """Another password: all sessions end, and this browser begins a new one."""
    access, address = access_of(request), address_of(request)
    _by_hand(request)
    if wait := access.brake.begin(user.name, address):
        raise HTTPException(429, headers={"Retry-After": str(int(wait) + 1)})
    with site_of(request).shelf.store() as store:
        found = accounts.password_of(store, user.name)
        if not found or not passwords.fits(old, found[1]):
            accounts.note(store, user.name, "failed", user.name, address)
            return _account(request, user, code=403, problem="account.old wrong")
        if new != again:
            return _account(request, user, code=422, problem="account.differ")
        try:
            kept = passwords.hashed(new)
        except InputError:
            return _account(request, user, code=422, problem="account.short")
        access.brake.passed(user.name, address)
        accounts.give_password(store, user.name, kept, user.name)
        request.state.nonce = secrets.token_urlsafe(24)
        accounts.sign_in(store, user.name, request.state.nonce, address, oldest())
    access.forget()
    return RedirectResponse("/account", 303)


@router.post("/account/tokens")
def token(request: Request, user: Signed, label: Annotated[str, Form()] = "") -> Response:
    """A new token, shown on this one page."""
    _by_hand(request)
    with site_of(request).shelf.store() as store:
        made = accounts.make_token(store, user.name, label.strip(), user.name)
    return _account(request, user, made=made)


@router.post("/account/tokens/{id_}/end")
def end_token(request: Request, user: Signed, id_: str) -> Response:
    _by_hand(request)
    with site_of(request).shelf.store() as store:
        accounts.end_token(store, user.name, id_, user.name)
    access_of(request).forget()
    return RedirectResponse("/account", 303)


def _account(request: Request, user: User, code: int = 200, *, problem: str = "", made: str = "") -> Response:
    site = site_of(request)
    if not site.settings.team:
        raise HTTPException(404)
    with site.shelf.store() as store:
        mine = accounts.tokens(store, user.name)
    answer = site.page(request, "own-account.html", code, tokens=mine, problem=problem, made=made, least=passwords.LEAST)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _by_hand(request: Request) -> None:
    """An account is its person's to change: what a program was given does not make more of itself."""
    if request.state.by_token or not site_of(request).settings.team:
        raise HTTPException(403)


def _inside(address: str) -> str:
    """An address of this server, and of no other."""
    return address if address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable() else "/"
