"""House style: how a newsroom writes names, words and dates in its own lines. What others said is never touched by it."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from vientro.model.errors import InputError
from vientro.publish import dates, words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from vientro.publish.words import Lang

_TOKENS = re.compile(r"yyyy|dd|d|mm|m|[-/. ]")
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_KEYS = {"date", "ty", "names", "words"}
_MEND = "docs/topics.md shows the form of a style.toml"


@dataclass(frozen=True)
class House:
    """`names` are by code, `words` are put one for the other, `date` is a form of a day such as "d/m/yyyy", "" for the usual one."""

    names: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)
    date: str = ""

    def name(self, code: str, lang: Lang) -> str:
        """How an actor is called."""
        return self.names.get(code) or words.name(code, lang)

    def styled(self, line: str) -> str:
        """A line in the words of the house. Each word is looked at once: what was put in is not changed again."""
        line = unicodedata.normalize("NFC", line)
        return self._pattern.sub(lambda found: self._forms[found[0]], line) if self._forms else line

    def day(self, edtf: str | None, lang: Lang) -> str:
        """A date in the form of the house; what is no single day is written as everywhere."""
        found = _DAY.fullmatch(edtf or "")
        if not self.date or not found:
            return dates.said(edtf, lang)
        year, month, day = found.groups()
        values = {"yyyy": year, "mm": month, "m": str(int(month)), "dd": day, "d": str(int(day))}
        return _TOKENS.sub(lambda token: values.get(token[0], token[0]), self.date)

    @cached_property
    def _forms(self) -> dict[str, str]:
        """The words as they may stand in a line: a word that is written small may begin one."""
        small = {old[:1].upper() + old[1:]: new[:1].upper() + new[1:] for old, new in self.words.items() if old[:1].islower()}
        return small | dict(self.words)

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._forms, key=lambda word: (-len(word), word))
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


PLAIN = House()


def parse(text: str, where: str) -> House:
    """The house style in the text of a TOML file; raises InputError, naming the file and the key, where it is none."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError(where, f"this is no TOML ({error})", _MEND) from None
    if unknown := sorted(given.keys() - _KEYS):
        raise InputError(where, f"there is no key {unknown[0]!r}", f"Keys: {', '.join(sorted(_KEYS))}. {_MEND}")
    form = _word(given.get("date", ""), f"{where}, date")
    if _TOKENS.sub("", form) or (form and not ("d" in form and "m" in form)):
        raise InputError(f"{where}, date", f"{form!r} is no form of a day", 'Give d or dd, m or mm and yyyy, like "d/m/yyyy"')
    own = _pairs(given, "words", where)
    if ty := _word(given.get("ty", ""), f"{where}, ty"):
        if ty not in ("tỉ", "tỷ"):
            raise InputError(f"{where}, ty", f"{ty!r} is not how a billion is written", 'Give "tỉ" or "tỷ"')
        own = {"tỷ" if ty == "tỉ" else "tỉ": ty} | own
    return House({_code(said, where): name for said, name in _pairs(given, "names", where).items()}, own, form)


def of_file(path: Path | None) -> House:
    """The house style in a file, the plain one where none is given; raises InputError as `parse`, and where there is no such text."""
    if path is None:
        return PLAIN
    try:
        return parse(path.read_text("utf-8"), str(path))
    except FileNotFoundError:
        raise InputError(str(path), "there is no such file", "Give the path of a style.toml (docs/topics.md)") from None
    except UnicodeDecodeError:
        raise InputError(str(path), "this is not text in UTF-8", "Save it as UTF-8") from None


def _code(said: str, where: str) -> str:
    code = words.code_of(said)
    if code is None:
        raise InputError(f"{where}, names", f"nobody is called {said!r}", "Give a code of src/vientro/lang/codes.txt, or a usual name")
    return code


def _pairs(given: Mapping[str, Any], key: str, where: str) -> dict[str, str]:
    table = given.get(key, {})
    if not isinstance(table, dict):
        raise InputError(f"{where}, {key}", "is no table", _MEND)
    return {_word(old, f"{where}, {key}"): _word(new, f"{where}, {key}") for old, new in table.items() if old.strip()}


def _word(value: object, where: str) -> str:
    if not isinstance(value, str):
        raise InputError(where, f"{value!r} is no text", _MEND)
    return unicodedata.normalize("NFC", value)
