"""The three documents the project was started from: the acts that a reader must find in them, each once, with the year worked out.

The texts belong to their outlets and are not in the repository: the test is skipped without them.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from vientro.article.documents import documents
from vientro.collect.files import opened, sources
from vientro.model.article import Article
from vientro.reading import reader

if TYPE_CHECKING:
    from vientro.model.claim import Claim

SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="needs ../shared/seeds")

# type, an actor, a recipient or addressee, the date (None: not told), a model, class, sum or horizon
ACTS = {
    "Javelin missiles moved by the US in February 2022": ("deliver", "US", "UA", "2022-02", "Javelin"),
    "NATO refuses a no-fly zone": ("refuse", "NATO", "UA", None, "no-fly-zone"),
    "Kuleba's request to NATO": ("request", "UA", "NATO", None, "heavy-weapon"),
    "the first of four IRIS-T SLM": ("deliver", "DE", "UA", "2022-10-10/2022-10-12", "IRIS-T SLM"),
    "Antonov's warning": ("oppose", "RU", "US", "2022-10-11", None),
    "2 billion USD as told by Zelensky": ("commit", None, "UA", "2025-01-09", 2e9),
    "600 million euros from Germany as told by TASS": ("deliver", "DE", "UA", None, 6e8),
    "sanctions of the EU over Iran": ("sanction", "EU", None, "2024-10-14", None),
    "the frozen aid of the Trump administration": ("suspend", "US", None, None, None),
    "Orban's call to stop": ("oppose", "HU", "US", None, None),
    "NATO's plan to 2027": ("commit", "NATO", "UA", None, "2027"),
    "1 billion USD for Lebanon": ("commit", None, "LB", "2024-10-24", 1e9),
}


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    found = []
    for file in sources([str(SEEDS)]):
        with opened(file) as stream:
            articles = [one for one in documents(file.name, stream) if isinstance(one, Article)]
        found += [c for article in articles for c in reader.read(article) if c.confidence >= reader.THRESHOLD]
    return found


@pytest.mark.parametrize("name", ACTS)
def test_the_act_is_found_once(claims: list[Claim], name: str) -> None:
    kind, actor, whom, date, thing = ACTS[name]
    found = [
        c
        for c in claims
        if c.type == kind
        and (actor is None or actor in {r.value for r in c.actors})
        and (whom is None or whom in {r.value for r in (*c.recipients, *c.addressees)})
        and (date is None or c.date == date)
        and (thing is None or thing in {x for i in c.items for x in (i.cls, i.model)} | {m.value for m in c.amounts} | {c.horizon})
    ]
    if name == "600 million euros from Germany as told by TASS":
        assert found
        assert any("TASS" in s.name for s in found[0].chain)
    assert len(found) == 1, [(c.type, c.evidence) for c in found]
