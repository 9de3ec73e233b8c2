"""Kill a run at random moments: nothing is lost, and the run that is given again ends with the same canonical export.

    bench/kill.py [--kills 50] [--rows 1500] [--seed 1] [--db postgresql://...] [PATH...]

Reads PATH, or made articles. `vientro run` is started and killed (SIGKILL) after a random time, over and over; whenever one comes to its
end, its ledger is compared with that of a run that nobody disturbed, and a new ledger is begun. With --db the ledgers are made in that
database, whose tables are taken down first.
"""
# ruff: noqa: T201, S311, S603  it prints what it found; moments to kill at need no secrets; it runs itself

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

GIVERS = ("Đức", "Pháp", "Na Uy", "Nhật Bản", "Canada", "Ba Lan", "Thụy Điển", "Anh")
TAKERS = ("Ukraine", "Moldova", "Lebanon", "Sudan", "Philippines")
ACTS = ("cam kết viện trợ cho", "đã bàn giao cho", "phê duyệt khoản viện trợ cho", "tạm dừng viện trợ cho")


def articles(path: Path, rows: int, seed: int) -> Path:
    """A file of short made articles."""
    rng = random.Random(seed)
    with path.open("w", encoding="utf-8") as out:
        for number in range(rows):
            giver, act, taker = rng.choice(GIVERS), rng.choice(ACTS), rng.choice(TAKERS)
            day = f"2025-{rng.randint(1, 9):02}-{rng.randint(1, 28):02}"
            gift = f"{giver} {act} {taker} {rng.randint(1, 90)} triệu euro"
            text = f"Ngày {int(day[8:])}/{int(day[5:7])}, {gift}, Bộ Quốc phòng {giver} thông báo."
            row = {"id": str(number), "source": f"Báo {rng.randint(1, 9)}", "published": day, "title": f"Tin số {number}", "text": text}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def started(paths: list[str], db: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", "from vientro.cli.main import app; app()", "run", *paths, "--db", db]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def exported(db: str) -> list[str]:
    """The canonical export of a ledger that is whole."""
    from vientro.pipeline import open_ledger  # noqa: PLC0415  heavy, and the killed processes load it themselves
    from vientro.publish import canonical  # noqa: PLC0415

    return list(canonical.lines(open_ledger(db)))


def emptied(db: str) -> None:
    """Take a ledger away."""
    if "://" in db:
        from vientro.store.engine import Database  # noqa: PLC0415

        database = Database(db)
        with database.alone() as connection:
            connection.exec_driver_sql("DROP SCHEMA public CASCADE")
            connection.exec_driver_sql("CREATE SCHEMA public")
        database.close()
    else:
        for end in ("", "-wal", "-shm"):
            Path(f"{db}{end}").unlink(missing_ok=True)


def finished(process: subprocess.Popen[bytes]) -> None:
    _, said = process.communicate()
    assert process.returncode == 0, said.decode()


def kill(paths: list[str], db: str, kills: int, seed: int) -> tuple[int, int, list[float]]:
    """Kill runs so many times: how many came to their end, how many of these differ from the straight run, and the moments of the kills,
    as shares of the time that the straight run took."""
    rng, moments, ends, different = random.Random(seed), list[float](), 0, 0
    emptied(db)
    began = time.monotonic()
    finished(started(paths, db))
    whole = time.monotonic() - began
    straight = exported(db)
    emptied(db)
    while True:
        last = len(moments) >= kills
        process = started(paths, db)
        moment = rng.uniform(0.2, 1.0) * whole
        try:
            process.wait(None if last else moment)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            moments.append(moment / whole)
            continue
        finished(process)
        ends += 1
        different += exported(db) != straight
        emptied(db)
        if last:
            return ends, different, moments


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--rows", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--db")
    parser.add_argument("paths", nargs="*", metavar="PATH")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        paths = given.paths or [str(articles(Path(home) / "made.jsonl", given.rows, given.seed))]
        ends, different, moments = kill(paths, given.db or f"{home}/x.db", given.kills, given.seed)
    print(
        f"{len(moments)} kills, from {min(moments):.0%} to {max(moments):.0%} of a run; {ends} runs came to their end, {different} differ"
    )
    sys.exit(different != 0)


if __name__ == "__main__":
    main()
