"""The index of words: as they are written, and without marks ("viện trợ" and "vien tro"). The same finds in SQLite and PostgreSQL.

SQLite keeps it in FTS5, PostgreSQL in two tsvectors. Words are cut here and not there, so that both have the same ones. Only numbers
of articles and words are kept, no text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sqlalchemy import text

from vientro.model.article import Span
from vientro.model.errors import InputError
from vientro.reading.text import fold, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

_WORD = re.compile(r"\w+")
_LONGEST_TEXT, _LONGEST_WORD = 200_000, 64  # characters; what lies beyond is not found
_LAST_PLACE = 16_383  # of a tsvector
_PART = re.compile(r'"([^"]*)"|([^\s"]+)')
_NEWEST = """
    SELECT articles.id FROM articles
    JOIN latest ON latest.article = articles.id JOIN readings ON readings.number = latest.reading
    WHERE articles.number IN ({having})
    ORDER BY coalesce(readings.published, '') DESC, articles.id LIMIT :limit
"""


def words_of(text_: str) -> list[str]:
    """The words of a text as they are looked for: in NFC, with one placement of tone marks, in small letters."""
    return [word.lower()[:_LONGEST_WORD] for word in _WORD.findall(fold(text_[:_LONGEST_TEXT]).text)]


def create(connection: Connection) -> None:
    """Make the index anew, empty."""
    connection.execute(text("DROP TABLE IF EXISTS search"))
    if connection.dialect.name == "sqlite":
        connection.execute(text("CREATE VIRTUAL TABLE search USING fts5(marked, bare, content='', tokenize=\"ascii tokenchars '_'\")"))
    else:
        connection.execute(text("CREATE TABLE search (number BIGINT PRIMARY KEY, marked TSVECTOR NOT NULL, bare TSVECTOR NOT NULL)"))
        connection.execute(text("CREATE INDEX search_marked ON search USING gin (marked)"))
        connection.execute(text("CREATE INDEX search_bare ON search USING gin (bare)"))


def add(connection: Connection, articles: Iterable[tuple[int, str | None, str]]) -> None:
    """Put articles, each with its number, title and text, into the index."""
    rows = [_row(connection, *article) for article in articles]
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text("INSERT INTO search (rowid, marked, bare) VALUES (:number, :marked, :bare)"), rows)
    else:
        adding = "INSERT INTO search (number, marked, bare) VALUES (:number, CAST(:marked AS TSVECTOR), CAST(:bare AS TSVECTOR))"
        connection.execute(text(adding), rows)


def remove(connection: Connection, number: int, title: str | None, body: str) -> None:
    """Take an article out of the index; it must be given as it was put in."""
    if connection.dialect.name == "sqlite":
        row = _row(connection, number, title, body)
        connection.execute(text("INSERT INTO search (search, rowid, marked, bare) VALUES ('delete', :number, :marked, :bare)"), row)
        connection.execute(text("INSERT INTO search (search) VALUES ('optimize')"))  # until then the words lie in older segments
    else:
        connection.execute(text("DELETE FROM search WHERE number = :number"), {"number": number})


def _row(connection: Connection, number: int, title: str | None, body: str) -> dict[str, object]:
    marked = words_of(f"{title}\n{body}" if title and not body.startswith(title) else body)
    bare = [without_marks(word) for word in marked]
    if connection.dialect.name == "sqlite":
        return {"number": number, "marked": " ".join(marked), "bare": " ".join(bare)}
    return {"number": number, "marked": _vector(marked), "bare": _vector(bare)}


def _vector(words: Sequence[str]) -> str:
    """Words with their places, as PostgreSQL writes a tsvector. Words are of letters, digits and low lines: nothing to escape."""
    places: dict[str, list[int]] = {}
    for place, word in enumerate(words[:_LAST_PLACE], 1):
        places.setdefault(word, []).append(place)
    return " ".join(f"'{word}':{','.join(map(str, held[:255]))}" for word, held in places.items())


def find(connection: Connection, asked: str, limit: int) -> list[str]:
    """Ids of the articles that have all that is asked for: those that have the words in a row first, then the newest.

    Words in quotation marks stand in a row. A word with marks must be written so, one without is found with and without. Raises
    InputError where there is no word.
    """
    parts = [words_of(quoted or bare) for quoted, bare in _PART.findall(fold(asked).text)]
    parts = [part for part in parts if part]
    if not parts:
        raise InputError("search", "there is no word to look for", "Give one or more words, or several in quotation marks")
    found = dict.fromkeys(_ids(connection, [[word for part in parts for word in part]], limit))
    if len(found) < limit and len(parts) > 1:
        found |= dict.fromkeys(_ids(connection, parts, limit))
    return list(found)[:limit]


def hits(asked: str, body: str) -> list[Span]:
    """Where the words of a question stand in a text, in code points."""
    wanted = set(words_of(asked))
    bare = {word for word in wanted if without_marks(word) == word}
    folded, found = fold(body), list[Span]()
    for match in _WORD.finditer(folded.text):
        word = match[0].lower()
        if word in wanted or without_marks(word) in bare:
            found.append(Span(folded.raw(match.start()), folded.raw(match.end())))
    return found


def _ids(connection: Connection, parts: Sequence[Sequence[str]], limit: int) -> list[str]:
    columns = [("marked" if any(without_marks(word) != word for word in part) else "bare", part) for part in parts]
    if connection.dialect.name == "sqlite":
        having = "SELECT rowid FROM search WHERE search MATCH :p0"
        bound = {"p0": " AND ".join(f'{column} : "{" ".join(part)}"' for column, part in columns)}
    else:
        each = (f"{column} @@ CAST(:p{place} AS TSQUERY)" for place, (column, _) in enumerate(columns))
        having = f"SELECT number FROM search WHERE {' AND '.join(each)}"  # noqa: S608  places of above, no words
        bound = {f"p{place}": " <-> ".join(f"'{word}'" for word in part) for place, (_, part) in enumerate(columns)}
    wanted = text(_NEWEST.format(having=having))
    return list(connection.execute(wanted, bound | {"limit": limit}).scalars())
