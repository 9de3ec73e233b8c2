"""`vientro explain`: why each claim of an article was found, slot by slot, and why other cues made none."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
import typer

from vientro.cli import output
from vientro.cli.evaluate import DATA
from vientro.cli.options import Least, Names
from vientro.model.article import Article, Reject
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.reading.explain import Choice, Cue, Explained, Passed, Why
    from vientro.reading.lexicon import Lexicon
    from vientro.reading.reasons import Reason

Doc = Annotated[
    str,
    typer.Argument(metavar="DOC", help="A file of articles as `vientro read` takes it, - for standard input, or SET/ID of the coded data."),
]
Number = Annotated[int | None, typer.Option("--claim", metavar="N", min=0, help="Only this claim, counted from 0 as `vientro link` does.")]
All = Annotated[bool, typer.Option("--all", help="Also the cues that made no claim, and what told against them.")]
Text = Annotated[bool, typer.Option("--text", help="Show the article's text first.")]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object an article.")]
Data = Annotated[Path, typer.Option("--data", metavar="FOLDER", help="The evaluation data, for SET/ID.")]

_WIDTH = 80
_LABEL = 13
_FEW, _FEWER = 3, 2  # reasons of each sign that a person is shown: of a claim, of a slot; --json has more


def explain(
    doc: Doc,
    *,
    claim: Number = None,
    everything: All = False,
    text: Text = False,
    as_json: Json = False,
    least: Least = None,
    names: Names = None,
    data: Data = DATA,
) -> None:
    """Say why each claim of an article was found: its cue, its chances, and what spoke for and against each slot.

    Weights are log-odds: 0.7 doubles the odds. A document of the coded data is read by weights that never saw it.
    docs/reading.md says what the names of features mean.
    """
    from vientro.publish.safe import printable
    from vientro.reading import decide, reader
    from vientro.reading.explain import explain as why

    coded = _coded(doc, data)
    articles, rejects = ([coded], []) if coded else _given(doc)
    threshold = reader.THRESHOLD if least is None else least
    words = _words(names)
    for number, article in enumerate(articles):
        if coded:
            from vientro.evaluate.folds import model_for

            found = why(article, model_for(article.key), words)
        else:
            found = why(article, decide.shipped(), words)
        claims = [one for one in found.claims if one.claim.confidence >= threshold]
        if claim is not None and claim >= len(claims):
            raise InputError(f"--claim {claim}", f"{article.key} has {len(claims)} claims", "They are counted from 0")
        if as_json:
            output.print_json(_record(article, found, claims, claim))
            continue
        lines = _lines(article, found, claims, claim, everything=everything, text=text)
        typer.echo("\n".join([*([""] if number else []), *map(printable, lines)]))
    output.tell_rejects(rejects)


def _given(doc: str) -> tuple[list[Article], list[Reject]]:
    """The articles of a file that a reader reads, and what can't be read."""
    from vientro import pipeline
    from vientro.collect.contents import contents
    from vientro.collect.files import sources

    stages = pipeline.shipped()
    articles: list[Article] = []
    rejects: list[Reject] = []
    for found in contents(sources([doc])):
        reject = found if isinstance(found, Reject) else pipeline.unreadable(found, stages)
        if reject:
            rejects.append(reject)
        elif isinstance(found, Article):
            articles.append(found)
    return articles, rejects


def _coded(doc: str, data: Path) -> Article | None:
    """The document of a set that SET/ID names; None where it is the name of a file. Raises InputError for an unknown id."""
    from vientro.evaluate import gold

    name, slash, key = doc.partition("/")
    if not slash or name not in gold.SETS or Path(doc).exists():
        return None
    (one,) = gold.chosen(gold.sets(data), [name])
    for article in gold.articles(one):
        if article.key == key:
            return article
    raise InputError(doc, f"the set {name} has no document {key!r}", f"Its ids stand in {one.docs}")


