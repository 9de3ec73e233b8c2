"""Periods by their names in the calendar: months, quarters, years, decades, centuries, seasons."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from vientro.reading import periods
from vientro.reading import timewords as words
from vientro.reading.timenumbers import numeric
from vientro.reading.timeparts import Page, Term, other_word, part_before, word_after, word_before, year_tail

_MONTH = re.compile(
    rf"tháng (?P<month>{words.MONTH})(?! lần )"
    r"(?:(?P<and> ?- ?| và |, ?| đến | tới | hoặc )(?:tháng )?(?P<high>\d{1,2})(?!\d|/\d{1,2}(?!\d)))?"
)
_QUARTER = re.compile(
    r"quý (?P<n>i{1,3}|iv|[1-4](?!\d)|một|hai|ba|tư|bốn|đầu|cuối)\b(?:(?: ?- ?| và | đến )(?:quý )?(?P<high>i{1,3}|iv|[1-4])\b)?"
)
_CENTURY = re.compile(r"thế k[ỷỉ] (?:thứ )?(?:(?P<n>\d{1,2}|[ivx]{1,5})\b|(?P<rel>này|trước|qua)\b(?! khi))")
_DECADE = re.compile(
    r"thập (?:niên|k[ỷỉ]) (?:những năm |của những năm )?(?P<n>(?:1[89]|20)\d0|[2-9]0)\b(?! (?:năm|người))"
    r"(?: của)?(?: thế k[ỷỉ](?: trước| 20| xx))?"
)
_WORDED = re.compile(rf"ngày (?:mồng |mùng )?(?P<day>{words.NUMBER})(?: tháng (?P<month>{words.MONTH}))(?! ngày)")
_TENS = re.compile(r"năm (?P<n>(?:1[89]|20)\d0|[2-9]0)\b(?: của)?(?: thế k[ỷỉ] (?:trước|20|xx))?")
_YEAR = re.compile(r"năm (?:tài kh[óo]a |tài khoá |tài chính |ngân sách |học |dương lịch )?(?:liên bang )?(?P<n>\d{4})(?![\w%]|[.,]\d)")
_NEAR_FISCAL = re.compile(
    r"(?:(?:năm )?tài khóa|năm tài chính|năm ngân sách) (?P<rel>này|trước|qua|vừa qua|tới|sau|tiếp theo|kế tiếp|hiện tại)\b(?! khi)"
)
_SEASON = re.compile(r"(?:mùa )?(?P<name>xuân|hè|hạ|thu|đông)\b(?! (?:ả rập|arab|praha|prague|hoạch|nhập|ngân|hút|mua))")
_SEASON_YEARS = re.compile(r"(?: năm)? (?P<a>\d{4}) ?[-/] ?(?P<b>\d{4}|\d\d)(?!\d)")
_OF_YEAR = re.compile(r" (?:của |trong )?(?P<year>năm (?:\d{4}\b|(?P<rel>nay|ngoái)\b))")
_AMERICA = r"(?:mỹ|hoa kỳ|washington|lầu năm góc|nhà trắng)\b"
_US = re.compile(rf"\b{_AMERICA}")
_OF = re.compile(rf"(?: \([^()]{{1,40}}\))? của (?:(?:[^\s.,;()]+ ){{0,3}}?(?P<us>{_AMERICA}))?|, (?P<then>{_AMERICA})")
_OF_FISCAL = re.compile(r" (?:của )?(?:(?:năm )?tài khóa|năm tài chính) (?P<n>20\d\d)(?![\w%/-]|[.,]\d)")
_FISCAL = re.compile(r"(?<!\w)(?:(?:năm )?tài (?:kh[óo]a|khoá)|năm tài chính|năm ngân sách)(?: liên bang)? $")
_MONTHS = re.compile(r"tháng (?P<all>\d{1,2}(?:, (?:tháng )?\d{1,2}){1,10}(?:,? và (?:tháng )?\d{1,2})?)(?![\d/]|[.,]\d)")
_NAMED_YEAR = re.compile(r" (?:nay|ngoái|tới|sau|trước|học|qua)\b")  # after "cuối năm"
_YEARS = re.compile(r"(?:, \d{4}){0,6}(?: và |, )(?:năm )?(?P<n>\d{4})(?![\w%]|[.,/]\d)")
_THEN_YEAR = re.compile(r",? năm (?:\d|nay|ngoái|tới|sau)|/")  # after "tháng năm", which is May then
_ORDINAL_DAY = re.compile(r"ngày (?P<end>đầu tiên|cuối cùng|đầu|cuối)(?: của| trong)? (?=tháng|năm|quý|tuần)")


def days_at(page: Page, start: int) -> Term | None:
    """ "cùng ngày", "ngày mười lăm tháng hai", "ngày đầu tiên của tháng 3"."""
    low = page.low
    if word_before(low, start) == "cùng":
        return Term(start - 5, start + 4, (None, None, None), (None, None, None), "same")
    ordinal = _ORDINAL_DAY.match(low, start)
    if ordinal and (prev := word_before(low, start)) not in {*words.VAGUE, "vài", "mấy"} and not _is_count(prev):
        rule = {"t": month_at, "n": year_at}.get(low[ordinal.end()])
        inner = rule(page, ordinal.end()) if rule and not low.startswith("tuần", ordinal.end()) else None
        if inner and inner.grain == "day" and inner.lo == inner.hi:
            return inner
    worded = _WORDED.match(low, start)
    if worded:
        day, month = int(words.NUMBERS[worded["day"]]), words.MONTHS.get(worded["month"]) or int(worded["month"])
        if periods.is_day(None, month, day):
            return year_tail(page, Term(start, worded.end(), (None, month, day), (None, month, day), "day"))
    return None


def month_at(page: Page, start: int) -> Term | None:
    low = page.low
    found = _MONTH.match(low, start)
    if not found:
        return None
    name = found["month"]
    month = words.MONTHS.get(name) or int(name)
    prev = word_before(low, start)
    if not 1 <= month <= 12:
        return None
    begin, part = part_before(page, start)
    stop = found.end("month")
    if name == "năm" and not page.text[found.start("month")].isupper() and not _THEN_YEAR.match(low[stop : stop + 10]):
        return None
    if name in words.MONTHS and (
        low.startswith((" lần", " bên"), stop) or (begin == start and (prev in words.NUMBERS or prev.isdigit()) and name != "tư")
    ):
        return None
    if begin == start and prev.isdigit() and re.match(r" ngày\b", low[stop : stop + 5]):
        return None
    lo, hi = periods.part_of_month(None, month, part)
    term = Term(begin, stop, lo, hi, "month" if part is None else "day" if lo == hi else "other")
    if prev == "các" and begin == start and (row := _MONTHS.match(low, start)):  # các tháng 6, 7 và 8
        months = [int(n) for n in re.findall(r"\d+", row["all"])]
        if months == list(range(month, month + len(months))) and months[-1] <= 12:
            return year_tail(page, Term(begin, row.end(), lo, (None, months[-1], None), "month", closed=True))
    if found["high"] and part is None and (last := int(found["high"])) <= 12 and last != month and _months_listed(page, found):
        term.stop, term.hi, term.closed = found.end(), (None, last, None), True
    term = year_tail(page, term)
    return None if term.lo[0] is None and prev in ("mạng", "rằm", "mỗi", "từng", "hàng", "hằng") else term


def _months_listed(page: Page, found: re.Match[str]) -> bool:
    """Whether a second number after a month is a month: "tháng 3 và 4/2022", not "tháng 3, 4 tàu"."""
    stop = found.end()
    if re.match(r" (?:ngày|tháng|năm)\b(?! \d{4}| nay| ngoái| tới| sau)", page.low[stop : stop + 16]) or (
        page.low[stop : stop + 1] in ".-" and page.low[stop + 1 : stop + 2].isdigit()
    ):
        return False
    if "tháng" in found[0][5:] or "-" in found["and"]:
        return True
    after = word_after(page.low, stop)
    return words.YEAR_TAIL.match(page.low, stop) is not None or (
        after not in words.UNITS and page.low[stop : stop + 1] in ("", ".", ",", ")", ";", "\n")
    )


def near_fiscal(page: Page, start: int) -> Term | None:
    """ "năm tài khóa này", "tài khóa tới": that of the US has begun in October."""
    near = _NEAR_FISCAL.match(page.low, start)
    if near is None or page.today is None:
        return None
    begin, part = part_before(page, start)
    prev = word_before(page.low, begin)
    if prev in words.VAGUE or _is_count(prev):
        return None
    american = _american(page.low, start, near.end())
    year = page.today.year + words.RELATIVE[near["rel"]] + (american and page.today.month >= 10)
    lo, hi = periods.american(year, part) if american else periods.part_of_year(year, part)
    return Term(begin, near.end(), lo, hi, "year" if lo == hi else "other")


def _is_count(word: str) -> bool:
    return word in words.NUMBERS or word.isdigit()


def months_of_year(page: Page, start: int, count: re.Match[str]) -> Term | None:
    """ "10 tháng năm 2025", "9 tháng của năm nay": the first months of a year."""
    found = _OF_YEAR.match(page.low, count.end())
    if count["unit"] != "tháng" or not found or count["high"] or not count["count"].isdigit() or page.text[found.start("year")].isupper():
        return None
    number = int(count["count"])
    year = year_at(page, found.start("year"))
    if year is None and page.today and found["rel"]:
        point = page.today.year - (found["rel"] == "ngoái"), None, None
        year = Term(found.start("year"), found.end(), point, point, "year")
    if year is None or year.grain != "year" or year.lo != year.hi or not 1 < number <= 12:
        return None
    return Term(start, year.stop, (year.lo[0], 1, None), (year.lo[0], number, None), "other", closed=True)


def year_at(page: Page, start: int) -> Term | None:
    low = page.low
    decade = _TENS.match(low, start)
    if decade and word_before(low, start) in ("những", "các"):
        begin, part = part_before(page, start - 6 if word_before(low, start) == "những" else start - 4)
        return Term(begin, decade.end(), *periods.span_of_years(_decade(decade["n"]), 10, part), "year")
    found = _YEAR.match(low, start)
    begin, part = part_before(page, start)
    if fiscal_near := near_fiscal(page, start):
        return fiscal_near
    if not found:
        if part and page.today is None and not _NAMED_YEAR.match(low, start + 3) and not other_word(page, start + 3, "năm"):
            return Term(begin, start + 3, *periods.part_of_year(None, part), "other")
        return None
    year = int(found["n"])
    if not 1000 <= year <= 2199:
        return None
    pos = found.start("n")
    term, _ = numeric(page, pos)
    if term and term.grain == "year" and term.lo != term.hi:
        return replace(term, start=start)
    if not 1900 <= year <= 2100 and word_after(low, found.end()) in words.UNITS:
        return None
    if low[found.end() : found.end() + 1] in "/-" and low[found.end() + 1 : found.end() + 2].isdigit():
        return None
    stop = found.end()
    listed = _YEARS.match(low, stop)
    if (
        listed
        and part is None
        and (other := int(listed["n"])) == year + 1 + listed[0].count(", ") * (" và " in listed[0])
        and word_after(low, listed.end()) not in words.UNITS
    ):
        return Term(start, listed.end(), (year, None, None), (other, None, None), "year", closed=True)
    fiscal = "khóa" in found[0] or "khoá" in found[0] or "ngân sách" in found[0] or "tài chính" in found[0]
    if fiscal and _american(low, start, stop):
        return Term(begin, stop, *periods.american(year, part), "other")
    lo, hi = periods.part_of_year(year, part)
    return Term(begin, stop, lo, hi, "year" if part is None else "day" if lo == hi else "other")


def year_words(page: Page, term: Term) -> Term:
    """ "cuối 2024", and "tài khóa 2024", which the US begin in October of the year before."""
    year, last = term.lo[0] or 0, term.hi[0] or 0
    base = max(0, term.start - 28)
    if fiscal := _FISCAL.search(page.low[base : term.start]):
        begin, part = part_before(page, base + fiscal.start())
        rule = periods.american if _american(page.low, term.start, term.stop) else periods.part_of_year
        lo, hi = rule(year, part) if year == last else (rule(year, None)[0], rule(last, None)[1])
        return replace(term, start=begin, lo=lo, hi=hi, grain="year" if lo == hi else "other")
    if term.lo != term.hi or term.lo[1]:
        return term
    begin, part = part_before(page, term.start)
    if part:
        lo, hi = periods.part_of_year(year, part)
        return replace(term, start=begin, lo=lo, hi=hi, grain="other")
    return term


def _american(low: str, start: int, stop: int) -> bool:
    """Whether a fiscal year is of the US: "của" or the subject behind it decides, else what stands before."""
    owner = _OF.match(low, stop)
    return bool(owner["us"] or owner["then"] if owner else _US.search(low, max(0, start - 60), start))


def _decade(name: str) -> int:
    return int(name) if len(name) == 4 else 1900 + int(name)


def quarter_at(page: Page, start: int) -> Term | None:
    found = _QUARTER.match(page.low, start)
    if not found:
        return None
    numbers = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "một": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "đầu": 1, "cuối": 4}
    n = numbers.get(found["n"]) or int(found["n"])
    begin, part = part_before(page, start)
    lo, hi = periods.quarter(None, n, part)
    stop = found.end("n")
    if found["n"] in ("đầu", "cuối"):
        prev = word_before(page.low, start)
        counted = prev in words.NUMBERS or prev.isdigit()  # "hai quý đầu năm" is of the year
        if counted or not page.low.startswith((" năm", " của năm"), stop):
            return None
    if found["high"]:
        hi, stop = periods.quarter(None, numbers.get(found["high"]) or int(found["high"]))[1], found.end()
    if fiscal := _OF_FISCAL.match(page.low, stop):
        lo, hi = periods.in_year((lo, hi), int(fiscal["n"]))
        if _american(page.low, start, fiscal.end()):
            lo, hi = periods.three_back(lo), periods.three_back(hi)
        return Term(begin, fiscal.end(), lo, hi, "other", closed=True)
    return year_tail(page, Term(begin, stop, lo, hi, "other", closed=bool(found["high"])))


def century_at(page: Page, start: int) -> Term | None:
    found = _CENTURY.match(page.low, start)
    if not found or (found["rel"] and (page.today is None or word_before(page.low, start) in words.NUMBERS)):  # not "nửa thế kỷ qua"
        return None
    begin, part = part_before(page, start)
    if found["rel"]:
        pair = periods.near(page.today or date.min, "thế", words.RELATIVE[found["rel"]], part)
        return Term(begin, found.end(), *pair, "year") if pair else None
    n = words.ROMAN.get(found["n"]) or (int(found["n"]) if found["n"].isdigit() else 0)
    return Term(begin, found.end(), *periods.span_of_years(100 * n - 99, 100, part), "year") if 1 <= n <= 30 else None


def decade_at(page: Page, start: int) -> Term | None:
    found = _DECADE.match(page.low, start)
    if not found:
        return None
    begin, part = part_before(page, start)
    return Term(begin, found.end(), *periods.span_of_years(_decade(found["n"]), 10, part), "year")


def season_at(page: Page, trigger: re.Match[str]) -> Term | None:
    low, start = page.low, trigger.start()
    found = _SEASON.match(low, start)
    if not found or word_before(low, start) in ("olympic", "olympics", "hội", "chợ"):
        return None
    begin, part = part_before(page, start)
    bare = trigger[0] not in ("mùa", "hè")  # "doanh thu 2024", "Trung Đông 2023"
    if bare and begin and low[begin - 1] != "\n" and low[begin - 2] not in ".;" and word_before(low, begin) not in words.SEASON_BEFORE:
        return None
    lo, hi = periods.season(None, found["name"], part)
    if (years := _SEASON_YEARS.match(low, found.end())) and int(years["b"][-2:]) == (int(years["a"]) + 1) % 100:
        return Term(begin, years.end(), *periods.season(int(years["a"]), found["name"], part), "other")
    term = year_tail(page, Term(begin, found.end(), lo, hi, "other"))
    if term.stop == found.end() and (
        trigger[0] == "hè" or (part is None and word_before(low, begin) not in words.SEASON_BEFORE and len(low) > found.end())
    ):
        return None
    return term
