"""Pages that show commands with what they print. Every command of a block of `console` is run, in a folder of the page's own:

    vientro ...               the program, in this process
    vientro serve ...         its pages, which `curl` asks from then on
    python3 -m http.server N  a server of the repository's files, which stands in for an outlet
    curl ADDRESS [-o FILE]    a page of either
    export, mkdir, createdb   for what follows them

`| head -n N` keeps the first lines, `| grep WORD` those that have a word. A block with a title is a file of that name.
`python tests/shown.py` writes the pages anew, to be read first.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import tempfile
from contextlib import ExitStack
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import trafilatura  # noqa: F401  loaded here, where its warning of a part that it can do without is no error yet
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from vientro.cli.main import app
from vientro.collect import network
from vientro.serve.app import create_app
from vientro.serve.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
CHART = DOCS / "img" / "tutorial-chart.svg"  # what the last command of the tutorial gives
SERVER = "postgresql://me@server/ledger"
PAGES = (DOCS / "tutorial.md", *sorted((DOCS / "how-to").glob("*.md")))
_BLOCK = re.compile(r"^```(?:console|\w+ title=\"([^\"]+)\")\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PIPE = re.compile(r" \| (?:head -n (\d+)|grep (\S+))$")
# What is another one in every run: ids of decisions, and moments at which something was fetched or made.
_PASSING = (
    (re.compile(r"\br-[0-9a-f]{16}\b"), "r-..."),
    (re.compile(r"\b20(?:2[6-9]|[3-9]\d)-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:\+00:00|Z)?"), "..."),
)


class Terminal:
    """Runs commands in a folder. `places` are addresses that a page names, with those that stand for them here."""

    def __init__(self, folder: Path, places: Mapping[str, str] | None = None) -> None:
        self.places = dict(places or {})
        self._folder = folder
        self._open = ExitStack()
        self._client: TestClient | None = None
        for name in ("examples", "docs"):
            (folder / name).symlink_to(ROOT / name)

    def __enter__(self) -> Terminal:
        before, environment = Path.cwd(), dict(os.environ)
        os.chdir(self._folder)
        self._open.callback(os.chdir, before)
        self._open.callback(_restore, environment)
        for name in [name for name in os.environ if name.startswith("VIENTRO_")]:
            del os.environ[name]
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def run(self, line: str) -> str:
        """What a command prints, as a page shows it. Raises AssertionError where it fails."""
        first, having = piped.groups() if (piped := _PIPE.search(line)) else (None, "")
        said = self._said(shlex.split(_PIPE.sub("", line)), line)
        for named, real in self.places.items():
            said = said.replace(real, named)
        for pattern, shown in _PASSING:
            said = pattern.sub(shown, said)
        lines = re.sub(r"\n{2,}", "\n", "\n".join(one.rstrip() for one in said.splitlines())).strip("\n").splitlines()
        return "\n".join([one for one in lines if (having or "") in one][: int(first) if first else None])

    def real(self, words: str) -> str:
        """Words of a page with the addresses that stand for its own."""
        for named, real in self.places.items():
            words = words.replace(named, real)
        return words

    def _said(self, words: list[str], line: str) -> str:
        match [self.real(word) for word in words]:
            case ["vientro", "serve", *options]:
                return self._serve(options)
            case ["vientro", *arguments]:
                done = CliRunner().invoke(app, arguments)
                assert done.exit_code == 0, (line, done.output, done.exception)
                return done.output
            case ["python3", "-m", "http.server", port]:
                return self._files(port)
            case ["curl", "-s", address, *rest]:
                return self._curl(address, rest)
            case ["export", setting]:
                name, _, value = setting.partition("=")
                os.environ[name] = value
            case ["mkdir", name]:
                Path(name).mkdir()
            case ["createdb", "-E", "UTF8", _]:
                assert self.places, "its database is made with the place that stands for it"
            case _:
                raise AssertionError(f"a page shows what can't be run: {line}")
        return ""

    def _serve(self, options: list[str]) -> str:
        for name in [name for name in options if name.startswith("--")]:
            assert name in {"--db", "--public", "--team", "--port", "--host"}, name
        ledger = options[options.index("--db") + 1] if "--db" in options else "vientro.db"
        made = create_app(Settings(ledger, public="--public" in options, reviewer=os.environ.get("VIENTRO_REVIEWER", "")))
        self._client = self._open.enter_context(TestClient(made, "http://127.0.0.1:8000"))
        return ""

    def _files(self, port: str) -> str:
        """Another port is dialled than is named, so that two tests may run at once; the ids of articles follow from their addresses."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Outlet, directory=str(ROOT)))
        places = {int(port): server.server_port}
        dialled = partial(network.Network, dial=lambda number, port: (number, places.get(port, port)))
        self._open.enter_context(patch.object(network, "Network", dialled))
        self._open.callback(server.server_close)
        self._open.callback(server.shutdown)
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        return ""

    def _curl(self, address: str, rest: list[str]) -> str:
        assert self._client, "no server was started"
        answer = self._client.get(address.removeprefix("http://127.0.0.1:8000"), headers={"Accept": "*/*"})
        assert answer.status_code == 200, (address, answer.text)
        if rest:
            Path(rest[rest.index("-o") + 1]).write_bytes(answer.content)
            return ""
        return answer.text


class _Outlet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


def _restore(environment: Mapping[str, str]) -> None:
    os.environ.clear()
    os.environ.update(environment)


def filled(page: str, terminal: Terminal) -> str:
    """A page with what each of its commands prints."""

    def block(found: re.Match[str]) -> str:
        name, content = found.groups()
        if name:
            (Path.cwd() / name).write_text(content, "utf-8")
            return found[0]
        told = []
        for line in content.splitlines():
            if line.startswith("$ "):
                told += [line, *filter(None, [terminal.run(line.removeprefix("$ "))])]
        return "```console\n" + "\n".join(told) + "\n```"

    return _BLOCK.sub(block, page)


def ledger_of_the_examples(folder: Path) -> Path:
    """The ledger that how-tos begin with."""
    made = folder / "vientro.db"
    done = CliRunner().invoke(app, ["run", str(ROOT / "examples"), "--db", str(made), "--json"])
    assert done.exit_code == 0, done.output
    return made


def _rewrite() -> None:
    with tempfile.TemporaryDirectory() as home:
        made = ledger_of_the_examples(Path(home))
        for page in PAGES:
            folder = Path(home) / page.stem
            folder.mkdir()
            if page.stem != "tutorial":
                shutil.copy(made, folder)
            with Terminal(folder, {SERVER: str(folder / "server.db")}) as terminal:  # a file says the same as a server
                page.write_text(filled(page.read_text("utf-8"), terminal), "utf-8")
            if page.stem == "tutorial":
                shutil.copy(folder / "chart.svg", CHART)


if __name__ == "__main__":
    _rewrite()
