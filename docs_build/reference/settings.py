"""What can be set beside the options of a command: the environment, and the files that a user writes."""

from __future__ import annotations

from collections import defaultdict

from reference.commands import walk
from reference.records import record
from reference.tables import code, plain, table
from vientro.collect import sources
from vientro.ledger.counting import prices, profiles
from vientro.model.counting import Fact
from vientro.publish import house
from vientro.reading import overlay
from vientro.review import maps

_HEAD = """# Settings

There is no file of settings. What a command needs stands in its [options](commands.md), in a few variables of the environment, and in the
files named here, which are all yours to write.
"""
# Variables that no option has, with what they say.
_OTHERS = {
    "VIENTRO_TEST_CHROMIUM": "the Chromium in which the tests open the pages, where it is not where Debian has it",
    "VIENTRO_TEST_POSTGRES": "a server for the tests, `postgresql://user@host/postgres`, whose user may make databases; "
    "without it they start one of their own",
}


def variables() -> dict[str, str]:
    """The variables of the environment, with what they say."""
    found: dict[str, tuple[str, set[str]]] = {}
    for path, command in walk():
        for option in command.params:
            for name in filter(None, [option.envvar] if isinstance(option.envvar, str) else option.envvar or []):
                found.setdefault(name, (f"`{option.opts[0]}`: {plain(option.help or '')}", set()))[1].add(path)
    told = {name: f"{said} For {', '.join(map(code, sorted(where)))}." for name, (said, where) in sorted(found.items())}
    return told | _OTHERS


def page() -> str:
    return "\n\n".join([_HEAD, _environment(), _sources(), _house(), _profiles(), _maps(), _tables()]) + "\n"


def _environment() -> str:
    return "## Environment\n\n" + table(("variable", "says"), [(code(name), said) for name, said in variables().items()])


def _sources() -> str:
    top, each = (", ".join(map(code, sorted(keys))) for keys in (sources._TOP, sources._KEYS))
    shipped = defaultdict(list)
    for row in sources.outlets():
        shipped[row["kind"]].append(row["id"])
    rows = [(kind, ", ".join(map(code, names))) for kind, names in shipped.items()]
    return f"""## SOURCES.toml

For `vientro watch`; what each key means, with an example: [collecting](../collecting.md#watching). At the top stand {top};
in each `[[source]]` {each}.

{record(sources.Watched)}

{record(sources.Source)}

Outlets that are shipped, for `outlets`:

{table(("kind", "names"), rows)}"""


def _house() -> str:
    return f"""## style.toml

The style of a house: how it writes names, words and days in its own lines. Keys are
{", ".join(map(code, sorted(house._KEYS)))}; `ty` is "tỉ" or "tỷ".
An example: [keep a topic page](../how-to/keep-a-topic-page.md#in-your-own-style).

{record(house.House)}"""


def _profiles() -> str:
    rows = [(code(one.name), plain(one.en), " ".join(one.rules)) for one in map(profiles.shipped, profiles.names())]
    return f"""## Profiles

For `vientro count --profile`, and wherever sums are shown; what each key means: [counting](../counting.md#profiles).
Those that are shipped:

{table(("profile", "counts", "rules"), rows)}

{record(profiles.Profile)}"""


def _maps() -> str:
    parts = [f"### {found.__name__}\n\n{record(found)}" for found in (maps.Map, maps.Act, maps.Slots, maps.Cell, maps.Sum, maps.Thing)]
    names = ", ".join(map(code, maps.names()))
    head = f"""## Maps

For `vientro import` and `vientro compare`: {names}, or a file of your own; what each key means:
[decisions](../decisions.md#rows-of-others)."""
    return "\n\n".join([head, *parts])


def _tables() -> str:
    return f"""## Tables and lines

- `--names FILE.tsv` has the columns {", ".join(map(code, overlay.COLUMNS))} ([names of your own](../names.md)).
- `--prices FILE.csv` has the columns {", ".join(map(code, prices.COLUMNS))},
  and `currency` where it is not EUR ([counting](../counting.md#prices)).
- `--facts FILE.jsonl` has a line for each step:

{record(Fact)}"""
