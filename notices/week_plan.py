"""The leaders' week plan (领导周安排) as text: compact, a phone screen at a time.

What several leaders go to stands once, with their names; 🔴 marks who is to be in two places at once,
待定 who has not said yes. Why somebody is away is told to themselves and the office only.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, Final

from markupsafe import Markup, escape

from notices.notice import Attachment, Button, Notice, Rows, Urgency
from rules.dates.reading import Half, HalfDaySpan, month_day
from rules.engagement import Engagement, EngagementKind
from rules.roster import LEADERS, Official
from rules.text import flat
from rules.week_plan import Clash, Part, WeekPlan, knows_trip, monday_of
from rules.working_days import SHANGHAI, Calendar, shanghai_day

RED: Final = "🔴"
OPEN: Final = "待定"
NOTHING: Final = "目前没有会议、活动和外出。"
_LINES: Final = 22
"""Lines of one page: a phone screen with its heading and buttons."""
_CLASHES: Final = 4
_LONGEST: Final = 30


@dataclass(frozen=True)
class Shown:
    """A plan as one reader sees it. `own`: their own part only."""

    reader: Official
    plan: WeekPlan
    calendar: Calendar
    now: datetime
    own: bool = False

    @property
    def week(self) -> str:
        """本周, 下周, or nothing for another one."""
        this = monday_of(shanghai_day(self.now))
        return {this: "本周", this + timedelta(weeks=1): "下周"}.get(self.plan.monday, "")


# ---------------------------------------------------------------- the card


def text(shown: Shown, page: int = 0) -> Markup:
    """One page of the plan, the last one where there are not so many."""
    pages = _pages(shown)
    at = min(page, len(pages) - 1)
    return Markup("\n").join([*_head(shown, at, len(pages)), *pages[at]])


def buttons(shown: Shown, page: int, key: str) -> Rows:
    """[本周安排] [下周安排] [图]; a leader also [我的安排], or back from it [领导安排]; and the pages."""
    whose, pages = "own" if shown.own else "all", len(_pages(shown))
    at, monday = min(page, pages - 1), shown.plan.monday
    this = monday_of(shanghai_day(shown.now))
    weeks = [
        Button(label, f"plan:{whose}:{day:%Y%m%d}:0:{key}")
        for label, day in (("本周安排", this), ("下周安排", this + timedelta(weeks=1)))
    ]
    turning = [
        Button(label, f"plan:{whose}:{monday:%Y%m%d}:{other}:{key}")
        for label, other in (("上一页", at - 1), ("下一页", at + 1))
        if 0 <= other < pages
    ]
    last = [] if shown.own else [Button("图", f"plan:chart:{monday:%Y%m%d}")]
    if shown.reader.role in LEADERS:
        label, other_one = ("领导安排", "all") if shown.own else ("我的安排", "own")
        last.append(Button(label, f"plan:{other_one}:{monday:%Y%m%d}:0:{key}"))
    return tuple(tuple(row) for row in (weeks, turning, last) if row)


def opening(today: date) -> tuple[Button, ...]:
    """The two buttons under /board that open the plan."""
    this = monday_of(today)
    return tuple(
        Button(label, f"plan:open:{day:%Y%m%d}")
        for label, day in (("领导本周安排", this), ("领导下周安排", this + timedelta(weeks=1)))
    )


def card(shown: Shown) -> str:
    """The name of the card that goes out by itself: one for each reader and week."""
    return card_of(shown.reader, key_of(shown.plan.monday))


def card_of(reader: Official, key: str) -> str:
    """The name of one person's one card: a tap changes the message it is under, and no other."""
    return f"plan:{reader.id}:{key}"


def key_of(monday: date) -> str:
    """What tells the card of a Friday from those that were asked for."""
    return f"w{monday:%Y%m%d}"


def weekly(shown: Shown) -> Notice:
    """The card of a Friday: to the office all, to a leader their own; once a week."""
    return Notice(
        shown.reader,
        text(shown),
        buttons(shown, 0, key_of(shown.plan.monday)),
        subject=f"领导{shown.week}安排",
        card=card(shown),
        once=f"week_plan:{shown.plan.monday}:{shown.reader.id}",
    )


def asked_for(shown: Shown, key: str) -> Notice:
    """The card as it is opened from /board."""
    return Notice(
        shown.reader,
        text(shown),
        buttons(shown, 0, key),
        card=card_of(shown.reader, key),
        urgency=Urgency.ANSWER,
    )


