"""How long the units have, as people write it; and what has to pass the legal review (art. 21, 24, 63)."""

import pytest

from handlers.countersign.form import bare
from rules.countersign.due import Limit
from rules.countersign.legal import Nature, demanded, worth_asking
from rules.fields import Scene
from rules.fields.limit import LimitField, limit_of, limit_words
from rules.refused import Refused
from rules.settings import Settings
from tests.cast import beijing
from tests.countersign_cast import CALENDAR, WEDNESDAY, CountersignCast

FIELD = LimitField("limit", "时限")


@pytest.fixture
def scene() -> Scene:
    cast = CountersignCast()
    return Scene(WEDNESDAY, cast.head_of(cast.housing), cast.roster, CALENDAR, Settings())


@pytest.mark.parametrize(
    ("written", "stored", "said", "limit"),
    [
        ("3", "3个工作日", "3个工作日", Limit(days=3)),
        ("５", "5个工作日", "5个工作日", Limit(days=5)),
        ("五个工作日内", "5个工作日", "5个工作日", Limit(days=5)),
        ("7天", "7个工作日", "7个工作日", Limit(days=7)),
        (
            "12月3日 14:30",
            "2026-12-03 14:30",
            "12月3日（周四）14:30前",
            Limit(until=beijing("2026-12-03 14:30")),
        ),
        ("12月3日", "2026-12-03 18:00", "12月3日（周四）18:00前", Limit(until=beijing("2026-12-03 18:00"))),
        (
            "今天下午5点",
            "2026-11-25 17:00",
            "11月25日（周三）17:00前",
            Limit(until=beijing("2026-11-25 17:00")),
        ),
    ],
)
def test_a_limit_as_people_write_it(scene: Scene, written: str, stored: str, said: str, limit: Limit) -> None:
    value = FIELD.read(written, scene)
    assert (value, FIELD.say(value, scene), limit_of(value)) == (stored, said, limit)
    assert FIELD.unpack(FIELD.pack(value), scene) == value
    assert limit_words(limit, 3) == stored


def test_without_a_limit_the_rules_number_is_offered_again() -> None:
    assert limit_words(Limit(), 3) == "3个工作日"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0", "时限至少1个工作日，至多60个工作日"),
        ("61", "时限至少1个工作日，至多60个工作日"),
        ("今天上午8点", "已经过去"),
        ("11月28日 9:00", "不是工作日，请另定"),
        ("尽快", "请写几个工作日，或者哪天几点之前"),
    ],
)
def test_what_is_no_limit(scene: Scene, written: str, said: str) -> None:
    with pytest.raises(Refused, match=said):
        FIELD.read(written, scene)


@pytest.mark.parametrize(
    ("title", "asked"),
    [
        ("城市更新管理办法", True),
        ("合同管理规定", True),
        ("战略合作协议", True),
        ("谅解备忘录", True),
        ("管网改造方案", False),
    ],
)
def test_what_sounds_like_law(title: str, asked: bool) -> None:
    assert worth_asking(title) is asked


def test_each_has_its_article() -> None:
    assert demanded(Nature.NORMATIVE, "司法局").endswith("（依据《工作规则》第二十一条）")
    assert demanded(Nature.CONTRACT, "司法局").endswith("（依据《工作规则》第二十四条）")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("《城市更新办法》", "城市更新办法"),
        ("关于《城市更新办法》的意见", "关于《城市更新办法》的意见"),
        ("《关于《城市更新办法》的通知》", "关于《城市更新办法》的通知"),
        ("《甲》和《乙》", "《甲》和《乙》"),
        ("《", "《"),
    ],
)
def test_the_cards_own_marks_are_not_part_of_the_title(written: str, title: str) -> None:
    assert bare(written) == title
