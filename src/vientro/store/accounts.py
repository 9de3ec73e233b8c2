"""Accounts of a team: users and their roles, sessions of browsers, tokens of programs, and a trail of what happened to them.

Of passwords, sessions and tokens only hashes are kept. What people ruled is no part of this: decisions name their reviewer themselves.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast, get_args

from sqlalchemy import delete, insert, select, update

from vientro.model.errors import InputError
from vientro.store import schema
from vientro.store.engine import upsert
from vientro.store.facts import now, number_after

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from vientro.store.store import Store

Role = Literal["reader", "reviewer", "editor", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)  # each may do what those before it may
_SECRET = "secret"  # noqa: S105  the name of a fact in `meta`
_TOKEN = "vt_"  # noqa: S105  what tokens begin with, so that they are known for what they are where they lie about
_LONGEST = 64
_user, _session, _token, _event = schema.users.c, schema.sessions.c, schema.tokens.c, schema.events.c


@dataclass(frozen=True, slots=True)
class User:
    """Who is signed in; pages show `shown_as` where there is one."""

    name: str
    role: Role
    shown_as: str | None = None

    def may(self, role: Role) -> bool:
        """Whether this one has the role, or a higher one."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class Event:
    """What happened: `what` is "sign in", "sign out", "failed", "add", "remove", "role", "password", "token" or "no token"; `at` is
    ISO 8601, UTC; `by` did it to the account `about`."""

    at: str
    by: str
    what: str
    about: str
    address: str


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it: the beginning of its hash is its name."""

    id: str
    user: str
    label: str
    at: str


def secret(store: Store) -> str:
    """What signs the cookies of this ledger's server; made when it is first asked for."""
    wanted = select(schema.meta.c.value).where(schema.meta.c.name == _SECRET)
    with store.database.reading() as connection:
        found = connection.execute(wanted).scalar_one_or_none()
    if found:
        return str(found)
    with store.database.writing() as connection:
        adding = upsert(connection, schema.meta).values(name=_SECRET, value=secrets.token_urlsafe(32))
        connection.execute(adding.on_conflict_do_nothing())
        return str(connection.execute(wanted).scalar_one())


def users(store: Store) -> list[User]:
    """All accounts by name."""
    with store.database.reading() as connection:
        rows = connection.execute(select(schema.users).order_by(_user.name)).all()
    return [User(row.name, cast("Role", row.role), row.shown_as) for row in rows]


def password_of(store: Store, name: str) -> tuple[User, str] | None:
    """An account and the hash of its password; None where there is none of the name."""
    with store.database.reading() as connection:
        row = connection.execute(select(schema.users).where(_user.name == name)).first()
    return (User(row.name, cast("Role", row.role), row.shown_as), row.password) if row else None


def add(store: Store, user: User, password: str, by: str) -> None:
    """A new account; `password` is a hash. Raises InputError where there is one of the name, or where the name is none."""
    if not user.name or len(user.name) > _LONGEST or user.name != user.name.strip() or not user.name.isprintable():
        raise InputError(repr(user.name), "this can't be the name of an account", f"Give 1 to {_LONGEST} letters")
    with store.database.writing() as connection:
        if connection.execute(select(_user.name).where(_user.name == user.name)).first():
            raise InputError(user.name, "there is an account of this name", "Give another, or its role with `vientro user role`")
        row = {"name": user.name, "role": user.role, "shown_as": user.shown_as, "password": password, "at": now()}
        connection.execute(insert(schema.users), [row])
        _note(connection, by, "add", user.name)


def remove(store: Store, name: str, by: str) -> None:
    """Take an account away, with its sessions and tokens; what it ruled stays. Raises InputError for an unknown one."""
    with store.database.writing() as connection:
        _known(connection, name)
        for column in (_session.user, _token.user, _user.name):
            connection.execute(delete(column.table).where(column == name))
        _note(connection, by, "remove", name)


def give_role(store: Store, name: str, role: Role, by: str) -> None:
    """Another role, from the next request on. Raises InputError for an unknown account."""
    with store.database.writing() as connection:
        _known(connection, name)
        connection.execute(update(schema.users).where(_user.name == name).values(role=role))
        _note(connection, by, f"role {role}", name)


