"""The command line: its commands, and how errors are told."""

import os
import sys
from importlib.metadata import version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from vientro.cli import (
    add,
    article,
    check,
    contracts,
    count,
    deal,
    decide,
    diff,
    evaluate,
    explain,
    export,
    importing,
    ledger,
    line,
    overdue,
    release,
    review,
    run,
    search,
    serve,
    sources,
    topic,
    upkeep,
    user,
    watch,
)
from vientro.model.errors import InputError, VientroError
from vientro.publish.safe import printable

_INTERRUPTED = 130


class Plain(TyperGroup):
    """Errors that a user can mend are told in one line, without a traceback: exit code 2 for what was given, 1 for the rest."""

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # Whoever read the output has seen enough (`vientro export | head`); nothing more can be written, not even at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(1) from None
        except VientroError as error:
            _tell(str(error), 2 if isinstance(error, InputError) else 1, error)
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            _tell(f"{where}{error.strerror or error}", 1, error)
        except KeyboardInterrupt as error:
            _tell("stopped. What was read is kept; run the same command again to go on", _INTERRUPTED, error)


def _tell(message: str, code: int, error: BaseException) -> None:
    typer.echo(f"vientro: {printable(message)}", err=True)
    raise typer.Exit(code) from error


app = typer.Typer(
    cls=Plain,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Reads news, Vietnamese first, and keeps a sourced ledger of support between international actors.",
    epilog="`vientro run PATH` is the place to begin: a file or a folder of articles in, the ledger out.",
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"vientro {version('vientro')}")
        raise typer.Exit


@app.callback()
def main(
    *,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")] = False,  # noqa: ARG001
) -> None:
    # Articles are in Vietnamese whatever the machine's locale is; what a terminal can't show must not end a run.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


app.command("run")(run.run)
app.command("add")(add.add)
app.command("watch")(watch.watch)
app.command("sources")(sources.sources)
app.command("article")(article.article)
app.command("read")(contracts.read)
app.command("link")(contracts.link)
app.command("explain")(explain.explain)
app.command("ledger")(ledger.ledger)
app.command("deal")(deal.deal)
app.command("check")(check.check)
app.command("line")(line.line)
app.add_typer(topic.app, name="topic")
app.command("overdue")(overdue.overdue)
app.command("count")(count.count)
app.command("serve")(serve.serve)
app.command("export")(export.export)
app.command("import")(importing.import_)
app.command("compare")(importing.compare)
app.command("review")(review.review)
app.command("diff")(diff.diff)
app.command("release")(release.release)
app.add_typer(decide.app, name="decide")
app.command("search")(search.search)
app.command("backup")(upkeep.backup)
app.command("restore")(upkeep.restore)
app.command("rebuild")(upkeep.rebuild)
app.command("check-store")(upkeep.check_store)
app.command("redact")(upkeep.redact)
app.add_typer(user.app, name="user")
app.add_typer(evaluate.app, name="eval")
