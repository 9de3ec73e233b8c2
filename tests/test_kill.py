"""A run that is killed loses nothing, and ends as one that nobody disturbed. bench/kill.py does it fifty times."""

from __future__ import annotations

import importlib.util
from pathlib import Path

BENCH = Path(__file__).parent.parent / "bench" / "kill.py"


def test_a_run_that_is_killed_ends_as_one_that_was_not(tmp_path):
    spec = importlib.util.spec_from_file_location("kill", BENCH)
    assert spec
    assert spec.loader
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    made = bench.articles(tmp_path / "made.jsonl", 40, 1)
    ends, different, moments = bench.kill([str(made)], str(tmp_path / "x.db"), 1, 1)
    assert (len(moments), different) == (1, 0)
    assert ends >= 1