def give_password(store: Store, name: str, password: str, by: str) -> None:
    """Another password (a hash): whoever is signed in under the name has to sign in again. Raises InputError for an unknown account."""
    with store.database.writing() as connection:
        _known(connection, name)
        connection.execute(update(schema.users).where(_user.name == name).values(password=password))
        connection.execute(delete(schema.sessions).where(_session.user == name))
        _note(connection, by, "password", name)


def sign_in(store: Store, name: str, nonce: str, address: str, oldest: str) -> None:
    """Begin a session, under a word that only the browser's cookie holds; those begun before `oldest` (ISO 8601, UTC) are forgotten."""
    with store.database.writing() as connection:
        connection.execute(delete(schema.sessions).where(_session.at < oldest))
        connection.execute(insert(schema.sessions), [{"id": _hash(nonce), "user": name, "at": now()}])
        _note(connection, name, "sign in", name, address)


def sign_out(store: Store, name: str, nonce: str, address: str) -> None:
    with store.database.writing() as connection:
        connection.execute(delete(schema.sessions).where(_session.id == _hash(nonce)))
        _note(connection, name, "sign out", name, address)


def signed_in(store: Store, nonce: str, oldest: str) -> User | None:
    """Who began a session that has not ended, since a moment."""
    joined = select(schema.users).join(schema.sessions, _session.user == _user.name)
    with store.database.reading() as connection:
        row = connection.execute(joined.where(_session.id == _hash(nonce), _session.at >= oldest)).first()
    return User(row.name, cast("Role", row.role), row.shown_as) if row else None


def make_token(store: Store, name: str, label: str, by: str) -> str:
    """A new token, which is told this once. Raises InputError for an unknown account."""
    made = _TOKEN + secrets.token_urlsafe(32)
    with store.database.writing() as connection:
        _known(connection, name)
        connection.execute(insert(schema.tokens), [{"id": _hash(made), "user": name, "label": label[:_LONGEST], "at": now()}])
        _note(connection, by, "token", name)
    return made


def tokens(store: Store, name: str | None = None) -> list[Token]:
    """The tokens of an account, or of all."""
    wanted = select(schema.tokens).order_by(_token.user, _token.at, _token.id)
    with store.database.reading() as connection:
        rows = connection.execute(wanted.where(_token.user == name) if name else wanted).all()
    return [Token(row.id[:12], row.user, row.label, row.at) for row in rows]


def end_token(store: Store, name: str, id_: str, by: str) -> None:
    """A token lets nobody in any more. Raises InputError where the account has none of the name."""
    with store.database.writing() as connection:
        mine = connection.execute(select(_token.id).where(_token.user == name)).scalars()
        ended = [one for one in mine if one[:12] == id_]
        if not ended:
            raise InputError(id_, f"{name} has no such token", "`vientro user token NAME --list` shows them")
        connection.execute(delete(schema.tokens).where(_token.id.in_(ended)))
        _note(connection, by, "no token", name)


def holder(store: Store, token: str) -> User | None:
    """Whose token it is."""
    joined = select(schema.users).join(schema.tokens, _token.user == _user.name)
    with store.database.reading() as connection:
        row = connection.execute(joined.where(_token.id == _hash(token))).first()
    return User(row.name, cast("Role", row.role), row.shown_as) if row else None


def note(store: Store, by: str, what: str, about: str, address: str = "") -> None:
    """Write down what happened."""
    with store.database.writing() as connection:
        _note(connection, by, what, about, address)


def events(store: Store, last: int) -> list[Event]:
    """What happened last, the latest first."""
    columns = (_event.at, _event.by, _event.what, _event.about, _event.address)
    with store.database.reading() as connection:
        return [Event(*row) for row in connection.execute(select(*columns).order_by(_event.number.desc()).limit(last))]


def _note(connection: Connection, by: str, what: str, about: str, address: str = "") -> None:
    row = {"number": number_after(connection, schema.events), "at": now(), "by": by, "what": what, "about": about[:_LONGEST]}
    connection.execute(insert(schema.events), [row | {"address": address}])


def _known(connection: Connection, name: str) -> None:
    if not connection.execute(select(_user.name).where(_user.name == name)).first():
        raise InputError(name, "there is no account of this name", "`vientro user list` shows them")


def _hash(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()
