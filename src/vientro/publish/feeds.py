"""A topic to take away: RSS 2.0, JSON Feed 1.1, and HTML to paste. Whatever articles say is text in each of them."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from vientro.publish.safe import printable
from vientro.publish.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from vientro.publish.topic import Topic
    from vientro.publish.topicpage import Shown

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WITHOUT_A_DAY = datetime(1970, 1, 1, tzinfo=UTC)


def rss(topic: Topic, lines: Iterable[Shown], base: str, newest: str | None) -> str:
    """The feed as RSS 2.0. `base` is the address of the server; the id of an item is that of its act, whatever the server is called."""
    home = f"{base}/topic/{topic.slug}"
    out = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:dcterms="http://purl.org/dc/terms/"><channel>',
        f"<title>{_xml(topic.name)}</title><link>{_xml(home)}</link><description>{_xml(topic.about or topic.name)}</description>",
        f"<language>{topic.lang}</language><atom:link href={quoteattr(home + '/feed.xml')} rel={quoteattr('self')} />",
    ]
    out += [f"<lastBuildDate>{_rfc(newest)}</lastBuildDate>"] if newest else []
    for line in lines:
        parts = [
            f"<title>{_xml(line.text)}</title><link>{_xml(base + line.path)}</link>",
            f'<guid isPermaLink="false">{_xml(_id(line))}</guid>',
            f"<description>{_xml(_html(line))}</description>",
        ]
        parts += [f"<pubDate>{_rfc(line.first)}</pubDate>"] if line.first else []
        parts += [f"<dcterms:modified>{_moment(line.changed).isoformat()}</dcterms:modified>"] if line.changed else []
        out.append(f"<item>{''.join(parts)}</item>")
    return "\n".join([*out, "</channel></rss>\n"])


def json_feed(topic: Topic, lines: Iterable[Shown], base: str) -> dict[str, Any]:
    """The feed as JSON Feed 1.1."""
    home = f"{base}/topic/{topic.slug}"
    items = []
    for line in lines:
        item = {
            "id": _id(line), "url": base + line.path, "title": line.text, "content_text": " ".join([line.text, *line.notes]),
            "content_html": _html(line), "tags": list(line.flags),
        }  # fmt: skip
        if line.first:
            item |= {"date_published": _moment(line.first).isoformat(), "date_modified": _moment(line.changed).isoformat()}
        items.append(item)
    return {
        "version": "https://jsonfeed.org/version/1.1", "title": topic.name, "home_page_url": home, "feed_url": f"{home}/feed.json",
        "description": topic.about or topic.name, "language": topic.lang, "items": items,
    }  # fmt: skip


def paste(topic: Topic, days: Sequence[tuple[str, Sequence[Shown]]], base: str) -> str:
    """HTML for a page of the outlet's own: headings, lists and links; nothing is loaded, and there is no script and no style.

    `days` are headings with the lines below them.
    """
    out = [f'<section class="vientro-topic" lang="{topic.lang}">', f"<h2>{_said(topic.name)}</h2>"]
    for heading, lines in days:
        out += [f"<h3>{_said(heading)}</h3>", "<ul>"]
        for line in lines:
            changed = f' data-changed="{escape(line.changed)}"' if line.changed else ""
            out.append(f'<li id="{escape(line.id)}"{changed}>{_html(line)}</li>')
        out.append("</ul>")
    note = _said(word("check.careful", topic.lang))
    return "\n".join([*out, f'<p><small>{note} <a href="{escape(base)}/topic/{topic.slug}">vientro</a></small></p>', "</section>\n"])


def _html(line: Shown) -> str:
    """A line as HTML: the sentence, the papers that it rests on, and what came since."""
    named = [f'<a href="{escape(url)}" rel="nofollow">{_said(name)}</a>' if url else _said(name) for name, url in line.sources]
    notes = "".join(f" <em>{_said(note)}</em>" for note in line.notes)
    return f"{_said(line.text)} ({', '.join(named)}){notes}" if named else _said(line.text) + notes


def _id(line: Shown) -> str:
    return f"urn:vientro:{line.id}"


def _xml(text: str) -> str:
    return xml(_NOT_XML.sub("", printable(text)))


def _said(text: str) -> str:
    return escape(printable(text))


def _rfc(when: str | None) -> str:
    return format_datetime(_moment(when or ""))


def _moment(when: str) -> datetime:
    """A day, or a moment with or without its place, as a moment; UTC where none is said."""
    try:
        found = datetime.fromisoformat(when)
    except ValueError:
        return _WITHOUT_A_DAY
    return found if found.tzinfo else found.replace(tzinfo=UTC)
