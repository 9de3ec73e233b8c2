"""Who wrote an article and whom it was taken from: the byline of a page, or the last lines of its body; credits of captions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vientro.article.blocks import Block

_LONGEST = 90
_THEO = re.compile(r"^[\s(\[–—-]*(?:theo|nguồn|source|according to)\b\s*:?\s*", re.IGNORECASE)
_LEAD = re.compile(
    r"^(?:(?:tác giả|bài và ảnh|bài|tin|thực hiện|biên dịch|by|written by|author|pv)\s*:\s*|by\s+(?=[A-ZĐ])|[-–—•|]\s*)+", re.IGNORECASE
)
_BRACKETS = re.compile(r"\(([^()]{2,60})\)\s*$")
_NAMES = re.compile(r"(?:[A-ZĐÀ-ỸƠƯ][\w.'’&-]*[\s,;–/-]*){1,8}(?:\s*\([^()]{2,60}\))?(?:\s*[-–]\s*[^.!?]{2,40})?")
_MAIL = re.compile(r"\S+@\S+")
_BESIDE = re.compile(
    r"\s*[|,–-]?\s*(?:\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.? \d{1,2},? \d{4}|\b\d{1,2}[/.-]\d{1,2}[/.-]\d{4}).*$",
    re.DOTALL,
)
_FOLLOW = re.compile(r"\s+(?:theo dõi|xem (?:thêm|các|tất cả)|liên hệ|follow|view all|contact)\b.*$", re.IGNORECASE | re.DOTALL)
_IN_BRACKETS = re.compile(r"(?<=\()\s+|\s+(?=\))")
_EDGES = " -–—|,;\xa0"
_AGENCIES = re.compile(
    r"(?:(?:TTXVN|Vietnam\+|VNA|Reuters|AFP|AP|TASS|RIA Novosti|Sputnik|Tân Hoa [Xx]ã|THX|Xinhua|Yonhap|Kyodo|NHK|Bloomberg|CNN|BBC|CNA|"
    r"DW|RT|Al Jazeera|Anadolu|PTI|UPI|dpa|EFE|ANSA|Ukrinform|Interfax)(?:\s*[/,;–-]\s*|\s+và\s+|$))+"
)
_NO_SOURCE = re.compile(r"^(?:tổng hợp|lược dịch|dịch|ảnh|thực hiện|ghi|bài và ảnh|video)\b", re.IGNORECASE)
_CREDIT = re.compile(
    r"(?:\b(?:nguồn ảnh|ảnh|đồ họa|đồ hoạ|video|clip|photo|image|courtesy of)"
    r"(?: minh họa| minh hoạ| tư liệu| cắt từ clip| chụp màn hình)?\s*[:/]\s*|\bphoto by\s+)([^:]{1,80}?)[\s.)\]]*$",
    re.IGNORECASE,
)


def take(found: list[Block]) -> tuple[list[Block], str | None]:
    """The blocks without a byline at their end, and that byline.

    It is one of the last two lines of text: short, no sentence, and set off as bylines are or saying "Theo ...".
    """
    places = [k for k, block in enumerate(found) if block.kind != "caption"][-2:]
    signed = [k for k in places[::-1] if _is_byline(found[k])]
    if not signed or len(found) < 2:
        return found, None
    lines = sorted(signed) if len(signed) == len(places) or signed[0] == places[-1] else signed[:1]
    if lines[-1] - lines[0] != len(lines) - 1:
        lines = lines[-1:]
    line = tidy(" ".join(found[k].text for k in lines))
    return [block for k, block in enumerate(found) if k not in lines], line


def _is_byline(block: Block) -> bool:
    text = block.text
    if len(text) > _LONGEST or text[-1] in "?!:;" or text[0] in "\"“'‘":
        return False
    if _THEO.match(text):
        return len(text) <= 60 and (text[-1] != "." or block.set_off)
    name = tidy(text) or ""
    return block.set_off and text[-1] != "." and bool(_NAMES.fullmatch(name) or _AGENCIES.fullmatch(name))


def tidy(text: str | None) -> str | None:
    """A byline without the words before it, addresses and times; None for nothing."""
    text = _IN_BRACKETS.sub("", _FOLLOW.sub("", _BESIDE.sub("", _MAIL.sub("", text or "")))).strip(_EDGES)
    text = _LEAD.sub("", text).strip(_EDGES)
    text = text[1:-1].strip() if re.fullmatch(r"\([^()]+\)", text) else text
    return text if 1 < len(text) <= 150 and re.search(r"\w", text) else None


def joined(author: str | None, source: str | None) -> str | None:
    """The author with the source in brackets, unless the byline names it already."""
    source = tidy(_THEO.sub("", source).strip("()[] ")) if source else None
    if not source or (author and source.lower() in author.lower()):
        return author
    return f"{author} ({source})" if author else source


def agency_of(author: str | None) -> str | None:
    """Whom a byline says that the story was taken from: the brackets behind a name, or all of a line "Theo ..."."""
    if not author:
        return None
    if _THEO.match(author):
        return _THEO.sub("", author).strip(" ()[].") or None
    if _AGENCIES.fullmatch(author):
        return author
    found = _BRACKETS.search(author)
    inside = _THEO.sub("", found[1]).strip() if found else ""
    return inside if inside and not _NO_SOURCE.match(inside) else None


def credit_of(caption: str) -> str | None:
    """Whose picture it is, by the end of its caption; None where it does not say."""
    found = _CREDIT.search(caption[-140:])
    return found[1].strip() if found else None
