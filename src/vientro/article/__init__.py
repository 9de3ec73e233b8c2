"""Pages, rows and files to articles."""

from vientro.article.page import extract

__all__ = ["extract"]
