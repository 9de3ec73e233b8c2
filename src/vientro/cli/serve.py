"""`vientro serve`: the ledger in a browser."""

from threading import Thread
from typing import Annotated

import typer

from vientro.cli import options
from vientro.cli.decide import By, ShownAs
from vientro.cli.line import HouseFile
from vientro.cli.options import Db, Names
from vientro.model.errors import InputError

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Where to listen.")]
Host = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; other than loopback only with accounts or --public.")
]
Public = Annotated[bool, typer.Option("--public", help="Show only what may be shown to everybody, and let nobody change anything.")]
Team = Annotated[
    bool,
    typer.Option("--team", help="Ask everybody to sign in (`vientro user add`). Always so where there are accounts, but for --public."),
]
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(
    *,
    db: Db = options.DB,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    public: Public = False,
    team: Team = False,
    by: By = "",
    shown_as: ShownAs = None,
    names: Names = None,
    house: HouseFile = None,
) -> None:
    """Show the ledger in a browser: `vientro serve` and open http://127.0.0.1:8000.

    Local use needs no account: what is ruled is ruled by --by. Ctrl-C ends it.
    """
    try:
        import uvicorn

        from vientro.publish.house import of_file
        from vientro.serve.app import create_app
        from vientro.serve.settings import Settings
        from vientro.serve.warming import open_up
        from vientro.store import accounts
        from vientro.store.store import Store
    except ImportError as error:
        raise InputError("vientro serve", "pages need parts that are not installed", "Install them: pip install 'vientro[web]'") from error
    of_file(house)  # what is wrong in it is told now, and not on every page
    with Store(db, create=False) as store:
        known = bool(accounts.users(store))
    if team and not known:
        raise InputError("--team", "there are no accounts", "Make one: `vientro user add NAME --role admin`")
    team = known and not public
    if host not in _LOOPBACK and not (public or team):
        raise InputError(
            f"--host {host}", "anybody could change the ledger", "`vientro user add` accounts, give --public, or keep to 127.0.0.1"
        )
    hosts = () if public or team else (host, "localhost", "127.0.0.1", "[::1]")
    app = create_app(Settings(db, public=public, team=team, reviewer=by.strip(), shown_as=shown_as, hosts=hosts, names=names, house=house))
    typer.echo(f"http://{host}:{port}", err=True)
    # Whoever asks first need not wait for the lexicons, and for less of the ledger.
    Thread(target=open_up, args=(app.state.site, lambda said: typer.echo(said, err=True)), daemon=True).start()
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)
