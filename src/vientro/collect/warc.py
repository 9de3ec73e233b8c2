"""WARC files, those of Common Crawl News among them, to pages; and pages to a WARC file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecordType
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from vientro.collect.fetch import Fault, Page

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fastwarc.warc import WarcRecord

LONGEST = 5_000_000  # bytes of one page
_HTML = ("text/html", "application/xhtml+xml")


def pages(name: str, stream: BinaryIO) -> Iterator[tuple[Page | Fault, int]]:
    """The pages of a WARC file, plain or packed by record, each with how far the file is read.

    Records that are no answers in HTML with status 200 are passed over in silence, for a crawl holds many; those that are too long
    or broken are faults. A file that breaks off gives what came before.
    """
    number = 0
    try:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True, auto_decode="all", strict_mode=False):
            number += 1
            found = _page(record)
            if found:
                yield found, record.stream_pos
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001  a file from elsewhere breaks in more ways than its reader names
        yield Fault(f"{name}:{number + 1}", "broken WARC", type(error).__name__), 0


def _page(record: WarcRecord) -> Page | Fault | None:
    headers = record.http_headers
    if headers is None or headers.status_code != 200 or not (record.http_content_type or "").startswith(_HTML):
        return None
    address = record.headers.get("WARC-Target-URI", "") or ""
    address = address.strip("<>")
    try:
        body = record.reader.read(LONGEST + 1)
    except (OSError, ValueError) as error:
        return Fault(address, "broken packing", type(error).__name__)
    if len(body) > LONGEST:
        return Fault(address, "too large")
    told = tuple((name.lower(), value) for name, value in headers.astuples())
    return Page(address, address, 200, told, body, record.headers.get("WARC-Date", "") or "")


def write(pages: Iterable[Page], out: BinaryIO) -> int:
    """Write pages as a packed WARC 1.1 file; returns how many there were."""
    writer = WARCWriter(out, gzip=True, warc_version="1.1")
    count = 0
    for page in pages:
        # The bytes lie here unpacked and whole: headers that speak of how they travelled would be wrong.
        kept = [(name, value) for name, value in page.headers if name not in ("content-encoding", "transfer-encoding", "content-length")]
        headers = StatusAndHeaders("200 OK", [*kept, ("content-length", str(len(page.body)))], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            page.address,
            "response",
            payload=io.BytesIO(page.body),
            length=len(page.body),  # without it the writer keeps a copy in a file
            http_headers=headers,
            warc_headers_dict={"WARC-Date": page.fetched},
        )
        writer.write_record(record)
        count += 1
    return count
