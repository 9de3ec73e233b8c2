"""/api/v1: what programs are answered."""

from __future__ import annotations

import csv
import io
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator
from starlette.requests import Request

from vientro.serve import limits
from vientro.serve.api.answers import flat
from vientro.serve.api.cursors import cut
from vientro.serve.api.describe import document
from vientro.serve.api.operations import API, HOME
from vientro.serve.limits import Limits
from vientro.store import accounts
from vientro.store.accounts import User
from vientro.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.testclient import TestClient

LISTS = [one.path for one in API.operations if one.paged and not one.role]


def holds(schema: dict[str, Any], value: object) -> None:
    Draft202012Validator({**schema, "components": document()["components"]}).validate(value)


def content(path: str, method: str = "get", kind: str = "application/json") -> dict[str, Any]:
    answers = document()["paths"][path][method]["responses"]
    told: dict[str, Any] = answers[next(code for code in answers if code.startswith("20"))]["content"][kind]
    return told


@pytest.mark.parametrize(("path", "method"), [(path, method) for path, all_ in document()["paths"].items() for method in all_])
def test_examples_are_of_their_schema(path: str, method: str) -> None:
    told = content(path, method)
    holds(told["schema"], told["example"])
    body = document()["paths"][path][method].get("requestBody")
    if body:
        sent = body["content"]["application/json"]
        holds(sent["schema"], sent["example"])


def test_every_address_is_explained(web: TestClient) -> None:
    told = web.get(f"{HOME}/openapi.json").json()
    assert told["openapi"] == "3.1.0"
    names = [one["operationId"] for operations in told["paths"].values() for one in operations.values()]
    assert len(set(names)) == len(names) == len(API.operations)
    page = web.get(f"{HOME}/docs").text
    assert all(f"{HOME}{one.path}" in page for one in API.operations)
    assert "<script>" not in page


