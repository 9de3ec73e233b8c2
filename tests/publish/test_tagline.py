from __future__ import annotations

from typing import get_args

import pytest

from made import article, claim, item, money
from vientro.model.claim import Modality, Role, Source, Type
from vientro.model.ledger import Interval, Step, Stock, Sum
from vientro.publish.house import House
from vientro.publish.lines import Line, Witness, line_of
from vientro.publish.tagline import act, outlets, sentence

STORY = article("Na Uy giao 3 radar cho Moldova.", "2025-09-18", "Kyiv Báo")


def step(kind: str = "deliver", **slots: object) -> Step:
    given = {"actors": ("NO",), "recipients": ("MD",), "items": (Stock("radar", None, "radar", Interval(3, 3, 3)),), "date": "2025-09-17"}
    return Step("s-1", "d-1", ("c-1",), 1, type=kind, **(given | slots))


def line(of: Step, *claims: object) -> Line:
    told = claims or (claim(STORY, of.type),)
    return line_of(of, [Witness(one, STORY) for one in told], {})


def usd(low: float | None, best: float | None, high: float | None) -> tuple[Sum, ...]:
    return (Sum("USD", Interval(low, best, high), (), 1),)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (step(), "Na Uy bàn giao 3 radar cho Moldova"),
        (step("commit", items=(), sums=usd(2e9, 2e9, 2e9), support="military"), "Na Uy cam kết hỗ trợ quân sự 2 tỷ USD cho Moldova"),
        (step("commit", items=(), sums=usd(2e9, None, None)), "Na Uy cam kết hỗ trợ ít nhất 2 tỷ USD cho Moldova"),
        (step("commit", sums=usd(2e9, 2e9, 2e9)), "Na Uy cam kết cung cấp gói hỗ trợ trị giá 2 tỷ USD, gồm 3 radar cho Moldova"),
        (
            step("commit", items=(), mode="loan", sums=usd(None, None, 5e6)),
            "Na Uy cam kết cung cấp khoản vay tối đa 5 triệu USD cho Moldova",
        ),
        (step("deliver", actors=()), "Moldova tiếp nhận 3 radar"),
        (step("request", actors=("MD",), addressees=("NO",)), "Moldova đề nghị Na Uy cung cấp 3 radar"),
        (step("oppose", actors=("RU",), addressees=("NO",)), "Nga phản đối Na Uy cung cấp 3 radar cho Moldova"),
        (step("suspend"), "Na Uy đình chỉ việc cung cấp 3 radar cho Moldova"),
        (step("sanction", actors=("EU",), addressees=("RU",), recipients=(), items=()), "EU trừng phạt Nga"),
        (step("sanction", actors=("EU",), addressees=(), recipients=("RU",), items=()), "EU trừng phạt bên hỗ trợ Nga"),
        (step(modality="planned"), "Na Uy dự kiến bàn giao 3 radar cho Moldova"),
        (step(modality="alleged"), "Na Uy bị cáo buộc bàn giao 3 radar cho Moldova"),
        (step(modality="denied"), "Na Uy được nói là bàn giao 3 radar cho Moldova, điều đã bị bác bỏ"),
    ],
)
def test_an_act_is_a_sentence_of_a_paper(made, said):
    assert act(made, "vi") == said


def test_an_english_verb_has_the_form_that_its_modality_asks_for():
    assert act(step(), "en") == "Norway delivered 3 radars to Moldova"
    assert act(step(modality="planned"), "en") == "Norway will deliver 3 radars to Moldova"


@pytest.mark.parametrize("kind", get_args(Type))
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_kind_of_act_can_be_told_however_little_is_known_of_it(kind, lang):
    for modality in get_args(Modality):
        for made in (step(kind, modality=modality), step(kind, modality=modality, actors=(), recipients=(), items=(), date=None)):
            said = sentence(line(made), lang)
            assert said.endswith(".")
            assert not set("{}[]<>|") & set(said)
            assert "  " not in said


def test_the_day_and_whoever_says_so_are_in_the_line_and_the_day_can_be_left_out():
    told = claim(STORY, "deliver", speaker="Jonas Vik")
    assert sentence(line(step(), told), "vi") == "Ngày 17/9/2025, Na Uy bàn giao 3 radar cho Moldova, theo Jonas Vik."
    assert sentence(line(step(), told), "vi", dated=False) == "Na Uy bàn giao 3 radar cho Moldova, theo Jonas Vik."


def test_nobody_is_the_source_of_what_he_does_himself():
    told = claim(STORY, "oppose", speaker="Hội X")
    assert sentence(line(step("oppose", actors=("Hội X",), date=None), told), "vi") == "Hội X phản đối cung cấp 3 radar cho Moldova."


def test_the_style_of_the_house_is_in_the_line_and_not_in_the_names_of_papers():
    house = House({"MD": "Môn-đô-va"}, {"radar": "ra-đa", "Kyiv": "Kiev"}, "dd/mm/yyyy")
    told = claim(STORY, "deliver", chain=(Source("Kyiv Independent", None, "outlet"),), speaker="thị trưởng Kyiv")
    made = line(step(), told)
    assert sentence(made, "vi", house) == "Ngày 17/09/2025, Na Uy bàn giao 3 ra-đa cho Môn-đô-va, theo Kyiv Independent ← thị trưởng Kiev."
    assert outlets(made) == [("Kyiv Báo", "")]


def test_what_an_article_says_cannot_steer_the_line():
    evil = (Stock("other", None, "hộp\u202e\x1b[31m\n{who} [x]", None),)
    said = sentence(line(step(items=evil), claim(STORY, "deliver", speaker=Role("A\x00B").value)), "vi")
    assert all(sign.isprintable() for sign in said)
    assert "{who} [x]" in said


def test_many_parties_are_counted():
    made = step(actors=("DE", "FR", "NO", "GB", "IT", "ES"))
    assert act(made, "vi") == "Đức, Pháp, Na Uy và 3 bên khác bàn giao 3 radar cho Moldova"


def test_claims_need_no_items():
    told = claim(STORY, "deliver", items=(item("radar", "radar", value=3),), amounts=(money(1),))
    assert sentence(line(step(), told), "vi")
