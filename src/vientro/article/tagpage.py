"""Tag pages: pages whose paragraphs are the ledes of different stories, with or without their headlines."""

from __future__ import annotations

import re
from itertools import takewhile

from vientro.model.article import Span

# What a paragraph begins with when it leans on the one before it. The lede of another story hardly ever does.
_LEANS = re.compile(
    r"(?:(?:ông|bà|họ|anh ta|chị|nước này|tuy nhiên|tuy vậy|song|nhưng|mặc dù|dù vậy|dù|bên cạnh đó|ngoài ra|đồng thời|"
    r"trong khi đó|trước đó|sau đó|theo đó|do đó|vì vậy|vì thế|điều này|điều đó|việc này|đây|đó là|hiện nay|hiện|về phần mình|"
    r"đáng chú ý|cụ thể|thêm vào đó|cũng|tại đây|khi đó|lúc đó|cùng ngày|động thái|thông báo|chúng tôi|tôi|còn|đến nay|như vậy|"
    r"tại cuộc)\b|[\"“‘'–•(-]|(?:\w+\W+){1,4}(?:này|đó|trên|cũng|nói thêm)\b)",
    re.IGNORECASE,
)
# What a paragraph holds when it goes on with something told before: "this ...", a person by the bare name.
_GOES_ON = re.compile(r"\b(?:này|như vậy|vụ việc|(?:ông|bà) [A-ZĐ]\w+ (?:nói|cho biết|khẳng định|nhấn|cho rằng|tuyên bố|viết|cũng))\b")
_SENTENCE_END = re.compile(r"[.!?…][\"”)]?(?:\s|$)")

FEWEST, _FEWEST_TITLED = 6, 12
_SHORTEST, _MEDIAN, _LONGEST = 70, 100, 600
_MOST_LEANING = 0.35


def entries(text: str, spans: list[Span], *, titled: bool = False) -> list[Span]:
    """The stories of a tag page, one span each, given its paragraphs; none if the text reads as one story.

    Of 2,056 articles of six paragraphs or more 5 read as tag pages without their titles, of pages of 6 to 30 ledes of one
    subject 88 in 100. A text under a title of its own is rarely a tag page, so that it takes more paragraphs.
    """
    fewest = _FEWEST_TITLED if titled else FEWEST
    if len(spans) >= fewest and _are_ledes([span.of(text) for span in spans]):
        return spans
    headlines, ledes = spans[::2], spans[1::2]
    if (
        len(ledes) >= fewest
        and len(headlines) == len(ledes)
        and all(_is_headline(span.of(text)) for span in headlines)
        and _are_ledes([span.of(text) for span in ledes])
    ):
        return [Span(a.start, b.stop) for a, b in zip(headlines, ledes, strict=True)]
    return []


def notes(text: str, spans: list[Span]) -> list[Span]:
    """The paragraphs of a few untitled ones that are a story each: one whole sentence, opening with a name that no other has in it."""
    paragraphs = [span.of(text) for span in spans]
    if not 2 <= len(paragraphs) < FEWEST or max(map(len, paragraphs)) > _LONGEST:
        return []
    for at, one in enumerate(paragraphs):
        name = " ".join(takewhile(lambda word: word[0].isupper(), one.split()))
        whole = one.endswith(".") and len(_SENTENCE_END.findall(one)) == 1
        if not (name and whole) or _LEANS.match(one) or _GOES_ON.search(one):
            return []
        if any(re.search(rf"\b{re.escape(name)}\b", other) for other in paragraphs[:at] + paragraphs[at + 1 :]):
            return []
    return spans


def _is_headline(paragraph: str) -> bool:
    return len(paragraph) < 160 and not _SENTENCE_END.search(paragraph)


def _are_ledes(paragraphs: list[str]) -> bool:
    """Whether the paragraphs stand each on its own: as long as ledes are, whole sentences, hardly one that leans on another."""
    count = len(paragraphs)
    sizes = sorted(map(len, paragraphs))
    if sizes[0] < _SHORTEST or sizes[-1] > _LONGEST or sizes[count // 2] < _MEDIAN:
        return False
    leaning = [bool(_LEANS.match(p)) for p in paragraphs]
    going_on = [leans or bool(_GOES_ON.search(p)) for leans, p in zip(leaning, paragraphs, strict=True)]
    return (
        sum(leaning) + sum(going_on) <= _MOST_LEANING * count
        and sum(len(_SENTENCE_END.findall(p)) <= 2 for p in paragraphs) >= 0.8 * count
        and sum(p[-1] in '.!?…”"' for p in paragraphs) >= 0.8 * count
    )
