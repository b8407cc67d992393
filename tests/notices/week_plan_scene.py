"""A leaders' week of the small cast, made of engagements by hand."""

from datetime import date, datetime

from notices.week_plan import Shown
from rules.engagement import Engagement, EngagementKind
from rules.roster import Official
from rules.week_plan import WeekPlan, leaders
from rules.working_days import Calendar
from tests.cast import Cast, beijing

MONDAY = date(2026, 11, 30)
FRIDAY = beijing("2026-11-27 16:00")


def engaged(
    official: Official,
    kind: EngagementKind,
    title: str,
    start: str,
    end: str,
    matter: str,
    place: str = "",
    *,
    firm: bool = True,
) -> Engagement:
    """One engagement, its hours on a Beijing clock."""
    return Engagement(official, kind, title, beijing(start), beijing(end), matter, place, firm)


def busy_week(cast: Cast) -> list[Engagement]:
    """A plenary, a trip, two events at once, one not decided yet, one of three days."""
    meeting, event, leave = EngagementKind.MEETING, EngagementKind.EVENT, EngagementKind.LEAVE
    everybody = leaders(cast.officials)
    return sorted(
        [
            *(
                engaged(
                    each,
                    meeting,
                    "第38次常务会议",
                    "2026-11-30 14:30",
                    "2026-11-30 17:00",
                    "meeting:3",
                    "三楼会议室",
                )
                for each in everybody
            ),
            engaged(cast.executive, leave, "出差", "2026-12-01 00:00", "2026-12-02 12:00", "leave:4", "济南"),
            engaged(
                cast.executive,
                event,
                "重点项目调研",
                "2026-12-02 09:00",
                "2026-12-02 11:00",
                "invitation:6",
                "经开区",
            ),
            engaged(
                cast.vice,
                event,
                "城市更新项目签约仪式",
                "2026-12-03 09:00",
                "2026-12-03 11:00",
                "invitation:7",
                "会展中心",
            ),
            engaged(
                cast.vice,
                meeting,
                "安全生产专题会议",
                "2026-12-03 10:00",
                "2026-12-03 11:30",
                "meeting:8",
                "二楼会议室",
            ),
            engaged(
                cast.vice,
                event,
                "银企座谈会",
                "2026-12-04 15:00",
                "2026-12-04 17:00",
                "invitation:9",
                "财政局",
                firm=False,
            ),
            engaged(
                cast.mayor,
                event,
                "全省招商推介活动",
                "2026-12-03 14:00",
                "2026-12-05 12:00",
                "invitation:10",
                "会展中心",
            ),
        ],
        key=lambda one: (one.start, one.end, one.official.id, one.matter),
    )


def shown(
    cast: Cast,
    reader: Official,
    engagements: list[Engagement],
    *,
    own: bool = False,
    now: datetime = FRIDAY,
    monday: date = MONDAY,
) -> Shown:
    """The plan as this reader sees it."""
    plan = WeekPlan(monday, leaders(cast.officials), engagements)
    return Shown(reader, plan.of(reader) if own else plan, Calendar(), now, own)
