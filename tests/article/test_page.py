from __future__ import annotations

import io

import pytest
from selectolax.lexbor import LexborHTMLParser

from vientro.article import topic
from vientro.article.documents import documents
from vientro.model.article import Article, Reject

PARAGRAPHS = [
    "Bộ Quốc phòng Thụy Điển hôm 12/6 cho biết sẽ chuyển cho Ukraine mười khẩu lựu pháo tự hành Archer trong mùa thu năm nay.",
    "Gói viện trợ còn gồm đạn pháo, radar và phụ tùng, trị giá khoảng ba tỷ kronor, theo thông cáo của chính phủ ở Stockholm.",
    "Kiev đã nhiều lần đề nghị các nước Bắc Âu gửi thêm pháo tầm xa để đối phó các đợt tiến công ở miền đông đất nước.",
]
LEDE = "Stockholm công bố gói viện trợ quân sự lớn nhất từ trước đến nay dành cho Kiev, trọng tâm là pháo tự hành."
ARTICLE = f"""<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>Thụy Điển gửi pháo Archer - Báo Thử</title>
<meta property="og:site_name" content="Báo Thử"><link rel="canonical" href="https://bao.example/thuy-dien.html">
<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Th&#7909;y Điển gửi pháo Archer cho Ukraine",
"datePublished": "2024-06-12T08:30:00 +07:00", "publisher": {{"name": "Báo Thử"}}}}</script></head>
<body><nav><a href="/">Trang chủ</a></nav><article><h1>Thụy Điển gửi pháo Archer cho Ukraine</h1><h2 class="sapo">{LEDE}</h2>
<p>{PARAGRAPHS[0]}</p><figure><img src="a.jpg"><figcaption>Pháo Archer trong một cuộc diễn tập. Ảnh: TT</figcaption></figure>
<p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></article><footer>Bản quyền</footer></body></html>"""


def read(markup: str | bytes) -> Article | Reject:
    data = markup.encode() if isinstance(markup, str) else markup
    [found] = documents("p.html", io.BufferedReader(io.BytesIO(data)))
    return found


def test_an_article_page_gives_title_lede_body_captions_day_and_outlet():
    article = read(ARTICLE)
    assert isinstance(article, Article)
    assert article.title == "Thụy Điển gửi pháo Archer cho Ukraine"
    assert article.published == "2024-06-12T08:30:00+07:00"
    assert (article.outlet, article.url) == ("Báo Thử", "https://bao.example/thuy-dien.html")
    zones = {zone.kind: zone.span.of(article.text) for zone in article.zones}
    assert zones["lede"] == LEDE
    assert zones["caption"] == "Pháo Archer trong một cuộc diễn tập. Ảnh: TT"
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert "Bản quyền" not in article.text


def test_a_page_in_the_encoding_that_it_names():
    article = read(ARTICLE.replace("utf-8", "utf-16").encode("utf-16"))
    assert isinstance(article, Article)
    assert article.title == "Thụy Điển gửi pháo Archer cho Ukraine"


def test_a_topic_page_gives_its_stories_as_entries():
    stories = "".join(
        f'<div class="story"><h3><a href="/{i}.html">Tin viện trợ quân sự số {i} cho Ukraine</a></h3><p>{p} ({i})</p></div>'
        for i, p in enumerate(PARAGRAPHS * 3)
    )
    article = read(f"<html><head><title>Viện trợ</title></head><body><h1>Viện trợ</h1>{stories}</body></html>")
    assert isinstance(article, Article)
    entries = [zone.span.of(article.text) for zone in article.zones if zone.kind == "entry"]
    assert len(entries) == 9
    assert entries[4] == f"Tin viện trợ quân sự số 4 cho Ukraine\n{PARAGRAPHS[1]} (4)"
    assert article.published is None


def test_vientros_own_report_is_no_source():
    found = read('<html><head><meta name="generator" content="vientro 0.1"></head><body><p>' + PARAGRAPHS[0] + "</p></body></html>")
    assert isinstance(found, Reject)


def test_a_page_with_broken_markup_and_linked_data_is_still_read():
    broken = ARTICLE.replace('{"@type"', '{{{"@type"').replace("</p>", "").replace("</html>", "<div " * 2000)
    assert isinstance(read(broken), Article)


@pytest.mark.parametrize("name", ["undefined", "punycode", "unicode_escape", "utf-7", "idna", "utf-16", "no-such-thing"])
def test_an_encoding_that_no_page_may_choose_is_passed_over(name):
    article = read(ARTICLE.replace('charset="utf-8"', f'charset="{name}"'))
    assert isinstance(article, Article)
    assert article.title == "Thụy Điển gửi pháo Archer cho Ukraine"


def test_a_page_in_an_older_encoding():
    markup = ARTICLE.encode("ascii", "xmlcharrefreplace").replace(b'"utf-8"', b'"ISO-8859-1"').replace(b"Trang", b"\x93caf\xe9\x94")
    assert isinstance(read(markup), Article)


def test_a_topic_page_is_searched_in_linear_time():
    story = f'<div class="s"><h3><a href="/{{}}.html">Tin viện trợ quân sự số {{}} cho Ukraine</a></h3><p>{LEDE}</p></div>'
    wide = "".join(story.format(i, i) for i in range(3 * topic.MOST))
    deep = "".join(f'<div><h3><a href="/{i}">Tin viện trợ quân sự cho Ukraine</a></h3>' for i in range(2000)) + "<p>ngắn</p>" * 50_000
    assert len(topic.entries(LexborHTMLParser(f"<body>{wide}</body>"))) == topic.MOST
    assert all(lede == "" for _, lede in topic.entries(LexborHTMLParser(f"<body>{deep}</body>")))


def test_parts_beside_the_page_that_hold_one_another_are_left_out():
    nested = (
        "<header><h1>Viện trợ</h1><nav><nav><footer><h3><a href='/a'>Không phải tin của trang này</a></h3></footer></nav></nav></header>"
        * 50
    )
    story = f'<div><h3><a href="/1.html">Tin viện trợ quân sự số 1 cho Ukraine</a></h3><p>{LEDE}</p></div>'
    assert topic.entries(LexborHTMLParser(f"<body>{nested}{story}</body>")) == [("Tin viện trợ quân sự số 1 cho Ukraine", LEDE)]
