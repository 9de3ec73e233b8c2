"""Records as the explanation of the API shows them: made up, and of the form that programs get (a test holds them to it)."""

from __future__ import annotations

from typing import Any

_STEP: dict[str, Any] = {
    "section": "support", "id": "s-3145a963527e58df", "deal": "d-7f0c2d5a9b1e4c33", "origins": 1, "date": "2025-04-08", "flags": ["Q5"],
    "type": "commit", "modality": "planned", "scope": "act", "actors": ["NO"], "recipients": ["MD"], "addressees": [],
    "support": "military", "mode": None,
    "items": [{"cls": "radar", "model": None, "text": "radar", "count": {"low": 8, "best": 8, "high": 8}, "unit": None, "of": None}],
    "sums": [
        {"currency": "NOK", "value": {"low": 9e8, "best": 9e8, "high": 9e8}, "claims": ["c-d4ba0f742ffc89fd"], "origins": 1, "per": None}
    ],
    "causes": [], "due": None, "horizon": None, "speakers": [], "outlets": ["Báo Ví Dụ"], "counts": True, "state": "pledged",
    "published": "2025-04-08", "deal_state": "pledged", "by": ["Báo Ví Dụ"], "new_money": None, "over": None, "disputed": False,
    "ruled": [], "conflicts": [],
}  # fmt: skip
_WITNESS: dict[str, Any] = {
    "id": "c-d4ba0f742ffc89fd", "doc": "na-uy.html", "outlet": "Báo Ví Dụ", "url": "https://bao.example/na-uy.html",
    "published": "2025-04-08T09:00:00+07:00", "title": "Na Uy cam kết chuyển 8 radar cho Moldova", "speaker": None, "date": "2025-04-08",
    "evidence": "Chính phủ Na Uy ngày 8/4 cam kết sẽ chuyển cho Moldova 8 radar", "span": [41, 103], "confidence": 0.81,
}  # fmt: skip
LINE = {**_STEP, "claims": [_WITNESS]}
PART: dict[str, Any] = {
    "tab": "support", "tabs": {"support": 1, "sales": 0, "sanctions": 0, "opposition": 0, "talks": 0, "background": 0, "alleged": 0},
    "totals": {
        "profile": "pledged", "currency": "EUR", "left_out": {"C3": 1}, "rates": ["ECB reference rates"],
        "figure": {"low": 75_000_000.0, "best": 75_000_000.0, "high": 75_000_000.0, "steps": 1, "unknown": 0, "bounded": 0, "estimates": 0},
    },
    "citation": {
        "address": "http://127.0.0.1:8000/ledger?profile=pledged&currency=EUR&as-of=2025-11-26&known=2025-11-27T08%3A00%3A00Z&sha256=0c1d...",
        "day": "2025-11-26", "known": "2025-11-27T08:00:00Z", "claims": 3, "digest": "0c1d" * 16, "same": None,
    },
}  # fmt: skip
_DEAL: dict[str, Any] = {
    "id": "d-7f0c2d5a9b1e4c33", "steps": ["s-3145a963527e58df"], "state": "pledged", "since": "2025-04-08", "givers": ["NO"],
    "recipients": ["MD"],
}  # fmt: skip
DEAL: dict[str, Any] = {**_DEAL, "follow": None}
LIFE = {
    "id": DEAL["id"], "asked": DEAL["id"], "deal": _DEAL, "follow": None, "newest": "2025-11-26",
    "steps": [{**_STEP, "claims": [{**_WITNESS, "chain": [], "origin": "o-1", "why": []}]}],
}  # fmt: skip
CLAIM: dict[str, Any] = {
    "id": "c-d4ba0f742ffc89fd", "article_id": "a-b0fa081c294bfca0", "type": "commit", "modality": "planned",
    "span": {"start": 41, "stop": 103}, "evidence": _WITNESS["evidence"],
    "actors": [{"value": "NO", "span": {"start": 41, "stop": 56}}], "recipients": [{"value": "MD", "span": {"start": 88, "stop": 95}}],
    "addressees": [], "scope": "act", "support": "military", "mode": None, "items": [], "amounts": [], "date": "2025-04-08", "due": None,
    "horizon": None, "speaker": None, "chain": [], "trigger": "chuyển", "zone": "lede", "confidence": 0.81, "reader": "vi-1",
    "step": _STEP["id"], "deal": DEAL["id"], "origin": "o-1", "why": [], "outlet": "Báo Ví Dụ", "published": _WITNESS["published"],
    "url": _WITNESS["url"],
}  # fmt: skip
ARTICLE: dict[str, Any] = {
    "id": "a-b0fa081c294bfca0", "outlet": "Báo Ví Dụ", "url": _WITNESS["url"], "published": _WITNESS["published"], "lang": "vi",
    "title": _WITNESS["title"], "author": None, "agency": None, "modified": None, "tags": [], "claims": [CLAIM["id"]],
}  # fmt: skip
_SAYS: dict[str, Any] = {
    "id": CLAIM["id"], "type": "commit", "modality": "planned", "scope": "act", "actors": ["NO"], "recipients": ["MD"], "addressees": [],
    "support": "military", "mode": None, "items": [], "amounts": [{"value": 9e8, "currency": "NOK", "bound": "exact"}],
    "date": "2025-04-08", "due": None, "horizon": None, "speaker": None, "evidence": _WITNESS["evidence"], "span": [41, 103],
    "confidence": 0.81, "zone": "lede", "trigger": "chuyển", "reader": "vi-1",
}  # fmt: skip
VERSIONS: dict[str, Any] = {
    "article": ARTICLE["id"], "latest": ARTICLE["id"], "withdrawn": None, "stored": 2, "first": "2025-04-08T02:05:00+00:00",
    "last": "2025-04-08T08:05:00+00:00", "looked": "2025-04-15T02:05:00+00:00",
    "addresses": [{"url": ARTICLE["url"], "versions": [
        {"article": "a-5e1f0c2b7d9a4e63", "page": None, "at": "2025-04-08T02:05:00+00:00", "why": "new"},
        {"article": ARTICLE["id"], "page": None, "at": "2025-04-08T08:05:00+00:00", "why": "changed"},
    ]}],
    "edit": {
        "from": "a-5e1f0c2b7d9a4e63", "to": ARTICLE["id"], "excerpts": False, "taken_down": False,
        "changes": [{
            "zone": "lede", "before": "Na Uy cam kết 9 radar", "after": "Na Uy cam kết 8 radar",
            "pieces": [["same", "Na Uy cam kết "], ["gone", "9"], ["new", "8"], ["same", " radar"]],
        }],
        "claims": [{"before": {**_SAYS, "id": "c-0d2a7c1f3b5e4a86"}, "after": _SAYS, "slots": ["items"]}],
    },
}  # fmt: skip
CHECK: dict[str, Any] = {
    "sentence": "Na Uy cam kết 8 radar cho Moldova", "on": "2025-04-08", "found": True,
    "coverage": {"articles": 27, "days": 22, "outlets": 4, "first": "2023-08-22", "last": "2025-11-26", "undated": 4, "sources_down": None},
    "claims": [],
}  # fmt: skip
DRAFT: dict[str, Any] = {"article": "a-0123456789abcdef", "had": False, "news": False, "lines": []}
_FIGURE: dict[str, Any] = {
    "low": 76e6,
    "best": 76e6,
    "high": 76e6,
    "steps": 1,
    "unknown": 0,
    "bounded": 0,
    "estimates": 0,
    "uncertain": False,
}
_CELL: dict[str, Any] = {**_FIGURE, "origins": 1, "rules": [], "beside": None, "parts": [], "things": []}
COUNT: dict[str, Any] = {
    "profile": {"name": "headline"}, "by": ["donor"], "currency": "EUR", "donor": None, "recipient": "MD", "official_only": False,
    "measure": "money", "data_end": "2025-11-26", "sources_down": None, "total": {"key": {}, **_CELL},
    "cells": [{"key": {"donor": "NO"}, **_CELL}], "above": [], "left_out": {}, "not_asked_for": 12,
    "no_report_of_delivery": [], "rates": ["ECB"],
}  # fmt: skip
OVERDUE: dict[str, Any] = {
    "deal": DEAL["id"], "step": _STEP["id"], "due": "2025-09", "last_day": "2025-09-30", "days": 57, "actors": ["NO"], "recipients": ["MD"],
    "type": "commit", "items": [], "sums": [], "by": ["Báo Ví Dụ"], "outlets_not_read_since": [],
}  # fmt: skip
CHANGE: dict[str, Any] = {
    "change": "changed", "deal_id": DEAL["id"], "step_id": _STEP["id"], "donor": "NO", "recipient": "MD", "type": "commit", "field": "due",
    "old": None, "new": "2025-12", "why": "the ministry says December", "who": "lan", "decisions": ["r-0123456789abcdef"], "articles": [],
}  # fmt: skip
TOPIC: dict[str, Any] = {
    "slug": "radar-moldova",
    "name": "Radar cho Moldova",
    "lang": "vi",
    "words": "radar",
    "profile": "headline",
    "currency": "USD",
}
TOPIC_PAGE: dict[str, Any] = {"topic": TOPIC, "lines": [], "newest": "2025-11-26", "mark": "550a3f7b1c9f7f43"}
VOICE: dict[str, Any] = {"id": "NO", "name": "Norway", "office_holder": False, "claims": 3}
PERSON: dict[str, Any] = {**VOICE, "offices": [], "statements": [], "gave": [_STEP["id"]], "held_back": []}
SOURCE: dict[str, Any] = {
    "name": "bao-vi-du",
    "url": "https://bao.example/rss",
    "status": "ok",
    "since": "2025-11-26T02:00:00Z",
    "articles": 31,
}
REJECT: dict[str, Any] = {"stage": "article", "id": "trang-anh.html", "reason": "no text"}
RELEASE: dict[str, Any] = {"number": 1, "name": "2025-Q1", "at": "2025-04-01T08:00:00+00:00", "digest": "5c1a" + "0" * 60}
CORRECTIONS: dict[str, Any] = {**RELEASE, "items": [CHANGE]}
HEALTH: dict[str, Any] = {
    "status": "ok", "mark": "550a3f7b1c9f7f43", "newest": "2025-11-26", "articles": 31, "claims": 99, "steps": 87, "deals": 47
}  # fmt: skip
DECISION: dict[str, Any] = {
    "id": "r-0123456789abcdef", "at": "2025-11-27T08:00:00.000000Z", "by": "lan", "kind": "correct", "claims": [CLAIM["id"]], "others": [],
    "slot": "due", "value": "2025-12", "why": "the ministry says December", "articles": [ARTICLE["id"]], "saw": [], "after": [],
    "reader": "vi-1",
}  # fmt: skip
QUESTION: dict[str, Any] = {
    "key": "8c1f0a2b3d4e5f60", "topic": "conflict", "claims": [CLAIM["id"]], "weight": 12.5, "step": LINE["id"], "others": [],
    "other_step": None, "slot": "amounts", "choices": [None], "why": ["4 EUR", "5 EUR"],
}  # fmt: skip
AGREEMENT: dict[str, Any] = {"first": "lan", "second": "minh", "slot": "verdict", "claims": 12, "same": 11, "kappa": 0.8, "share": 0.92}
_MONEY = {"value": 2_000_000_000.0, "currency": "CAD", "bound": "exact"}
COMPARED: dict[str, Any] = {
    "step": LINE["id"],
    "pair": {"step": LINE["id"], "rows": ["c-1"], "claims": ["c-2"], "theirs": _MONEY, "ours": _MONEY, "agree": True, "beside": None},
}
CORRECTION: dict[str, Any] = {
    "id": DECISION["id"], "at": DECISION["at"], "kind": "correct", "step": LINE["id"], "claims": [CLAIM["id"]], "others": [], "slot": "due",
    "old": None, "new": "2025-12", "why": "the ministry says December", "by": "Reviewer 3",
}  # fmt: skip
REPORT: dict[str, Any] = {
    "id": "e-x1Y2z3A4b5C6", "at": "2025-11-27T08:00:00+00:00", "about": "/ledger", "words": "It was 8 radars, not 18.", "source": "",
    "answers": [{"at": "2025-11-27T09:00:00+00:00", "by": "Editor 1", "outcome": "corrected", "words": "Thank you."}],
}  # fmt: skip