def _words(names: Path | None) -> "Lexicon[object] | None":
    if names is None:
        return None
    from vientro.reading import overlay, scene

    return scene.lexicon_with(overlay.rows(overlay.text_of(names), str(names)))


def _record(article: Article, found: "Explained", claims: "list[Why]", only: int | None) -> dict[str, Any]:
    from vientro.model.interchange import encode

    def row(number: int, one: "Why") -> dict[str, Any]:
        built: dict[str, Any] = msgspec.to_builtins(one)
        return {"number": number, **built, "claim": encode(one.claim)}

    shown = [row(number, one) for number, one in enumerate(claims) if only in (None, number)]
    kept = {id(one) for one in claims}
    return {
        "doc": article.key,
        "claims": shown,
        "not_kept": [row(number, one) for number, one in enumerate(one for one in found.claims if id(one) not in kept)],
        "cues": msgspec.to_builtins(found.passed),
    }


def _lines(article: Article, found: "Explained", claims: "list[Why]", only: int | None, *, everything: bool, text: bool) -> Iterator[str]:
    kept = {id(one) for one in claims}
    unkept = [one for one in found.claims if id(one) not in kept]
    about = ", ".join(filter(None, (article.outlet, article.published)))
    yield from _wrapped(f"{article.key}{f' ({about})' if about else ''}: {_count(len(claims), 'claim')}", "")
    if not found.claims and not found.passed:
        yield "There is no cue here beside anybody abroad: nothing was weighed."
    if text:
        for paragraph in article.text.strip().split("\n"):
            yield from _wrapped(paragraph, "  ")
    for number, one in enumerate(claims):
        if only in (None, number):
            yield ""
            yield from _claim(number, one)
    if everything:
        if unkept:
            yield from ("", "Acts that are likelier not told than told")
        for one in unkept:
            yield from _unkept(one)
        if found.passed:
            yield from ("", "Cues without an act of their own")
        for passed in found.passed:
            yield from _passed(passed)
    elif only is None and (unkept or found.passed):
        yield from ("", f"{_count(len(unkept), 'act')} not kept, {_count(len(found.passed), 'cue')} without one: --all shows why.")


def _count(number: int, what: str) -> str:
    return f"{number or 'no'} {what}{'' if number == 1 else 's'}"


def _claim(number: int, one: "Why") -> Iterator[str]:
    c = one.claim
    sides = " + ".join(r.value for r in c.actors), ", ".join(r.value for r in c.recipients)
    whom = ", ".join(r.value for r in c.addressees)
    roles = f"{sides[0] or '?'}{f' -> {sides[1]}' if sides[1] else ''}{f' / to {whom}' if whom else ''}"
    yield from _wrapped(f"claim {number}  {c.type}, {c.modality}  {roles}  confidence {_chance(c.confidence)}", "", hang="  ")
    yield from _wrapped(f'"{c.evidence}"', "  ")
    yield from _cue(one.cue)
    yield from _labelled("sentence", f"says {one.says.value} {_chance(one.says.chance)}{_reasons(one.says)}")
    lowered = f" (halved from {_chance(one.keep.first)}: a surer act in its clause)" if one.keep.first is not None else ""
    told = f"; told by {one.told} cues" if one.told > 1 else ""
    also = f'; also in the other of headline and lede ("{one.also}")' if one.also else ""
    kept = f"{_chance(one.keep.chance)}{lowered}, kept from {_chance(one.kept_from)}{told}{also}"
    yield from _labelled("is told", kept + _reasons(one.keep))
    yield from _labelled("all right", f"{_chance(one.certain.chance)} that roles and modality are right too{_reasons(one.certain)}")
    for name, choices in one.slots.items():
        yield from _slot(name, choices)


def _cue(cue: "Cue") -> Iterator[str]:
    first, *others = cue.types
    yield from _labelled("cue", f'"{cue.words}" ({cue.sense}), in the {cue.zone}')
    ruled = f" by rule, {_chance(first.first)} by weights" if first.first is not None else ""
    rest = ", ".join(f"{c.value} {_chance(c.chance)}" for c in others)
    yield from _labelled("type", f"{first.value} {_chance(first.chance)}{ruled}, {rest}; against {first.against}:{_reasons(first)}")


