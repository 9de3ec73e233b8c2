"""Claims in a notebook: a list that shows itself as a table, the evidence marked in its sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment

from vientro.publish import figures
from vientro.publish.dates import said
from vientro.publish.phrases import names
from vientro.publish.quote import quote
from vientro.publish.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from vientro.model.article import Article
    from vientro.model.claim import Claim
    from vientro.publish.words import Lang

_TABLE = """
<table><thead><tr>{% for name in heads %}<th style="text-align:left">{{ name }}</th>{% endfor %}</tr></thead><tbody>
{%- for row in rows %}
<tr>{% for cell in row.cells %}<td style="text-align:left;vertical-align:top">{{ cell }}</td>{% endfor -%}
<td style="text-align:left">
{%- for piece in row.pieces %}{% if piece.mark %}<mark>{{ piece.text }}</mark>{% else %}{{ piece.text }}{% endif %}{% endfor -%}
</td></tr>
{%- endfor %}
</tbody></table>"""


class Claims(list["Claim"]):
    """The claims of one article. `article` is what was read; the spans of the claims are places in `article.text`."""

    def __init__(self, claims: Iterable[Claim], article: Article, lang: Lang = "vi") -> None:
        super().__init__(claims)
        self.article, self.lang = article, lang

    def _repr_html_(self) -> str:
        heads = [word(f"column.{name}", self.lang) for name in ("when", "who", "what", "by", "words")]
        rows = [{"cells": self._cells(claim), "pieces": quote(self.article, claim)} for claim in self]
        return Environment(autoescape=True).from_string(_TABLE).render(heads=heads, rows=rows)

    def _cells(self, claim: Claim) -> tuple[str, ...]:
        lang = self.lang
        sums = [figures.item(item, lang) for item in claim.items] + [figures.money(money, lang) for money in claim.amounts]
        kind = word(f"type.{claim.type}", lang)
        roles = ([role.value for role in of_kind] for of_kind in (claim.actors, claim.recipients or claim.addressees))
        who = " → ".join(named for values in roles if (named := names(values, lang)))
        return said(claim.date, lang), who, f"{kind}: {'; '.join(sums)}" if sums else kind, claim.speaker.value if claim.speaker else ""