def about(shown: Shown, leader: Official, span: HalfDaySpan) -> Notice:
    """What one leader has down in some half days, as it is asked for: 下周三上午区长有空吗."""
    plan = shown.plan.within(leader, span)
    asked = Shown(shown.reader, plan, shown.calendar, shown.now, own=True)
    days = [day for day in plan.days if span.start <= day <= span.end]
    lines = [(day, line) for day in days for line in _own_lines(asked, day)]
    halves = {Half.AM: "上午", Half.PM: "下午"}
    half = halves[span.start_half] if len(days) == 1 and span.start_half is span.end_half else ""
    last = f"至{_day(days[-1], shown.calendar, after=days[0])}" if len(days) > 1 else ""
    head = Markup("<b>{} · {}{}{}</b>").format(leader.titled, _day(days[0], shown.calendar), half, last)
    told = [Markup("{} {}").format(month_day(day), line) if len(days) > 1 else line for day, line in lines]
    return Notice(
        shown.reader,
        Markup("\n").join([head, *(told or [escape(NOTHING)])]),
        ((Button("看全周安排", f"plan:open:{plan.monday:%Y%m%d}"),),),
        urgency=Urgency.ANSWER,
    )


def drawn(to: Official, caption: Markup, drawing: Mapping[str, Any]) -> Notice:
    """The picture of a week, for whoever asks for it."""
    picture = Attachment("领导安排.png", photo=True, drawing=drawing)
    return Notice(to, caption, attachment=picture, urgency=Urgency.ANSWER)


# ---------------------------------------------------------------- the head


def title(shown: Shown) -> str:
    """领导下周安排 · 11月30日至12月6日; to a leader of their own 您下周的安排."""
    first, last = shown.plan.days[0], shown.plan.days[-1]
    year = f"{first.year}年" if first.year != shanghai_day(shown.now).year else ""
    name = f"您{shown.week}的安排" if shown.own else f"领导{shown.week}安排"
    return f"{name} · {year}{month_day(first)}至{month_day(last, after=first)}"


def state(shown: Shown) -> str:
    """截至11月27日16:00，冲突1处，待定2项。"""
    local, plan = shown.now.astimezone(SHANGHAI), shown.plan
    said = [f"截至{month_day(local.date())}{local:%H:%M}"]
    said += [f"冲突{len(plan.clashes)}处"] if plan.clashes else []
    said += [f"{OPEN}{plan.unsettled}项"] if plan.unsettled else []
    return "，".join(said) + "。"


def provisional(shown: Shown) -> str:
    """暂定：2027年放假安排尚未公布, where that may still change a day; else nothing."""
    awaited = next((year for day in shown.plan.days if (year := shown.calendar.awaits(day))), None)
    return f"暂定：{awaited}年放假安排尚未公布" if awaited else ""


def _head(shown: Shown, at: int, pages: int) -> Iterator[Markup]:
    yield Markup("<b>{}</b>").format(title(shown))
    page = f"第{at + 1}/{pages}页。" if pages > 1 else ""
    yield Markup("{}{}").format(state(shown), page)
    if awaited := provisional(shown):
        yield Markup("{}。").format(awaited)
    if at == 0:
        clashes = shown.plan.clashes
        for clash in clashes[:_CLASHES]:
            yield _clash(clash, shown)
        if len(clashes) > _CLASHES:
            yield Markup("……另有{}处冲突").format(len(clashes) - _CLASHES)


def _clash(clash: Clash, shown: Shown) -> Markup:
    """🔴 某某 12月1日（周二）10:00-11:00：常务会议、城市更新论坛."""
    start = max(clash.start, shown.plan.start)
    local = start.astimezone(SHANGHAI)
    end = clash.end.astimezone(SHANGHAI)
    until = f"-{end:%H:%M}" if end.date() == local.date() else "起"
    who = "" if shown.own else f"{clash.official.name} "
    return Markup("{} {}{}{}{}：{}、{}").format(
        RED,
        who,
        _day(local.date(), shown.calendar),
        f"{local:%H:%M}",
        until,
        _what(clash.first, shown.reader),
        _what(clash.second, shown.reader),
    )


# ---------------------------------------------------------------- the days


def _pages(shown: Shown) -> list[list[Markup]]:
    """The days in pages; a day is not torn apart unless it fills a page by itself."""
    pages: list[list[Markup]] = [[]]
    for heading, lines in _days(shown):
        if pages[-1] and len(pages[-1]) + 1 + len(lines) > _LINES:
            pages.append([])
        pages[-1].append(heading)
        for line in lines:
            if len(pages[-1]) >= _LINES:
                pages.append([heading])
            pages[-1].append(line)
    if not shown.plan.engagements:
        return [[Markup("{}").format(NOTHING)]]
    if shown.plan.idle and not shown.own:
        pages[-1].append(Markup("暂无安排：{}").format("、".join(one.name for one in shown.plan.idle)))
    return pages


