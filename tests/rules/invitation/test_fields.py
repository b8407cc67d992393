"""When the event is, and who is invited, as people write it."""

import pytest

from rules.fields import Scene
from rules.forms import Values
from rules.invitation.fields import EndField, EventTime, EventTimeField, LeadersField, leaders
from rules.refused import Refused
from rules.settings import Settings
from rules.working_days import Calendar
from tests.cast import THURSDAY, Cast, beijing

CAST = Cast()
WHEN = EventTimeField("when", "时间")
WHO = LeadersField("asked", "领导", among=leaders)


def scene(**values: object) -> Scene:
    return Scene(THURSDAY, CAST.liaison, CAST.roster, Calendar(), Settings(), Values(values))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("12月10日 9:00", "2026-12-10 09:00", None),
        ("12月10日 9:00至11:00", "2026-12-10 09:00", "2026-12-10 11:00"),
        ("12月10日9:00-11:30", "2026-12-10 09:00", "2026-12-10 11:30"),
        ("12月10日下午2点至4点", "2026-12-10 14:00", "2026-12-10 16:00"),
        ("12月10日上午9点到下午5点", "2026-12-10 09:00", "2026-12-10 17:00"),
        ("12月10日 9:00至12月11日 17:00", "2026-12-10 09:00", "2026-12-11 17:00"),
        ("12月10日 22:00至次日1:00", "2026-12-10 22:00", "2026-12-11 01:00"),
        ("12月10日晚上8点到第二天凌晨1点半", "2026-12-10 20:00", "2026-12-11 01:30"),
    ],
)
def test_from_and_to(text: str, start: str, end: str | None) -> None:
    read = WHEN.read(text, scene())
    assert isinstance(read, EventTime)
    assert read == beijing(start)
    assert read.until == (beijing(end) if end else None)
    again = WHEN.unpack(WHEN.pack(read), scene())
    assert (again, again.until) == (read, read.until)


@pytest.mark.parametrize("text", ["12月10日 9:00至8:00", "12月10日下午2点至上午9点", "11月20日 9:00"])
def test_an_end_before_the_start_or_a_day_gone_by_is_refused(text: str) -> None:
    with pytest.raises(Refused):
        WHEN.read(text, scene())


def test_too_late_is_known_whenever_it_is_read() -> None:
    read = WHEN.read("12月2日 9:00", scene())
    assert isinstance(read, EventTime)
    assert read.late is not None
    assert WHEN.say(read, scene()) == "12月2日（周三）09:00（最迟应于11月25日(周三)报送，已晚）"


def test_what_was_to_be_completed_was_reported_when_first_sent_in() -> None:
    reported = {"at": beijing("2026-11-25 10:00").isoformat(), "day": "2026-12-02"}
    read = WHEN.read("12月2日 10:00", scene(reported=reported))
    assert isinstance(read, EventTime)
    assert read.late is None
    earlier = WHEN.read("12月1日 10:00", scene(reported=reported))
    assert isinstance(earlier, EventTime)
    assert earlier.late is not None


def test_an_end_alone() -> None:
    end, there = EndField("end", "结束"), scene(when=EventTime.of(beijing("2026-12-10 14:00")))
    assert end.read("16:30", there) == beijing("2026-12-10 16:30")
    assert end.read("4点", there) == beijing("2026-12-10 16:00")
    with pytest.raises(Refused, match="晚于开始"):
        end.read("12月9日 9:00", there)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("区长", ["赵天地"]),
        ("赵区长、孙副区长", ["赵天地", "孙宇宙"]),
        ("常务副区长", ["钱玄黄"]),
        ("孙宇宙", ["孙宇宙"]),
        ("请区政府安排", []),
        ("由办公室统一安排", []),
    ],
)
def test_leaders_by_name_or_post(text: str, names: list[str]) -> None:
    assert [one.name for one in WHO.read(text, scene())] == names


def test_only_leaders_are_invited_this_way() -> None:
    with pytest.raises(Refused, match="不在可选范围"):
        WHO.read("冯寒来", scene())
    assert WHO.say([], scene()) == "请区政府安排"
