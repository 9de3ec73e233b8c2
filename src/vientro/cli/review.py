"""`vientro review`: the next question first, the evidence beside it, one key an answer."""

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from vientro.cli import options, output
from vientro.cli.decide import By, ShownAs, reviewer
from vientro.cli.options import AsJson, Db, Language
from vientro.model.errors import InputError

if TYPE_CHECKING:
    from vientro.model.decision import Decision
    from vientro.review.agreement import Agreement
    from vientro.review.answers import Reviewer
    from vientro.review.questions import Question
    from vientro.store.store import Store
    from vientro.tasks.desk import Desk

_ALWAYS = {"space": "skip", "u": "undo the last", "q": "quit"}
_QUIT = ("q", "\x03", "\x04", "\x1b", "")

Topics = Annotated[
    list[str] | None,
    typer.Option("--topic", metavar="TOPIC", help="Only these: claim, unsure, conflict, repeat, 'fits two', clash, reopened."),
]
Second = Annotated[
    bool, typer.Option("--second", help="Ask again what others have ruled on, without showing how, to see how far you agree.")
]
Agree = Annotated[bool, typer.Option("--agreement", help="Show how far reviewers agree, and end.")]
Listed = Annotated[bool, typer.Option("--list", help="Show the open questions without asking.")]


def review(
    *,
    db: Db = options.DB,
    by: By = "",
    shown_as: ShownAs = None,
    topic: Topics = None,
    second: Second = False,
    agreement: Agree = False,
    listed: Listed = False,
    limit: Annotated[int, typer.Option("--limit", min=1, metavar="N", help="Most questions to ask.")] = 50,
    lang: Language = options.Lang.vi,
    as_json: AsJson = False,
) -> None:
    """Ask about what is most at stake and most in doubt. Each answer is written down at once; deals are made anew at the end.

    Example: vientro review --by lan --topic conflict
    """
    from vientro import pipeline
    from vientro.review import agreement as compared
    from vientro.review.questions import again, of_topics
    from vientro.store.store import Store
    from vientro.tasks import desk

    stages = pipeline.shipped()
    with Store(db, create=False) as store:
        if agreement:
            _agreement(compared.agreement(store.decisions()), as_json=as_json)
            return
        at = desk.desk(store, stages)
        who = None if listed else reviewer(by, shown_as)
        asked = again(at.decisions, who.name, at.known) if second and who else of_topics(at.questions(), topic or ())
        if listed or as_json:
            rows = [
                {"topic": one.topic, "step": one.step, "claims": one.claims, "others": one.others, "weight": one.weight} for one in asked
            ]
            output.print_json(rows[:limit]) if as_json else typer.echo(
                "".join(shown(at, one, lang.value) for one in asked[:limit]), nl=False
            )
            return
        if who is None:
            raise InputError("--by", "nobody is named", "Say who rules with --by NAME, or set VIENTRO_REVIEWER")
        made = session(at, store, who, asked[:limit], _key, lang.value, blind=second)
        if made:
            pipeline.project(store, stages)
    typer.echo(f"{made} answers are written down; {max(0, len(asked) - made)} questions are open")


def session(
    at: "Desk",
    store: "Store",
    who: "Reviewer",
    asked: "Sequence[Question]",
    keys: Callable[[], str],
    lang: "options.Lang | str",
    *,
    blind: bool,
) -> int:
    """Ask the questions in turn; how many answers stand. `blind` keeps what others ruled out of the answers."""
    from vientro.review import answers
    from vientro.tasks import desk

    made: list[tuple[int, Decision]] = []
    place = 0
    while place < len(asked):
        question = asked[place]
        typer.echo(f"\n({place + 1}/{len(asked)}) {shown(at, question, lang)}", nl=False)
        key = keys()
        if key in _QUIT:
            break
        if key == "u":
            if made:
                place, last = made.pop()
                store.decide([answers.rule("undo", who, desk.now(), at.known, value=last.id)])
                typer.echo(f"  undone: {last.id}")
            continue
        before = () if blind else at.decisions
        decision = answers.answer(question, key, who, desk.now(), at.known, before)
        if key == "f" and "f" in answers.keys(question):
            decision = _fixed(at, store, who, question)
        if decision:
            store.decide([decision])
            made.append((place, decision))
            typer.echo(f"  {decision.kind} {decision.id}")
        elif key != " ":
            typer.echo("  no such key")
            continue
        place += 1
    return len(made)


def _fixed(at: "Desk", store: "Store", who: "Reviewer", question: "Question") -> "Decision | None":
    from vientro.review.values import value_of
    from vientro.tasks import desk

    slot = typer.prompt("  slot", default=question.slot or "amounts")
    typed = typer.prompt("  value (- for none)")
    try:
        return desk.correct(at, store, who, question.claims[0], slot, value_of(slot, typed))
    except InputError as error:
        typer.echo(f"  {error}")
        return None


def shown(at: "Desk", question: "Question", lang: str) -> str:
    from vientro.publish.asking import asking
    from vientro.review.answers import keys

    steps = {step.id: step for step in at.ledger.steps}
    claims = {**at.known, **at.found.claims}
    sides = [(steps.get(question.step or ""), [claims[id_] for id_ in question.claims if id_ in claims])]
    if question.others:
        sides.append((steps.get(question.other_step or ""), [claims[id_] for id_ in question.others if id_ in claims]))
    return asking(
        question.topic, sides, at.found.articles, "en" if lang == "en" else "vi", why=question.why, choices=question.choices,
        keys=keys(question) | _ALWAYS,
    )  # fmt: skip


def _listed(at: "Desk", asked: "Sequence[Question]", lang: str, *, as_json: bool) -> None:
    if as_json:
        names = ("topic", "step", "claims", "other_step", "others", "slot", "choices", "weight", "why")
        output.print_json([{name: getattr(one, name) for name in names} for one in asked])
    else:
        typer.echo("\n".join(shown(at, one, lang) for one in asked), nl=False)


def _agreement(found: "Sequence[Agreement]", *, as_json: bool) -> None:
    if as_json:
        names = ("first", "second", "slot", "claims", "same", "share", "kappa")
        output.print_json([{name: getattr(one, name) for name in names} for one in found])
        return
    if not found:
        typer.echo("No two people have ruled on one claim without knowing of each other.")
        return
    typer.echo(f"{'reviewers':24} {'slot':12} {'claims':>6} {'same':>5} {'share':>6} {'kappa':>6}")
    for one in found:
        kappa = "-" if one.kappa is None else f"{one.kappa:.2f}"
        typer.echo(f"{f'{one.first}, {one.second}':24} {one.slot:12} {one.claims:6} {one.same:5} {one.share or 0:6.0%} {kappa:>6}")


def _key() -> str:
    """One key of a terminal; a letter of what is piped in, the end of which quits."""
    if not sys.stdin.isatty():
        return next((key for key in iter(lambda: sys.stdin.read(1), "") if key != "\n"), "q")
    import click

    try:
        return click.getchar()
    except (EOFError, KeyboardInterrupt):
        return "q"
