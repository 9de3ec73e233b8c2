"""A made outlet: its feed and its stories as a server plays them, and what a collector needs to read them into a ledger."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import format_datetime
from typing import TYPE_CHECKING

from played import Answer, Clock, Web

from vientro.collect.archive import Archive
from vientro.collect.fetch import Fetcher, Limits
from vientro.collect.manners import Manners
from vientro.store.desk import Desk
from vientro.tasks.collecting import Tools

if TYPE_CHECKING:
    from datetime import datetime

    from vientro.pipeline import Stages
    from vientro.store.store import Store

HERE = "http://bao.example"
FEED = f"{HERE}/rss/the-gioi.rss"
_PLACES = ("Kharkov", "Odessa", "Lviv", "Poltava", "Sumy", "Chernihiv", "Dnipro", "Kherson", "Uman", "Rivne", "Lutsk")


def page(number: int, *, sum_: int | None = None, day: str = "2026-11-02", head: str = "", encoding: str = "utf-8") -> bytes:
    """A story of an outlet: title, lede and body, with a pledge in it that the stub of a reader finds."""
    place = _PLACES[number % len(_PLACES)]
    markup = f"""<!doctype html><html lang="vi"><head><meta charset="{encoding}"><title>Tin số {number} về {place}</title>{head}
<meta property="og:type" content="article"><meta property="og:site_name" content="Báo Mẫu">
<meta property="article:published_time" content="{day}T06:00:00+07:00"></head><body><article><h1>Tin số {number} về {place}</h1>
<p class="sapo">Các bên nói tình hình tại {place} đã có nhiều thay đổi trong tuần qua, theo bản tin số {number} của cơ quan báo chí.</p>
<p>Theo thông cáo ngày hôm qua, Đức cam kết cho Ukraine {sum_ or 100 + number} triệu euro để sửa chữa hạ tầng điện ở {place}.</p>
<p>Người phát ngôn nói khoản tiền thứ {number} sẽ được chuyển qua nhiều đợt và được kiểm toán độc lập hằng quý.</p>
<p>Chính quyền {place} hoan nghênh quyết định này và mong các nước khác cùng tham gia trong những tháng tới.</p>
</article></body></html>"""
    return markup.encode(encoding)


@dataclass
class Outlet:
    """The newest stories stand first in the feed, `window` of them; the feed answers 304 to whoever has seen it."""

    web: Web
    clock: Clock
    window: int = 12
    stories: list[tuple[int, datetime]] = field(default_factory=list)
    extra: str = ""

    def __post_init__(self) -> None:
        self.web.pages[FEED] = self.feed

    def publish(self, number: int) -> str:
        self.stories.insert(0, (number, self.clock.now()))
        url = f"{HERE}/tin-{number}.html"
        body = page(number, day=self.clock.now().date().isoformat())
        self.web.pages[url] = Answer(body)
        return url

    def feed(self, headers: dict[str, str]) -> Answer:
        rows = "".join(
            f"<item><title>Tin số {number}</title><link>{HERE}/tin-{number}.html?utm_source=rss</link>"
            f"<guid>{number}</guid><pubDate>{format_datetime(when)}</pubDate></item>"
            for number, when in self.stories[: self.window]
        )
        mark = f'"{len(self.stories)}-{len(self.extra)}"'
        if headers.get("if-none-match") == mark:
            return Answer(status=304, headers={"ETag": mark})
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Báo Mẫu</title>{rows}{self.extra}</channel></rss>'
        return Answer(body.encode(), headers={"Content-Type": "application/rss+xml", "ETag": mark})


def tools(web: Web, clock: Clock, store: Store, stages: Stages, folder: object, seconds: float = 0.4) -> Tools:
    fetcher = Fetcher(clock.now, web.network(), Limits(size=200_000, seconds=seconds))
    manners = Manners(fetcher, clock, delay=1.0)
    fetcher.permit = manners.permit
    return Tools(store, Desk(store), stages, fetcher, manners, Archive(folder), clock)
