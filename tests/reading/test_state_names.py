"""States and capitals under the spellings of the press: official, short, southern, hyphened and joined old transliterations."""

from __future__ import annotations

import pytest

from vientro.reading.actors import find_actors

STATES = {
    "AE": "UAE|Các Tiểu vương quốc Ả Rập Thống nhất|Các tiểu vương quốc Arab thống nhất|Các Tiểu vương quốc Ả-rập Thống nhất",
    "AF": "Afghanistan|Áp-ga-ni-xtan|Ápganixtan|A Phú Hãn",
    "AR": "Argentina|Ác-hen-ti-na|Áchentina|Á Căn Đình",
    "AU": "Úc|Australia|Ô-xtrây-li-a|Ôxtrâylia|Úc châu",
    "AZ": "Azerbaijan|A-déc-bai-gian|Adécbaigian",
    "BA": "Bosnia và Herzegovina|Bosnia|Bô-xni-a",
    "BR": "Brazil|Bra-xin|Braxin|Ba Tây",
    "BY": "Belarus|Bê-la-rút|Bêlarút|Bạch Nga",
    "CD": "CHDC Congo|Cộng hòa Dân chủ Congo|Cộng hòa dân chủ Công-gô",
    "CN": "Trung Quốc|CHND Trung Hoa|Cộng hòa Nhân dân Trung Hoa|Trung Hoa|TQ",
    "CZ": "Séc|CH Séc|Cộng hòa Séc|Czech|CH Czech|Tiệp",
    "DE": "Đức|CHLB Đức|Cộng hòa Liên bang Đức|Đức quốc",
    "EG": "Ai Cập|Ai-cập",
    "FR": "Pháp|Cộng hòa Pháp|Pháp quốc",
    "GB": "Anh|Anh quốc|Vương quốc Anh|Vương quốc Liên hiệp Anh và Bắc Ireland|Liên hiệp Anh",
    "GE": "Gruzia|Georgia|Gru-di-a|Grudia",
    "HU": "Hungary|Hung-ga-ri|Hunggari",
    "IL": "Israel|I-xra-en|Ixraen|nhà nước Do Thái",
    "IR": "Iran|I-ran|Cộng hòa Hồi giáo Iran",
    "IT": "Ý|Italy|Italia|I-ta-li-a|Cộng hòa Italia",
    "JP": "Nhật Bản|Nhật|Nhật bản",
    "KH": "Campuchia|Cam-pu-chia|Căm-pu-chia|Cao Miên",
    "KP": "Triều Tiên|CHDCND Triều Tiên|Bắc Triều Tiên|Bắc Hàn|Cộng hòa Dân chủ Nhân dân Triều Tiên",
    "KR": "Hàn Quốc|Hàn|Đại Hàn|Đại Hàn Dân quốc|Nam Hàn",
    "KW": "Kuwait|Cô-oét|Côoét",
    "KZ": "Kazakhstan|Ca-dắc-xtan|Cadắcxtan",
    "LB": "Liban|Lebanon|Li-băng|Li-ban",
    "LT": "Litva|Lithuania|Lít-va",
    "MM": "Myanmar|Miến Điện|Mi-an-ma|Mianma",
    "MX": "Mexico|Mê-hi-cô|Mê-xi-cô|Mễ Tây Cơ",
    "NG": "Nigeria|Ni-giê-ri-a|Nigiêria",
    "PH": "Philippines|Phi-líp-pin|Philippin|Phi Luật Tân",
    "PK": "Pakistan|Pa-ki-xtan|Pakixtan",
    "PL": "Ba Lan|Cộng hòa Ba Lan",
    "PS": "Palestine|Pa-le-xtin|Dải Gaza|Chính quyền Palestine",
    "RO": "Romania|Ru-ma-ni|Rumani|Ru-ma-ni-a",
    "RS": "Serbia|Xéc-bi-a|Xéc-bi",
    "RU": "Nga|LB Nga|Liên bang Nga|Nga La Tư",
    "SA": "Saudi Arabia|Ả Rập Xê Út|Ả-rập Xê-út|Arab Saudi|Ả Rập Saudi|Saudi",
    "SY": "Syria|Xi-ri|Xy-ri|Xyri",
    "TR": "Thổ Nhĩ Kỳ|Thổ Nhĩ Kì|Türkiye",
    "TW": "Đài Loan|Đài Loan (Trung Quốc)",
    "UA": "Ukraine|Ucraina|U-crai-na|Ucrain",
    "US": "Mỹ|Mĩ|Hoa Kỳ|Hoa Kì|Hợp chúng quốc Hoa Kỳ|USA",
    "VE": "Venezuela|Vê-nê-xu-ê-la|Vênêxuêla",
    "YE": "Yemen|Y-ê-men|Yêmen",
}
CAPITALS = {
    "AE": "Abu Dhabi",
    "AU": "Canberra",
    "BY": "Minsk|Min-xcơ",
    "CN": "Bắc Kinh",
    "DE": "Berlin|Béc-lin",
    "EU": "Brussels",
    "FR": "Paris|Pa-ri|Điện Elysee",
    "GB": "London|Luân Đôn|phố Downing",
    "IL": "Tel Aviv",
    "IN": "New Delhi|Niu Đê-li",
    "IR": "Tehran|Tê-hê-ran",
    "JP": "Tokyo|Tô-ky-ô",
    "KP": "Bình Nhưỡng",
    "KR": "Seoul|Xê-un",
    "PL": "Warsaw|Vác-sa-va",
    "RU": "Moscow|Moskva|Mát-xcơ-va|Mátxcơva|Matxcơva|Điện Kremlin",
    "SA": "Riyadh",
    "TR": "Ankara",
    "UA": "Kiev|Kyiv|Ki-ép|Kiép",
    "US": "Washington|Oa-sinh-tơn|Nhà Trắng|Lầu Năm Góc",
    "VN": "Hà Nội",
}


def spellings(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(code, name) for code, names in table.items() for name in names.split("|")]


@pytest.mark.parametrize("frame", ["Chính phủ {} gửi thêm máy bơm.", "Bà nói rằng {} đã gửi máy bơm.", "Theo đó, {} cam kết gửi máy bơm."])
@pytest.mark.parametrize(("code", "name"), spellings(STATES))
def test_a_state_is_known_by_every_spelling(code: str, name: str, frame: str) -> None:
    text = frame.format(name)
    start = frame.index("{}")
    assert [(a.code, a.stop) for a in find_actors(text) if a.start <= start < a.stop] == [(code, start + len(name))]


@pytest.mark.parametrize(("code", "name"), spellings(CAPITALS))
def test_a_capital_that_acts_is_its_state_and_one_that_is_a_place_is_none(code: str, name: str) -> None:
    assert [a.code for a in find_actors(f"Hôm sau, {name} tuyên bố sẽ xem xét.")] == [code]
    if not name.startswith(("Điện", "phố", "Nhà", "Lầu")):
        assert find_actors(f"Trời đổ mưa ở {name}.") == []


def test_a_short_name_counts_where_the_full_one_stands() -> None:
    assert [a.code for a in find_actors("Thổ Nhĩ Kỳ họp kín. Nga và Thổ đã ký.")] == ["TR", "RU", "TR"]
    assert find_actors("Chiếc khăn Thổ rất đẹp.") == []


def test_the_home_capital_is_mostly_a_city() -> None:
    assert find_actors("Hà Nội công bố lịch thi lớp 10.") == []
    assert [a.code for a in find_actors("Quan hệ giữa Hà Nội và Tokyo tốt đẹp.")] == ["VN", "JP"]
