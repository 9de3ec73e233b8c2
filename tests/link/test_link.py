"""Claims become origins, steps and deals: what belongs together, and that no order of arrival changes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from made import article, claim, item, money
from vientro.link import Index, Linker, link
from vientro.link.data import types
from vientro.link.features import features
from vientro.link.profile import profile, story
from vientro.link.weights import shipped

if TYPE_CHECKING:
    import random

    from vientro.model.article import Article
    from vientro.model.claim import Claim

RADARS = {"actors": "NO", "recipients": "MD", "support": "military"}


def pledge(outlet: str, text: str, published: str) -> tuple[Article, Claim]:
    made = article(text, published, outlet)
    radars = item("radar", "radar", value=8)
    return made, claim(made, "commit", modality="planned", items=(radars,), amounts=(money(900e6, "NOK"),), **RADARS)


def world() -> list[tuple[Article, Claim]]:
    """A pledge in three outlets, its first delivery, an objection to it, and two other stories."""
    told = [
        pledge("A", "Na Uy hứa chuyển 8 radar cho Moldova\nOslo cam kết 8 radar trị giá 900 triệu kroner cho Moldova.", "2024-04-08"),
        pledge("B", "Moldova sắp có 8 radar Na Uy\nNa Uy cam kết sẽ chuyển cho Moldova 8 radar tầm thấp.", "2024-04-08"),
        pledge("C", "Na Uy cấp 8 radar cho Moldova\nChính phủ Na Uy cam kết chuyển 8 radar cho Moldova.", "2024-04-09"),
    ]
    delivery = article("Na Uy giao 2 radar đầu tiên cho Moldova\nHai trong số 8 radar Na Uy hứa đã tới Moldova.", "2024-06-03")
    told.append((delivery, claim(delivery, "deliver", items=(item("radar", "radar", value=2, of=8),), **RADARS)))
    warning = article("Nga chỉ trích việc Na Uy chuyển radar cho Moldova\nĐại sứ Nga nói radar Na Uy gây bất ổn.", "2024-04-10")
    told.append((warning, claim(warning, "oppose", actors="RU", recipients="MD", addressees="NO", items=(item("radar", "radar"),))))
    rice = article("Nhật Bản tặng Lào 500 tấn gạo\nSố gạo dành cho vùng ngập lụt ở Khammouane.", "2024-04-09")
    told.append((rice, claim(rice, "deliver", actors="JP", recipients="LA", items=(item("food", "gạo", value=500, unit="tấn"),))))
    ban = article("EU thông qua gói trừng phạt thứ 14 nhằm vào Nga\nDanh sách thêm 116 cá nhân và tổ chức.", "2024-06-24")
    told.append((ban, claim(ban, "sanction", actors="EU", addressees="RU")))
    return told


def both(told: list[tuple[Article, Claim]]) -> tuple[list[Article], list[Claim]]:
    return [made for made, _ in told], [made for _, made in told]


def test_one_act_in_three_outlets_is_one_step_and_its_delivery_another_of_the_deal() -> None:
    told = world()
    links = {made.claim: made for made in link(*both(told))}
    pledges, delivery, warning, rice, ban = told[:3], *told[3:]
    steps = {links[made.id].step for _, made in pledges}
    deals = {links[made.id].deal for _, made in (*pledges, delivery, warning)}
    assert len(steps) == 1
    assert links[delivery[1].id].step not in steps
    assert len(deals) == 1
    assert not deals & {links[rice[1].id].deal, links[ban[1].id].deal}


def test_a_link_says_why() -> None:
    told = world()
    links = {made.claim: made for made in link(*both(told))}
    why = links[told[0][1].id].why
    assert any(reason.startswith("step of c-") and "amount same" in reason for reason in why)
    assert links[told[5][1].id].why == ()


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_articles_and_claims_changes_nothing(rng: random.Random) -> None:
    articles, claims = both(world())
    expected = link(articles, claims)
    rng.shuffle(articles)
    rng.shuffle(claims)
    assert link(articles, claims) == expected


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 4))
def test_what_grew_batch_by_batch_is_what_is_made_at_once(rng: random.Random, size: int) -> None:
    told = world()
    expected = link(*both(told))
    rng.shuffle(told)
    index, changed = Index(), {}
    for start in range(0, len(told), size):
        changed.update((made.claim, made) for made in index.add(*both(told[start : start + size])))
    assert index.links() == expected
    assert [changed[made.claim] for made in expected] == expected


@settings(max_examples=10, deadline=None)
@given(st.lists(st.sets(st.integers(0, 6)), min_size=2, max_size=4))
def test_a_linker_that_was_asked_before_says_what_a_new_one_says(asked: list[set[int]]) -> None:
    told, linker = world(), Linker()
    for places in asked:
        now = both([told[place] for place in sorted(places)])
        assert linker(*now) == link(*now)


def test_a_linker_sees_that_an_article_was_read_anew() -> None:
    told, linker = world(), Linker()
    linker(*both(told))
    made, _ = told[4]
    told[4] = made, claim(made, "oppose", "Đại sứ Nga nói radar Na Uy gây bất ổn", actors="RU", recipients="MD", addressees="NO")
    assert linker(*both(told)) == link(*both(told))


def test_an_article_read_anew_loses_its_old_claims() -> None:
    told = world()
    index = Index()
    index.add(*both(told))
    made, old = told[4]
    other = claim(made, "oppose", "Đại sứ Nga nói radar Na Uy gây bất ổn", actors="RU", recipients="MD", addressees="NO")
    index.add([made], [other])
    rest = [*told[:4], *told[5:], (made, other)]
    assert index.links() == link(*both(rest))
    assert old.id not in {found.claim for found in index.links()}


def test_sayings_of_one_person_on_one_day_are_one_origin() -> None:
    first = article("Ông Macron: Pháp sẽ giúp Ukraine sửa lưới điện\nTổng thống Pháp nói về lưới điện Ukraine.", "2024-04-08", "A")
    second = article("Pháp hứa hỗ trợ lưới điện Ukraine\nÔng Macron cho biết Pháp sẽ gửi máy biến áp cho lưới điện.", "2024-04-08", "B")
    later = article("Ông Macron nhắc lại lời hứa về lưới điện Ukraine\nPháp sẽ gửi máy biến áp, ông Macron nói.", "2024-05-20", "C")
    slots = {"actors": "FR", "recipients": "UA", "modality": "planned"}
    told = [
        (first, claim(first, "commit", speaker="Emmanuel Macron", **slots)),
        (second, claim(second, "commit", speaker="Macron", **slots)),
        (later, claim(later, "commit", speaker="Macron", **slots)),
    ]
    links = {made.claim: made for made in link(*both(told))}
    origins = [links[made.id].origin for _, made in told]
    assert origins[0] == origins[1] != origins[2]
    assert all(origin.startswith("u-") for origin in origins)


def test_agency_copy_is_one_origin_though_only_one_copy_names_the_speaker() -> None:
    body = (
        "Bộ trưởng Quốc phòng Litva chiều thứ Năm thông báo lô ba mươi xe bọc thép đã qua cửa khẩu Ba Lan để tới Ukraine, sớm hơn kế hoạch "
        "một tuần, và nói nước này còn chuẩn bị thêm phụ tùng cho những chiếc đã giao năm ngoái."
    )
    first = article(f"Litva giao 30 xe bọc thép cho Ukraine\n{body}", "2024-02-14", "A")
    second = article(f"Litva chuyển 30 xe bọc thép tới Ukraine\n{body}", "2024-02-14", "B")
    slots = {"actors": "LT", "recipients": "UA", "items": (item("armoured-vehicle", "xe bọc thép", value=30),)}
    told = [(first, claim(first, "deliver", speaker="Bộ trưởng Quốc phòng Litva", **slots)), (second, claim(second, "deliver", **slots))]
    links = link(*both(told))
    assert links[0].step == links[1].step
    assert links[0].origin == links[1].origin


def test_one_article_that_tells_an_act_twice_is_one_origin() -> None:
    made = article("Litva giao 30 xe bọc thép cho Ukraine\nBộ trưởng Quốc phòng Litva nói 30 xe bọc thép đã tới Ukraine.", "2024-02-14")
    slots = {"actors": "LT", "recipients": "UA", "items": (item("armoured-vehicle", "xe bọc thép", value=30),)}
    title = claim(made, "deliver", **slots)
    lede = claim(made, "deliver", "30 xe bọc thép đã tới Ukraine", speaker="Bộ trưởng Quốc phòng Litva", **slots)
    first, second = link([made], [title, lede])
    assert first.step == second.step
    assert first.origin == second.origin


def test_nothing_to_link_is_no_error() -> None:
    assert link([], []) == []
    assert link([article("Không có gì")], []) == []


def test_every_feature_has_a_weight_and_a_meaning() -> None:
    weights = shipped()
    profiles = []
    for made, one in world():
        profiles.append(profile(one, story(made)))
        profiles.append(profile(claim(made, "consult", modality="denied", speaker="Reuters", number=2), story(made)))
    named = {name for a in profiles for b in profiles if a.claim < b.claim for name in features(a, b, [a], [b])}
    assert named <= weights["step"].of.keys()


def test_every_type_has_a_row() -> None:
    from typing import get_args  # noqa: PLC0415

    from vientro.model.claim import Type  # noqa: PLC0415

    assert types().keys() == set(get_args(Type))