def _days(shown: Shown) -> Iterator[tuple[Markup, list[Markup]]]:
    """Each day on which there is something, with its lines; days running on with the same stand together."""
    told = [
        (day, list(_own_lines(shown, day) if shown.own else _lines(shown, day))) for day in shown.plan.days
    ]
    for lines, run in groupby(told, lambda day: day[1]):
        days = [day for day, _ in run]
        if lines:
            first, last = days[0], days[-1]
            until = f"至{_day(last, shown.calendar, after=first)}" if last != first else ""
            yield Markup("<b>{}{}</b>").format(_day(first, shown.calendar), until), lines


def _lines(shown: Shown, day: date) -> Iterator[Markup]:
    """Who is away, then what there is, each with those who go."""
    parts = shown.plan.on(day)
    away = [part for part in parts if part.engagement.kind is EngagementKind.LEAVE]
    if away:
        in_order = sorted(away, key=lambda part: shown.plan.people.index(part.engagement.official))
        yield Markup("外出：{}").format("、".join(_away(part, shown) for part in in_order))
    others = [part for part in parts if part not in away]
    for _, group in groupby(sorted(others, key=_matter), _matter):
        going = list(group)
        yield Markup("{}：{}").format(_event(going[0]), _going(going, shown))


def _matter(part: Part) -> tuple[datetime, datetime, str, str, str]:
    each = part.engagement
    return part.start, part.end, each.matter, each.title, each.place


def _away(part: Part, shown: Shown) -> str:
    each = part.engagement
    mark = RED if shown.plan.clashing(part) else ""
    return f"{mark}{each.official.name}{_half(part)}{_trip(each, shown.reader)}"


def _trip(each: Engagement, reader: Official) -> str:
    """（出差，济南）, for those who may know it."""
    told = [word for word in (each.title, each.place) if word] if knows_trip(reader, each) else []
    return f"（{flat('，'.join(told), _LONGEST)}）" if told else ""


def _half(part: Part) -> str:
    if part.from_before and part.goes_on:
        return ""
    return str(Half.PM if part.goes_on else Half.AM)


def _event(part: Part) -> str:
    """09:00-11:30 常务会议，三楼会议室."""
    each = part.engagement
    where = f"，{each.place}" if each.place else ""
    return f"{hours(part)} {flat(each.title, _LONGEST)}{flat(where, _LONGEST)}"


def hours(part: Part) -> str:
    """09:00-11:30, 全天; of what takes several days 14:00起 or 至12:00."""
    if part.from_before and part.goes_on:
        return "全天"
    start, end = part.start.astimezone(SHANGHAI), part.end.astimezone(SHANGHAI)
    if part.goes_on and part.engagement.end > part.end:
        return f"{start:%H:%M}起"
    if part.from_before and part.engagement.start < part.start:
        return f"至{end:%H:%M}"
    return f"{start:%H:%M}-{end:%H:%M}"


def _going(parts: Sequence[Part], shown: Shown) -> str:
    """Names in the order of the board; 全体领导 where all go and none has to be marked."""
    in_order = sorted(parts, key=lambda part: shown.plan.people.index(part.engagement.official))
    red = [shown.plan.clashing(part) for part in in_order]
    undecided = [not part.engagement.firm for part in in_order]
    people = [part.engagement.official for part in in_order]
    alike = all(undecided) or not any(undecided)
    if alike and not any(red) and len(people) > 1 and people == list(shown.plan.people):
        return "全体领导" + (f"（{OPEN}）" if all(undecided) else "")
    marked = [
        f"{RED if clashes else ''}{one.name}" + (f"（{OPEN}）" if is_open and not alike else "")
        for one, clashes, is_open in zip(people, red, undecided, strict=True)
    ]
    each = "均" if len(marked) > 1 else ""
    return "、".join(marked) + (f"（{each}{OPEN}）" if all(undecided) else "")


def _own_lines(shown: Shown, day: date) -> Iterator[Markup]:
    for part in shown.plan.on(day):
        each = part.engagement
        mark = f"{RED} " if shown.plan.clashing(part) else ""
        if each.kind is EngagementKind.LEAVE:
            yield Markup("{}{} 外出{}").format(mark, _half(part) or "全天", _trip(each, shown.reader))
        else:
            yield Markup("{}{}{}").format(mark, _event(part), "" if each.firm else f"（{OPEN}）")


# ---------------------------------------------------------------- words


def _what(each: Engagement, reader: Official) -> str:
    if each.kind is EngagementKind.LEAVE:
        return f"外出{_trip(each, reader)}"
    return flat(each.title, _LONGEST)


def _day(day: date, calendar: Calendar, after: date | None = None) -> str:
    """12月1日（周二）; （周四元旦，暂定） where a coming notice may change it."""
    mark = "，暂定" if calendar.is_provisional(day) else ""
    return f"{month_day(day, after)}（{calendar.label(day)}{mark}）"
