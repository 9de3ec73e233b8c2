"""`vientro user`: who may sign in to `vientro serve`."""

import getpass
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from vientro.cli import options, output
from vientro.cli.options import AsJson, Db
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.store.accounts import Role

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Who may sign in to `vientro serve`. Passwords are asked for on the terminal, and only their hashes are kept.",
    epilog="Example: vientro user add lan --role reviewer --shown-as 'Reviewer 3'",
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The name to sign in with.")]
GivenRole = Annotated[
    str, typer.Option("--role", metavar="ROLE", help="reader, reviewer (rules), editor (topics too), or admin (the audit too).")
]
_BY = "command line"


@app.command()
def add(
    name: Name,
    *,
    role: GivenRole = "reviewer",
    shown_as: Annotated[
        str | None,
        typer.Option("--shown-as", metavar="NAME", help="The pseudonym that pages and exports show instead.", show_default=False),
    ] = None,
    db: Db = options.DB,
) -> None:
    """Open an account. From then on `vientro serve` asks everybody to sign in."""
    from vientro.serve.passwords import hashed
    from vientro.store import accounts
    from vientro.store.store import Store

    user = accounts.User(name, _role(role), shown_as)
    with Store(db, create=False) as store:
        accounts.add(store, user, hashed(_password()), _BY)
    typer.echo(f"{name} may sign in as {role}")


@app.command("list")
def list_(*, db: Db = options.DB, as_json: AsJson = False) -> None:
    """All accounts, with their roles and pseudonyms."""
    from vientro.store import accounts
    from vientro.store.store import Store

    with Store(db, create=False) as store:
        found = accounts.users(store)
    if as_json:
        output.print_json([{"name": one.name, "role": one.role, "shown_as": one.shown_as} for one in found])
        return
    for one in found:
        typer.echo(f"{one.name:24} {one.role:10} {one.shown_as or ''}".rstrip())
    if not found:
        typer.echo("There are no accounts: `vientro serve` is for this machine alone.")


@app.command()
def remove(name: Name, *, db: Db = options.DB) -> None:
    """Close an account. What it ruled stays."""
    from vientro.store import accounts
    from vientro.store.store import Store

    with Store(db, create=False) as store:
        accounts.remove(store, name, _BY)
    typer.echo(f"{name} may not sign in any more")


@app.command()
def role(
    name: Name, role: Annotated[str, typer.Argument(metavar="ROLE", help="reader, reviewer, editor or admin.")], *, db: Db = options.DB
) -> None:
    """Give an account another role."""
    from vientro.store import accounts
    from vientro.store.store import Store

    with Store(db, create=False) as store:
        accounts.give_role(store, name, _role(role), _BY)
    typer.echo(f"{name} is {role} now")


@app.command()
def password(name: Name, *, db: Db = options.DB) -> None:
    """Give an account another password, which is asked for. Whoever is signed in under the name has to sign in again."""
    from vientro.serve.passwords import hashed
    from vientro.store import accounts
    from vientro.store.store import Store

    with Store(db, create=False) as store:
        accounts.give_password(store, name, hashed(_password()), _BY)
    typer.echo(f"{name} has another password")


@app.command()
def token(
    name: Name,
    *,
    label: Annotated[str, typer.Option("--label", metavar="WORDS", help="What the token is for.")] = "",
    listed: Annotated[bool, typer.Option("--list", help="Show the account's tokens instead.")] = False,
    end: Annotated[str | None, typer.Option("--end", metavar="ID", help="Revoke a token instead.", show_default=False)] = None,
    db: Db = options.DB,
) -> None:
    """Make a token, with which a program may do over HTTP what the account may. It is shown this once, and only its hash is kept."""
    from vientro.store import accounts
    from vientro.store.store import Store

    with Store(db, create=False) as store:
        if listed:
            for one in accounts.tokens(store, name):
                typer.echo(f"{one.id} {one.at} {one.label}")
        elif end:
            accounts.end_token(store, name, end, _BY)
            typer.echo(f"the token {end} lets nobody in any more")
        else:
            typer.echo(accounts.make_token(store, name, label, _BY))


def _role(given: str) -> "Role":
    from vientro.store.accounts import ROLES

    found = next((role for role in ROLES if role == given), None)
    if found is None:
        raise InputError(f"role {given!r}", "there is none of this name", f"Roles: {', '.join(ROLES)}")
    return found


def _password() -> str:
    """Asked twice on a terminal; of what is piped in, the first line."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise InputError("the password", "it was not the same twice", "Try again")
    return first