@pytest.mark.parametrize("path", LISTS)
def test_lists_are_of_their_schema_and_come_as_tables(web: TestClient, path: str) -> None:
    told = web.get(HOME + path).json()
    holds(content(HOME + path)["schema"], told)
    table = web.get(HOME + path, headers={"accept": "text/csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(table.text)))
    assert len(rows) == told["count"] + 1 or not told["count"]
    assert len({len(row) for row in rows}) <= 1


@pytest.mark.parametrize(
    "path", ["/ledger", "/ledger?sort=oldest", "/steps?sort=largest", "/steps?sort=doubtful", "/claims", "/deals", "/articles"]
)
def test_pages_tell_everything_once(web: TestClient, path: str) -> None:
    mark = "&" if "?" in path else "?"
    whole = [one["id"] for one in web.get(f"{HOME}{path}{mark}limit=500").json()["items"]]
    found: list[str] = []
    answer = web.get(f"{HOME}{path}{mark}limit=7")
    while True:
        found += [one["id"] for one in answer.json()["items"]]
        if answer.json()["next"] is None:
            break
        assert answer.json()["next"] in answer.headers["link"]
        answer = web.get(answer.headers["link"].partition(">")[0][1:])
    assert found == whole
    assert len(whole) == len(set(whole)) == answer.json()["count"] > 7


def test_what_is_added_moves_no_page() -> None:
    def key(one: tuple[float, str]) -> tuple[float, str]:
        return one

    before = [(float(day), f"s-{day}") for day in range(10)]
    first, cursor = cut(before, key, "newest", None, 4)
    after = sorted([*before, (-1.0, "s-new"), (2.5, "s-between"), (7.5, "s-later")])
    second, _ = cut(after, key, "newest", cursor, 100)
    assert [*first, *second] == [one for one in after if one not in ((-1.0, "s-new"), (2.5, "s-between"))]


@pytest.mark.parametrize("cursor", ["x", "WyJvbGRlc3QiLDEsInMtMSJd", "W10", "////", "é", "0" * 5000])
def test_a_cursor_of_another_list_is_told_to_be_none(web: TestClient, cursor: str) -> None:
    answer = web.get(f"{HOME}/ledger", params={"cursor": cursor})
    assert answer.status_code == 404
    holds({"$ref": "#/components/schemas/Problem"}, answer.json())


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=501",
        "limit=x",
        "tab=x",
        "since=x",
        "since=",
        "until=2025-13-01",
        "type=x",
        "format=xml",
        "sort=x",
        f"q={'x' * 201}",
    ],
)
def test_what_can_not_be_is_a_problem_in_plain_words(web: TestClient, query: str) -> None:
    answer = web.get(f"{HOME}/ledger?{query}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert (told["status"], told["type"]) == (422, "about:blank")
    assert query.partition("=")[0] in told["detail"]


def test_an_answer_that_has_not_changed_is_not_sent_again(web: TestClient) -> None:
    first = web.get(f"{HOME}/ledger")
    again = web.get(f"{HOME}/ledger", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert web.get(f"{HOME}/ledger?sort=oldest").headers["etag"] != first.headers["etag"]
    assert web.get(f"{HOME}/ledger?format=csv").headers["etag"] != first.headers["etag"]


def test_records_are_those_of_their_ids(web: TestClient) -> None:
    act = web.get(f"{HOME}/steps?limit=1").json()["items"][0]
    assert web.get(f"{HOME}/steps/{act['id']}").json() == act
    life = web.get(f"{HOME}/deals/{act['id']}").json()
    assert act["id"] in [one["id"] for one in life["steps"]]
    claim = web.get(f"{HOME}/claims/{act['claims'][0]['id']}").json()
    assert (claim["step"], claim["deal"]) == (act["id"], act["deal"])
    article = web.get(f"{HOME}/articles/{claim['article_id']}").json()
    assert claim["id"] in [one["id"] for one in article["claims"]]
    assert claim["evidence"] in article["text"]
    assert all("text" not in one for one in web.get(f"{HOME}/articles").json()["items"])


@pytest.mark.parametrize("path", ["/steps/x", "/deals/x", "/claims/x", "/articles/x", "/topics/x", "/people/x", "/releases/x", "/nothing"])
def test_what_there_is_not_is_a_problem(web: TestClient, path: str) -> None:
    answer = web.get(HOME + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_address_says_what_it_answers_to(web: TestClient) -> None:
    assert web.options(f"{HOME}/decisions").headers["allow"] == "GET, POST"
    assert web.delete(f"{HOME}/ledger", headers={"content-type": "application/json"}).status_code in (403, 405)


def test_a_sentence_and_a_draft_are_held_against_the_ledger(web: TestClient) -> None:
    told = web.post(f"{HOME}/check", json={"sentence": "Na Uy cam kết 8 radar cho Moldova", "on": "2025-04-08"})
    assert told.json()["found"] is True
    holds(content(f"{HOME}/check", "post")["schema"], told.json())
    line = web.post(f"{HOME}/line", json={"draft": "Na Uy cam kết 8 radar cho Moldova"})
    assert line.json()["lines"][0]["status"] in ("known", "adds")
    holds(content(f"{HOME}/line", "post")["schema"], line.json())


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"{", b'{"sentence": 1}', b'{"sentence": ""}', b'{"sentence": "a", "on": "x"}', b'{"sentence": "a", "b": 1}', b"\xff"],
)
def test_bodies_that_are_none_are_problems(web: TestClient, body: bytes) -> None:
    answer = web.post(f"{HOME}/check", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422, answer.text


def test_a_form_of_elsewhere_decides_nothing(web: TestClient) -> None:
    sent = json.dumps({"kind": "accept", "id": "c-1"})
    for kind in ("text/plain", "application/x-www-form-urlencoded"):
        assert web.post(f"{HOME}/decisions", content=sent, headers={"content-type": kind}).status_code == 403


def test_a_program_rules_with_a_token_of_a_reviewer(serve: Callable[..., TestClient], own: Any) -> None:
    tokens = {}
    with Store(own) as store:
        for name, role in (("lan", "reviewer"), ("ba", "reader")):
            accounts.add(store, User(name, role, f"{name}-shown"), "no hash", "test")  # type: ignore[arg-type]
            tokens[name] = {"authorization": f"Bearer {accounts.make_token(store, name, 'test', 'test')}"}
    program = serve(team=True)
    assert program.get(f"{HOME}/ledger").status_code == 401
    assert program.get(f"{HOME}/ledger", headers={"authorization": "Bearer vt_wrong"}).status_code == 401
    assert program.get(f"{HOME}/ledger", headers=tokens["ba"]).status_code == 200
    assert program.get(f"{HOME}/decisions", headers=tokens["ba"]).status_code == 403
    claim = program.get(f"{HOME}/claims?limit=1", headers=tokens["lan"]).json()["items"][0]
    ruling = {"kind": "correct", "id": claim["id"], "slot": "due", "value": "2025-12", "why": "bộ nói tháng 12"}
    assert program.post(f"{HOME}/decisions", json=ruling, headers=tokens["ba"]).status_code == 403
    made = program.post(f"{HOME}/decisions", json=ruling, headers=tokens["lan"])
    assert made.status_code == 201, made.text
    assert made.json()["by"] == "lan-shown"
    assert program.get(f"{HOME}/claims/{claim['id']}", headers=tokens["lan"]).json()["due"] == "2025-12"
    listed = program.get(f"{HOME}/decisions?claim={claim['id']}", headers=tokens["lan"]).json()
    assert [one["id"] for one in listed["items"]] == [made.json()["id"]]
    back = program.post(f"{HOME}/decisions", json={"kind": "undo", "id": made.json()["id"]}, headers=tokens["lan"])
    assert back.status_code == 201
    assert program.post(f"{HOME}/decisions", json={"kind": "accept", "id": "c-none"}, headers=tokens["lan"]).status_code == 404
    for wrong in (
        {"kind": "x", "id": "c"},
        {"kind": "correct", "id": claim["id"]},
        {"kind": "merge", "id": claim["id"]},
        {"kind": "add", "id": claim["article_id"]},
    ):
        assert program.post(f"{HOME}/decisions", json=wrong, headers=tokens["lan"]).status_code == 422


def test_a_bucket_fills_up_again() -> None:
    now = [0.0]
    kept = Limits(lambda: now[0])
    assert [kept.wait("a", 60) for _ in range(60)] == [0] * 60
    assert kept.wait("a", 60) == 1
    assert kept.wait("b", 60) == 0
    assert kept.wait("a", 60, 30) == 30
    now[0] = 30.0
    assert kept.wait("a", 60, 30) == 0
    assert kept.wait("a", 60) == 1


def test_rows_keep_what_lies_deep_as_json() -> None:
    table = flat([{"a": 1, "b": ["x", "y"], "c": {"d": [1]}}, {"a": None, "e": True}])
    assert tuple(table.columns) == ("a", "b", "c", "e")
    assert list(table.rows) == [{"a": 1, "b": "x; y", "c": '{"d":[1]}', "e": None}, {"a": None, "b": None, "c": None, "e": True}]


def test_people_who_have_signed_in_are_counted_by_themselves_and_their_answers_weigh_little() -> None:
    def asks(path: str, user: object) -> tuple[tuple[str, int], str]:
        request = Request(
            {"type": "http", "method": "POST", "path": path, "headers": [], "client": ("192.0.2.1", 1), "state": {"user": user}}
        )
        return limits._asking(request), request.url.path

    lan, minh = (SimpleNamespace(name=name) for name in ("lan", "minh"))
    assert asks("/review", lan)[0] == ("user lan", limits.OF_KNOWN)
    assert asks("/review", minh)[0] != asks("/review", lan)[0]
    assert asks("/review", None)[0] == ("address 192.0.2.1", limits.OF_ADDRESS)