def _slot(name: str, choices: "tuple[Choice, ...]") -> Iterator[str]:
    chosen = [c for c in choices if c.chosen]
    others = [c for c in choices if not c.chosen]
    for i, c in enumerate(chosen):
        first = f", {_chance(c.first)} by itself" if c.first is not None else ""
        against = f" against {_plain(c.against)}:" if c.against and (c.pro or c.con) else ""
        note = f" {c.note}" if c.note else ""
        chance = f" {_chance(c.chance)}" if c.chance else ""
        yield from _labelled("" if i else name, f"{_plain(c.value)}{note}{chance}{first}{against}{_reasons(c, _FEWER)}{_beside(c)}")
    if others and any(c.chance >= 0.01 for c in others):
        rest = ", ".join(f"{_plain(c.value)} {c.note + ' ' if c.note else ''}{_chance(c.chance)}" for c in others if c.chance >= 0.01)
        best = others[0]
        why = f";{_reasons(best, _FEWER)}{_beside(best)}" if best.pro or best.con else ""
        yield from _labelled("" if chosen else name, f"not {rest}{why}")


def _plain(value: str) -> str:
    return "none" if value == "null" else value


def _unkept(one: "Why") -> Iterator[str]:
    yield from _labelled("no claim", f'"{one.cue.words}" ({one.cue.sense}) as {one.claim.type}: "{one.cue.sentence}"')
    kept = f"{_chance(one.keep.chance)}, kept from {_chance(one.kept_from)}"
    halved = f" (halved from {_chance(one.keep.first)}: a surer act in its clause)" if one.keep.first is not None else ""
    yield from _labelled("", f"is told {kept}{halved}{_reasons(one.keep)}")
    first = one.cue.types[0]
    yield from _labelled("", f"{first.value} {_chance(first.chance)} against {first.against}:{_reasons(first)}")


def _passed(passed: "Passed") -> Iterator[str]:
    cue = passed.cue
    first, *others = cue.types
    yield from _labelled("cue", f'"{cue.words}" ({cue.sense}): "{cue.sentence}"')
    rest = ", ".join(f"{c.value} {_chance(c.chance)}" for c in others)
    if passed.told_by:
        told = ", ".join(f'"{words}"' for words in passed.told_by)
        yield from _labelled("", f"{first.value} {_chance(first.chance)}, {rest}: told already by {told}")
    else:
        yield from _labelled("", f"{first.value} {_chance(first.chance)}, {rest}; against {first.against}:{_reasons(first)}")


def _reasons(choice: "Choice", most: int = _FEW) -> str:
    """What spoke for and against, each with its sign."""
    return "".join(f"  {_reason(r)}" for r in (*choice.pro[:most], *choice.con[:most]))


def _beside(choice: "Choice") -> str:
    return "; beside the others" + "".join(f"  {_reason(r)}" for r in choice.beside[:_FEWER]) if choice.beside else ""


def _reason(reason: "Reason") -> str:
    # The words of a feature and its weight stay together on a line.
    return f"{reason.weight:+.2f}\u00a0{reason.feature.replace(' ', chr(0xA0))}"


def _chance(chance: float | None) -> str:
    shown = f"{chance or 0:.2f}"
    return shown if shown.startswith("1") else shown[1:]


def _labelled(label: str, text: str) -> Iterator[str]:
    yield from _wrapped(text, f"  {label:{_LABEL - 2}}", hang=" " * _LABEL)


def _wrapped(text: str, first: str, hang: str | None = None) -> Iterator[str]:
    """Lines of at most 80 columns; only a single longer word, which no article and no feature has, would be broken."""
    lines = wrap(text, _WIDTH, initial_indent=first, subsequent_indent=first if hang is None else hang, break_on_hyphens=False)
    yield from (line.replace("\u00a0", " ") for line in lines or [first.rstrip()])
