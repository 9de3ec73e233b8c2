"""The body of a page as blocks: paragraphs, subheads and captions, without what stands between them and is no part of the story.

Everything is one walk over the elements, with a stack of its own: markup nested without end costs time in proportion, and no recursion.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from vientro.article.markup import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

    from selectolax.lexbor import LexborNode

_SILENT = frozenset(
    ("script", "style", "noscript", "template", "iframe", "svg", "button", "input", "select", "textarea", "option", "video", "audio",
     "object", "embed", "nav", "aside", "canvas", "map", "head"),
)  # fmt: skip
_INLINE = frozenset(
    ("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "label", "mark", "q", "s",
     "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong"))
_STYLED = _BOLD | {"em", "i"}
_BOXES = frozenset(("div", "section", "ul", "ol", "dl", "table", "blockquote", "article", "header", "footer"))
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.IGNORECASE)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:author|tacgia|tac-gia|source|nguon|signature|byline|pAuthor|pSource)", re.IGNORECASE)
_ALWAYS_CAPTIONS = frozenset(("figcaption", "caption"))

# A block that is nearly all links leads elsewhere, and so does a line that says so.
_LINKS_OF_A_BOX, _LINKS_OF_A_LINE = 0.7, 0.9
_LEADS_ON = re.compile(
    r"(?:[>»►▶→*•●■☞-]+\s*|\d+\.\s*)?(?:xem thêm|đọc thêm|tin liên quan|bài liên quan|tham khảo thêm|có thể bạn quan tâm|"
    r"mời (?:quý )?(?:bạn|độc giả|quý vị)[^.]{0,40}(?:đọc|xem|theo dõi)|read more|see also|related(?: news| stories| articles)?\b)|"
    r"(?:>{2,}|»|►|▶)\s*\S",
    re.IGNORECASE,
)
_NOTHING = re.compile(r"(?:quảng cáo|advertisement|chia sẻ|copy link|lưu bài viết|bình luận|[\W_]+)", re.IGNORECASE)
_LONGEST_LINK = 300
_LONGEST_HEADING = 200
_LONGEST_TABLE, _LONGEST_CELL = 2000, 400
_ALL = 0.98


@dataclass(frozen=True, slots=True)
class Block:
    """`set_off` says that it stands as bylines do: to the right, in a class that says so, or all in bold or italics."""

    kind: Literal["text", "heading", "row", "caption"]
    text: str
    set_off: bool = False


@dataclass(slots=True)
class _Line:
    """What has been read since the last block ended."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    bold: int = 0
    styled: int = 0
    size: int = 0
    image: bool = False
    under: bool = False  # an image stands alone right before
    breaks: int = 0


def blocks(body: LexborNode, drop: Iterable[str] = (), captions: Iterable[str] = ()) -> list[Block]:
    """The blocks of a body in its order, without what `drop` selects; what `captions` selects are captions."""
    gone = {node.mem_id for selector in drop for node in body.css(selector)}
    said = {node.mem_id for selector in captions for node in body.css(selector)}
    gone |= _aside(body, gone)
    return _Walk(gone, said).run(body)


def caption_of(node: LexborNode) -> str:
    """The caption that an element holds, on one line."""
    return " ".join(block.text for block in _Walk(set(), set()).run(node))


