"""Pages that are no article, each told by its own reason; and articles that only look like one of them."""

from __future__ import annotations

import pytest

from vientro.article import extract, refusals
from vientro.article.page import LONGEST
from vientro.model.article import Article, Reject

LINE = "Đoàn xe chở lương thực đã qua cửa khẩu lúc trời gần sáng, người lái xe nói họ sẽ quay lại trong tuần. "
STORY = f'<div class="detail-content afcbc-body">{f"<p>{LINE * 3}</p>" * 6}</div>'
LIVE = "".join(f"<p><b>{hour}:15</b> {LINE}</p>" for hour in range(8, 14))
LD = '<script type="application/ld+json">{}</script>'


def page(body: str, *, title: str = "Đoàn xe lương thực đã qua cửa khẩu", head: str = "") -> bytes:
    return f'<html lang="vi"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'.encode()


@pytest.mark.parametrize(
    ("data", "url", "reason"),
    [
        (page("<h1>404</h1><p>Không tìm thấy trang bạn yêu cầu.</p>", title="404 - Báo Thử"), None, refusals.ERROR),
        (page("<center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center>", title="502 Bad Gateway"), None, refusals.ERROR),
        (
            page("<div>Đường dẫn này không tồn tại hoặc đã bị xóa. <a href='/'>Về trang chủ</a></div>", title="Báo Thử"),
            None,
            refusals.ERROR,
        ),
        (
            page("<h1>Just a moment...</h1><p>Checking your browser before accessing the site.</p>", title="Just a moment..."),
            None,
            refusals.WALL,
        ),
        (
            page("<h2>We value your privacy</h2><button>Accept all cookies</button><p>We and our partners use cookies.</p>"),
            None,
            refusals.WALL,
        ),
        (page("<h1>Trước khi bạn tiếp tục</h1><p>Chúng tôi sử dụng cookie để đo lượt đọc.</p>"), None, refusals.WALL),
        (
            page(
                f'<h1>Bài dài</h1><div class="detail-content afcbc-body"><p>{LINE * 2}</p><p>Đăng nhập để đọc tiếp bài viết này.</p></div>'
            ),
            None,
            refusals.PAYWALL,
        ),
        (page(f'<h1>Bài dài</h1><div class="fck_detail"><p>{LINE * 2}</p></div><div class="box-paywall"></div>'), None, refusals.PAYWALL),
        (
            page(f'<div class="cms-body"><p>{LINE * 2}</p></div>', head=LD.format('{"@type":"NewsArticle","isAccessibleForFree":false}')),
            None,
            refusals.PAYWALL,
        ),
        (page(STORY, head=LD.format('{"@type":"LiveBlogPosting","headline":"x"}')), None, refusals.LIVE),
        (
            page(f'<h1>TRỰC TIẾP: Hội nghị tài trợ</h1><div class="afcbc-body">{LIVE}</div>', title="TRỰC TIẾP: Hội nghị"),
            None,
            refusals.LIVE,
        ),
        (page(f'<h1>Hội nghị</h1><div class="afcbc-body rolling-livestream">{LIVE}</div>'), None, refusals.LIVE),
        (
            page(f'<h1>Đoàn xe</h1><div class="fck_detail"><video></video><p>{LINE * 2}</p></div>'),
            "https://video.vnexpress.net/doan-xe-1.html",
            refusals.VIDEO,
        ),
        (page(f"<h1>Đoàn xe</h1><p>{LINE * 2}</p>", head=LD.format('{"@type":"VideoObject","name":"x"}')), None, refusals.VIDEO),
        (page(""), None, refusals.EMPTY),
        (b"<div>" * 100_000 + page(STORY), None, refusals.DENSE),
        (page(f"<p {' '.join(f'a{k}=1' for k in range(20_000))}>{LINE}</p>"), None, refusals.DENSE),
        (b"<p>" + b"a" * LONGEST, None, "longer than 5 MB"),
        (b"\x89PNG\r\n\x1a\n\0\0", None, "a binary file, not text"),
        (b"", None, refusals.EMPTY),
    ],
)
def test_what_is_no_article_is_refused_with_its_reason(data, url, reason):
    found = extract(data, url)
    assert isinstance(found, Reject)
    assert found.reason == reason


@pytest.mark.parametrize(
    "data",
    [
        page(f"<h1>500 xe tải chờ ở cửa khẩu</h1>{STORY}", title="500 xe tải chờ ở cửa khẩu"),
        page(f"<h1>Trang web của bộ không tồn tại</h1>{STORY}", title="Trang web của bộ không tồn tại"),
        page(f"<h1>Đoàn xe</h1>{STORY}<div class='cookie'>We use cookies. Accept all cookies</div>"),
        page(f"<h1>Đoàn xe</h1>{STORY}", head=LD.format('{"@type":"NewsArticle","isAccessibleForFree":"False"}')),
        page(f"<h1>Đoàn xe</h1>{STORY}<p>Đăng nhập để đọc tiếp các bài khác</p>"),
        page(f"<h1>Đoàn xe</h1><video></video>{STORY}", head=LD.format('{"@type":"VideoObject"}')),
        page(f"<h1>Trực tiếp nhận hàng, ông nói đã đủ</h1>{STORY}"),
    ],
)
def test_an_article_is_read_whatever_it_tells_of(data):
    found = extract(data)
    assert isinstance(found, Article)
    assert len(found.paragraphs) == 6


def test_a_short_article_under_a_banner_about_cookies_is_read():
    head = LD.format('{"@type":"NewsArticle","headline":"x","datePublished":"2026-02-03T04:05:06+07:00"}')
    found = extract(
        page(f'<h1>Đoàn xe đã qua</h1><div class="cms-body"><p>{LINE * 2}</p></div><p>Chúng tôi sử dụng cookie.</p>', head=head)
    )
    assert isinstance(found, Article)


def test_a_page_of_headline_and_lede_alone_is_kept():
    head = '<meta property="og:type" content="article"><meta property="article:published_time" content="2026-02-03T04:05:06+07:00">'
    found = extract(page(f'<h1>Đồ họa: hàng cứu trợ theo tháng</h1><h2 class="sapo">{LINE}</h2><img src="a.png">', head=head))
    assert isinstance(found, Article)
    assert (found.title, found.lede) == ("Đồ họa: hàng cứu trợ theo tháng", LINE.strip())
