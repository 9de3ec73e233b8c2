"""Reviewers at once on one PostgreSQL ledger: they sign in, answer, take some back, read between; no decision may be lost.

    pip install locust
    bench/reviewers.py postgresql://... [--reviewers 20] [--minutes 5] [--claims 3000]

Fills the empty database from examples/ by the real pipeline and with made claims (bench/pages_speed.py), so that there is enough to ask,
makes the accounts, starts `vientro serve`, and drives it with locust, one user a person. At the end the decisions that the server said it
had written are looked for in the ledger, each by its id: exits with 1 if one is not there.
"""
# ruff: noqa: S105, T201, S311, S603, S607  it prints what it measured; it runs itself; passwords of made accounts are no secrets

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import sleep
from urllib.parse import parse_qs, urlsplit

ROOT = Path(__file__).parents[1]
PASSWORD = "a long word for every reviewer"
_HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
_ANSWERS = re.compile(r'<form class="answers".*?</form>', re.DOTALL)
_PROBLEM = re.compile(r'<p class="problem"[^>]*>(.*?)</p>', re.DOTALL)
_CHOICE = re.compile(r'name="choice" value="(\w)"')

if "BENCH_TOLD" in os.environ:  # what locust loads
    from itertools import count

    from locust import HttpUser, constant_pacing, task

    _numbers = count()

    class Reviewer(HttpUser):
        """Somebody who answers a question every few seconds, as people who use keys do."""

        wait_time = constant_pacing(2)

        def on_start(self) -> None:
            self.name = f"r{next(_numbers)}"
            while True:  # all come from one address, which may try a few passwords at once and no more
                page = self.client.get("/sign-in").text
                fields = {**dict(_HIDDEN.findall(page)), "name": self.name, "password": PASSWORD, "then": "/review"}
                with self.client.post("/sign-in", fields, catch_response=True) as answer:
                    answer.success()
                if answer.status_code != 429:
                    return
                sleep(int(answer.headers["retry-after"]))

        @task(8)
        def answer(self) -> None:
            form = _ANSWERS.search(self.client.get("/review", name="/review").text)
            if not form:
                self.client.get("/ledger", name="/ledger")
                return
            choices = [one for one in _CHOICE.findall(form[0]) if one != "f"]
            choice = "a" if "a" in choices and random.random() < 0.75 else random.choice(choices)
            self._post("/review", {**dict(_HIDDEN.findall(form[0])), "choice": choice})

        @task(1)
        def undo(self) -> None:
            page = self.client.get(getattr(self, "last", "/review"), name="/review?was").text
            if found := re.search(r'<form class="undo".*?</form>', page, re.DOTALL):
                self._post("/review/undo", dict(_HIDDEN.findall(found[0])))

        @task(1)
        def read(self) -> None:
            self.client.get(random.choice(("/", "/ledger", "/ledger?donor=NO", "/charts", "/overdue")), name="reading")

        def _post(self, address: str, fields: dict[str, str]) -> None:
            """Send a form, and note the decision that the server says it wrote."""
            with self.client.post(address, fields, name=f"POST {address}", allow_redirects=False, catch_response=True) as answer:
                if answer.status_code != 303:
                    said = _PROBLEM.search(answer.text)
                    answer.failure(f"{answer.status_code}: {said[1] if said else fields['choice']}")
                    return
                answer.success()
            self.last = answer.headers["location"]
            asked = parse_qs(urlsplit(self.last).query)
            with Path(os.environ["BENCH_TOLD"]).open("a") as told:
                told.write(f"{(asked.get('was') or [''])[0]} {self.name}\n")


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    from link_growth import stream  # noqa: PLC0415  locust loads this file too, and needs none of it
    from pages_speed import dressed  # noqa: PLC0415

    from vientro import pipeline  # noqa: PLC0415
    from vientro.collect.files import sources  # noqa: PLC0415
    from vientro.serve.passwords import hashed  # noqa: PLC0415
    from vientro.store import accounts  # noqa: PLC0415
    from vientro.store.store import Store  # noqa: PLC0415

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("db", help="an empty database")
    parser.add_argument("--reviewers", type=int, default=20)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--claims", type=int, default=3000, help="made claims beside those of the examples")
    parser.add_argument("--port", type=int, default=8170)
    parser.add_argument("--locust", default="locust", help="the program")
    given = parser.parse_args()
    with Store(given.db) as store:
        stages = pipeline.shipped()
        made = [(article, [dressed(replace(claim, date=article.published))]) for article, claim in stream(given.claims)]
        store.add(made, stages.reader)
        pipeline.run(sources([str(ROOT / "examples")]), store, stages, least=None, tell=lambda *_: None)
        kept = hashed(PASSWORD)
        for number in range(given.reviewers):
            accounts.add(store, accounts.User(f"r{number}", "reviewer", None), kept, "bench")
    told = Path(tempfile.mkstemp()[1])
    serve = [sys.executable, "-c", "from vientro.cli.main import app; app()", "serve", "--db", given.db, "--port", str(given.port)]
    drive = [given.locust, "-f", __file__, "--headless", "--only-summary", "-u", str(given.reviewers), "-r", "2", "-t"]
    site = f"http://127.0.0.1:{given.port}"
    with subprocess.Popen(serve) as server:
        try:
            subprocess.run(
                ["curl", "-s", "-o", "/dev/null", "--retry", "60", "--retry-connrefused", f"http://127.0.0.1:{given.port}/"], check=True
            )
            environment = {**os.environ, "BENCH_TOLD": str(told)}
            driven = subprocess.run([*drive, f"{int(given.minutes * 60)}s", "-H", site], env=environment, check=False)
        finally:
            server.terminate()
    lines = [line.split(" ") for line in told.read_text().splitlines()]
    said = {one for one, _ in lines if one and one not in ("gone", "twice")}
    with Store(given.db, create=False) as store:
        written = {one.id: one for one in store.decisions()}
    lost = said - set(written)
    undone = sum(one.kind == "undo" for one in written.values())
    print(f"{len(lines)} answers; {len(said)} decisions told of, {len(written)} written ({undone} take one back), {len(lost)} lost")
    sys.exit(bool(lost) or driven.returncode > 1)


if __name__ == "__main__":
    main()