class _Walk:
    def __init__(self, gone: set[int], captions: set[int]) -> None:
        self.gone, self.captions = gone, captions
        self.line = _Line()
        self.found: list[Block] = []
        self.link = self.bold = self.styled = self.right = self.heading = 0

    def run(self, body: LexborNode) -> list[Block]:
        """Each element is come by twice: where it begins (its children are put on the stack) and where it ends."""
        stack: list[tuple[LexborNode, bool]] = [(child, False) for child in _children(body)]
        while stack:
            node, ends = stack.pop()
            tag = node.tag or ""
            if ends:
                self._leave(node, tag)
            elif tag == "-text":
                self._text(node.text_content or "")
            elif tag == "br":
                self._break()
            elif tag == "img":
                self.line.image = True
            elif self._speaks(node, tag) and not self._caption(node, tag) and not self._table(node, tag):
                self._enter(node, tag)
                stack.append((node, True))
                stack.extend((child, False) for child in _children(node))
        self._flush()
        return self.found

    def _speaks(self, node: LexborNode, tag: str) -> bool:
        if tag.startswith("-") or tag in _SILENT or node.mem_id in self.gone:
            return False
        return not hidden(node)

    def _enter(self, node: LexborNode, tag: str) -> None:
        if tag == "a":
            self.link += 1
        elif tag in _STYLED:
            self.styled += 1
            self.bold += tag in _BOLD
        elif tag not in _INLINE:
            self._flush()
            self.right += set_off(node)
            self.heading += tag in _HEADINGS

    def _leave(self, node: LexborNode, tag: str) -> None:
        if tag == "a":
            self.link -= 1
        elif tag in _STYLED:
            self.styled -= 1
            self.bold -= tag in _BOLD
        elif tag not in _INLINE:
            self._flush()
            self.right -= set_off(node)
            self.heading -= tag in _HEADINGS

    def _text(self, text: str) -> None:
        size = len("".join(text.split()))
        if size:
            self.line.breaks = 0
            self.line.size += size
            self.line.linked += size if self.link else 0
            self.line.bold += size if self.bold else 0
            self.line.styled += size if self.styled else 0
        self.line.parts.append(text)

    def _break(self) -> None:
        """One break is a space; two end a paragraph, as older editors wrote them."""
        self.line.breaks += 1
        if self.line.breaks > 1:
            self._flush()
        else:
            self.line.parts.append(" ")

    def _flush(self) -> None:
        line, self.line = self.line, _Line()
        text = clean("".join(line.parts))
        if not line.size or _NOTHING.fullmatch(text):
            self.line.under = line.image or line.under
            return
        if line.linked >= _LINKS_OF_A_LINE * line.size and len(text) < _LONGEST_LINK:
            return
        if line.linked and _LEADS_ON.match(text):
            return
        styled, bold = line.styled >= _ALL * line.size, line.bold >= _ALL * line.size
        ends = text[-1] in ".!?…:;,"
        if not self.heading and len(text) <= _LONGEST_LINK and ((line.image and not ends) or (line.under and styled and not bold)):
            self.found.append(Block("caption", text))
        elif len(text) <= _LONGEST_HEADING and (self.heading or (bold and not ends and not self.right)):
            self.found.append(Block("heading", text, styled or self.right > 0))
        else:
            self.found.append(Block("text", text, styled or self.right > 0))

    def _caption(self, node: LexborNode, tag: str) -> bool:
        if tag not in _ALWAYS_CAPTIONS and node.mem_id not in self.captions:
            return False
        self._flush()
        text = " ".join(block.text for block in _Walk(self.gone, set()).run(node))
        if text:
            self.found.append(Block("caption", text))
            self.line.under = False
        return True

    def _table(self, node: LexborNode, tag: str) -> bool:
        """A table of data is a line for each row; one around a picture holds its caption; others hold paragraphs."""
        if tag != "table":
            return False
        if node.css_first("table table, [class*=caption], figure") is not None:
            return False
        cells = [[cell for cell in _children(row)[::-1] if cell.tag in ("td", "th")] for row in node.css("tr")]
        if not cells:
            return False
        if node.css_first("img") is not None:
            return self._picture(cells)
        if len(cells) < 2 or max(map(len, cells)) < 2:
            return False
        if max(len(clean(cell.text(separator=" "))) for row in cells for cell in row) > _LONGEST_CELL:
            return False
        self._flush()
        for row in cells:
            texts = [clean(cell.text(separator=" ")) for cell in row]
            if any(texts):
                self.found.append(Block("row", " | ".join(texts)[:_LONGEST_TABLE]))
        return True

    def _picture(self, cells: list[list[LexborNode]]) -> bool:
        texts = [text for row in cells for cell in row if (text := caption_of(cell))]
        if not texts or sum(map(len, texts)) > _LONGEST_TABLE // 2 or len(texts) > len(cells):
            return not texts
        self._flush()
        self.found.extend(Block("caption", text) for text in texts)
        return True


def hidden(node: LexborNode) -> bool:
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))


def set_off(node: LexborNode) -> bool:
    """Whether an element stands as bylines do."""
    attributes = node.attributes
    if (attributes.get("align") or "").lower() == "right" or _RIGHT.search(attributes.get("style") or ""):
        return True
    return bool(_BYLINE.search(attributes.get("class") or ""))


def _children(node: LexborNode) -> list[LexborNode]:
    """The children, last first, as a stack wants them."""
    return list(node.iter(include_text=True))[::-1]


def _aside(body: LexborNode, gone: set[int]) -> set[int]:
    """The boxes that are nearly all links. One walk sums text and links of each element from its children's."""
    sums: dict[int, list[int]] = {body.mem_id: [0, 0]}
    boxes: set[int] = set()
    stack: list[tuple[LexborNode, int, int, bool]] = [(child, body.mem_id, 0, False) for child in _children(body)]
    while stack:
        node, above, linked, ends = stack.pop()
        tag = node.tag or ""
        if ends:
            size, links = sums[node.mem_id]
            sums[above][0] += size
            sums[above][1] += links
            if tag in _BOXES and size and links >= _LINKS_OF_A_BOX * size:
                boxes.add(node.mem_id)
        elif tag == "-text":
            size = len("".join((node.text_content or "").split()))
            sums[above][0] += size
            sums[above][1] += size if linked else 0
        elif not tag.startswith("-") and tag not in _SILENT and node.mem_id not in gone:
            sums[node.mem_id] = [0, 0]
            stack.append((node, above, linked, True))
            inside = linked + (tag == "a")
            stack.extend((child, node.mem_id, inside, False) for child in _children(node))
    return boxes
