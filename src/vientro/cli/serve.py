"""`vientro serve`: the ledger in a browser."""

from typing import Annotated

import typer

from vientro.cli import options
from vientro.cli.options import Db, Names
from vientro.model.errors import InputError

Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Where to listen.")]
Host = Annotated[
    str, typer.Option("--host", metavar="ADDRESS", help="Where to listen; other than loopback only with --public.")
]
Public = Annotated[bool, typer.Option("--public", help="Show only what may be shown to everybody, and let nobody change anything.")]
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(*, db: Db = options.DB, host: Host = "127.0.0.1", port: Port = 8000, public: Public = False, names: Names = None) -> None:
    """Show the ledger in a browser: `vientro serve` and open http://127.0.0.1:8000.

    Local use needs no account. Ctrl-C ends it.
    """
    try:
        import uvicorn

        from vientro.serve.app import create_app
        from vientro.serve.settings import Settings
    except ImportError as error:
        raise InputError("vientro serve", "pages need parts that are not installed", "Install them: pip install 'vientro[web]'") from error
    if host not in _LOOPBACK and not public:
        raise InputError(f"--host {host}", "anybody could change the ledger", "Give --public, or keep to 127.0.0.1")
    app = create_app(Settings(db, public=public, names=names))
    typer.echo(f"http://{host}:{port}", err=True)
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False, access_log=False)
