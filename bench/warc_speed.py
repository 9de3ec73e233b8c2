"""Pages a CPU-second of a WARC through `vientro add`, beside resiliparse alone, which only finds the text, over the same file in one run.

    python bench/warc_speed.py [PAGES]

The pages (5,000 if no number is given) are generated: an outlet's menu, scripts, related headlines, and a story of some 2,000 characters of
weather, roads and schools; in a second round one in fifty tells of support between states, and is read and linked as well. What the
lexicons take to load is told apart.
"""
# ruff: noqa: T201, S311  it prints what it measured; nothing here is secret

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from fastwarc.warc import ArchiveIterator, WarcRecordType
from resiliparse.extract.html2text import extract_plain_text

from vientro import pipeline
from vientro.collect import warc
from vientro.collect.fetch import Page
from vientro.collect.files import sources
from vientro.reading import glance
from vientro.store.store import Store

STORY = (
    "mưa nắng đường trường học sinh xe buýt cầu phường chợ lúa vườn sông hồ giá rau cá thịt nhà cửa hàng sách báo thợ xây máy cày "
    "ruộng đê kênh mùa gió bão lũ nước điện đèn phố quận huyện xã thôn làng bản đồi núi rừng biển đảo tàu ghe thuyền lưới"
)
TELLING = "Đức cam kết viện trợ cho Ukraine {} triệu euro để mua hệ thống phòng không, theo thông cáo của Bộ Quốc phòng Đức."
ITEM = '<li class="item"><a href="/muc-{0}.htm" title="Chuyên mục {0}"><span class="icon"></span>Mục {0}</a></li>'
MENU = "".join(ITEM.format(k) for k in range(60))
SCRIPT = "<script>" + "var a = {b: [1, 2, 3]}; function c(d) { return d * 2; }\n" * 300 + "</script>"


def page(number: int, seed: random.Random, one_in: int = 0) -> bytes:
    def sentence() -> str:
        return " ".join(seed.choices(STORY.split(), k=16)).capitalize() + "."

    told = [" ".join(sentence() for _ in range(3)) for _ in range(8)]
    if one_in and number % one_in == 0:
        told[2] = TELLING.format(100 + number)
    body = "".join(f'<p class="Normal">{text}</p>' for text in told)
    related = "".join(f'<div class="box"><h3><a href="/tin-{k}.html">{sentence()}</a></h3></div>' for k in range(20))
    return f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>{sentence()}</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2026-11-02T06:00:00+07:00">{SCRIPT}</head>
<body><nav><ul>{MENU}</ul></nav><article><h1>{sentence()}</h1><p class="description">{sentence()}</p>{body}</article>
<aside>{related}</aside><footer>{MENU}</footer>{SCRIPT}</body></html>""".encode()


def generate(path: Path, count: int, one_in: int = 0) -> None:
    seed = random.Random(7)
    with path.open("wb") as out:
        headers, day = (("content-type", "text/html; charset=utf-8"),), "2026-11-02T00:00:00Z"
        warc.write((Page("", f"https://bao.example/tin-{k}.html", 200, headers, page(k, seed, one_in), day) for k in range(count)), out)


def resiliparse(path: Path) -> int:
    count = 0
    with path.open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True):
            extract_plain_text(record.reader.read().decode("utf-8", "replace"), main_content=True)
            count += 1
    return count


def vientro(path: Path, db: Path) -> tuple[int, int]:
    with Store(db) as store:
        pipeline.run(sources([str(path)]), store, pipeline.shipped(), least=None, tell=lambda *_: None)
        return store.count(), len(store.rejects())


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    start = time.process_time()
    pipeline.read(TELLING.format(1), published="2026-11-02")
    glance.may_tell(TELLING)
    print(f"loading: {time.process_time() - start:.1f} CPU-seconds, once")
    for one_in in (0, 50):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.warc.gz"
            generate(path, count, one_in)
            start = time.process_time()
            resiliparse(path)
            peer = count / (time.process_time() - start)
            start = time.process_time()
            articles, rejects = vientro(path, Path(folder) / "x.db")
            ours = count / (time.process_time() - start)
        print(f"{count} pages, {f'one in {one_in} with a cue' if one_in else 'none with a cue'}:")
        print(f"  resiliparse alone {peer:6.0f} pages a CPU-second")
        print(f"  vientro add       {ours:6.0f} pages a CPU-second, {ours / peer:.2f} of it; {articles} articles, {rejects} passed over")


if __name__ == "__main__":
    main()
