"""The board (在岗) as text: who is away, until when, who acts; leaders first, a phone screen at a time.

The reason is shown to the applicant, to those who approve and to the office only.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from markupsafe import Markup

from notices.leave.words import acting_label
from notices.notice import Button, Rows
from notices.week_plan import opening
from rules.absence import StandIn
from rules.board import Absence, Days, View, Whereabouts, knows_reason, section, sees_all
from rules.dates.reading import Half, HalfDaySpan, month_day
from rules.leave.acting import needs_another
from rules.leave.matter import Leave
from rules.roster import LEADERS, Official, Roster
from rules.text import flat
from rules.working_days import SHANGHAI, Calendar, shanghai_day

_LINES: Final = 24
"""Lines of people on one page: a phone screen with its heading and buttons."""
_REASON: Final = 24
_SPOKEN: Final = {View.TODAY: "今天", View.WEEK: "本周", View.NEXT: "下周"}
_AT_WORK: Final = {View.TODAY: "今天", View.WEEK: "本周", View.NEXT: "下周目前"}


@dataclass(frozen=True)
class Board:
    """What one viewer may see of some days. `absences` are theirs to see, in order.

    `stand_ins` says who decides now in an absent person's place, by that person's id; `undecided` are the
    reports whose days have come without approval, as far as they are this viewer's to know.
    """

    viewer: Official
    days: Days
    absences: Sequence[Absence]
    roster: Roster
    calendar: Calendar
    now: datetime
    stand_ins: Mapping[int, StandIn]
    undecided: Sequence[Leave] = ()

    @property
    def today(self) -> date:
        """The Shanghai date it is asked on."""
        return shanghai_day(self.now)

    @property
    def away(self) -> Sequence[Absence]:
        """Of today those not back yet; of a week everybody who is away in it."""
        if self.days.view is View.TODAY:
            return [
                one for one in self.absences if one.whereabouts not in (Whereabouts.BACK, Whereabouts.OVER)
            ]
        return self.absences


def text(board: Board, page: int = 0) -> Markup:
    """One page of the board, the last one where there are not so many."""
    pages = _pages(board)
    at = min(page, len(pages) - 1)
    return Markup("\n").join(
        [*_head(board, at, len(pages)), *pages[at], *_undecided(board), *_back_today(board)]
    )


def buttons(board: Board, page: int, key: str) -> Rows:
    """[今天] [本周] [下周] [图], where the list is long the pages, and for who may see it the leaders' week.

    `key` tells one card from another.
    """
    view, pages = board.days.view, len(_pages(board))
    at = min(page, pages - 1)
    views = [Button(_SPOKEN[each], f"board:{each}:0:{key}") for each in View]
    turning = [
        Button(label, f"board:{view}:{other}:{key}")
        for label, other in (("上一页", at - 1), ("下一页", at + 1))
        if 0 <= other < pages
    ]
    leaders = opening(board.today) if sees_all(board.viewer) else ()
    rows = ((*views, Button("图", f"board:chart:{view}:{key}")), tuple(turning), leaders)
    return tuple(row for row in rows if row)


def title(board: Board) -> str:
    """在岗 · 财政局 · 今天 11月23日（周一）; the unit where the viewer sees that only."""
    days, calendar = board.days, board.calendar
    whose = [] if sees_all(board.viewer) else [board.viewer.unit.name]
    year = f"{days.first.year}年" if days.first.year != board.today.year else ""
    if days.view is View.TODAY:
        mark = "，暂定" if calendar.is_provisional(days.first) else ""
        dates = f"{month_day(days.first)}（{calendar.label(days.first)}{mark}）"
    else:
        dates = f"{year}{month_day(days.first)}至{month_day(days.last, after=days.first)}"
    return " · ".join(["在岗", *whose, f"{_SPOKEN[days.view]} {dates}"])


def as_of(board: Board) -> str:
    """截至11月23日09:30: a card is not kept up to date by itself."""
    local = board.now.astimezone(SHANGHAI)
    return f"截至{month_day(local.date())}{local:%H:%M}"


# ---------------------------------------------------------------- the parts


def _head(board: Board, at: int, pages: int) -> Iterator[Markup]:
    yield Markup("<b>{}</b>").format(title(board))
    if special := special_days(board):
        yield Markup("{}").format(special)
    people = dict.fromkeys(one.official for one in board.away)
    count = f"外出{len(people)}人" if people else f"{_AT_WORK[board.days.view]}无人外出"
    page = f"，第{at + 1}/{pages}页" if pages > 1 else ""
    yield Markup("{}，{}{}。").format(as_of(board), count, page)
    if sees_all(board.viewer) and board.days.view is View.TODAY and at == 0:
        yield Markup("{}").format(_leaders(board, people))


def _leaders(board: Board, away: Iterable[Official]) -> str:
    leaders = board.roster.with_role(*LEADERS)
    absent = len([one for one in away if one in leaders])
    at_hand = f"在岗{len(leaders) - absent}位" if absent else "全部在岗"
    return f"区政府领导{len(leaders)}位，{at_hand}。"


def special_days(board: Board) -> str:
    """Days off that are no plain weekend, and days made up: 1日至3日国庆节放假，10日（周六）补班（暂定）."""
    if board.days.view is View.TODAY:
        return ""
    calendar, said = board.calendar, []
    for name, days in groupby(board.days.each, calendar.name_of):
        run = list(days)
        if name == "补班":
            said += [f"{day.day}日（{calendar.label(day)}）" for day in run]
        elif not name.startswith("周"):
            until = f"至{run[-1].day}日" if len(run) > 1 else ""
            said.append(f"{run[0].day}日{until}{name.removesuffix('放假')}放假")
    if awaited := provisional(board):
        said.append(awaited)
    return "；".join(said) + "。" if said else ""


def provisional(board: Board) -> str:
    """暂定：2027年放假安排尚未公布, where that may still change a day; else nothing."""
    awaited = next((year for day in board.days.each if (year := board.calendar.awaits(day))), None)
    return f"暂定：{awaited}年放假安排尚未公布" if awaited else ""


def _pages(board: Board) -> list[list[Markup]]:
    """The people in pages, each page with the headings of its own."""
    pages: list[list[Markup]] = [[]]
    heading = ""
    for one in board.away:
        block, here = list(_person(board, one)), section(one.official)
        page = pages[-1]
        if page and len(page) + len(block) + (here != heading) > _LINES:
            pages.append(page := [])
            heading = ""
        if here != heading and sees_all(board.viewer):
            page.append(Markup("<b>{}</b>").format(here))
        heading = here
        page += block
    return pages


def _person(board: Board, one: Absence) -> Iterator[Markup]:
    who = one.official
    yield Markup("{}，{}").format(who.titled, when(one, board))
    if one.leave.acting:
        yield Markup("　{}：{}{}").format(
            acting_label(one.leave),
            one.leave.acting.titled,
            instead(one, board.stand_ins.get(one.official.id)),
        )
    elif to_come := nobody_named(one, board.stand_ins.get(one.official.id)):
        yield Markup("　{}").format(to_come)
    if knows_reason(board.viewer, one.leave):
        leave = one.leave
        yield Markup("　{}").format(flat(f"{leave.kind}，{leave.place}，{leave.reason}", _REASON))


def when(one: Absence, board: Board) -> str:
    """Until when, said from today; in a week the whole span."""
    if one.whereabouts is Whereabouts.OVERDUE:
        return f"{span_words(one.leave.span)}，未销假"
    if board.days.view is not View.TODAY:
        return span_words(one.span) + ("，已销假" if one.whereabouts is Whereabouts.BACK else "")
    return until_words(one.span, board.today) + goes_on_words(one)


def until_words(span: HalfDaySpan, today: date) -> str:
    """今天, 今天上午, 至今天, 今天下午起至11月25日, 至11月25日上午."""
    starts, ends = span.start == today, span.end == today
    early = span.end_half.value if span.end_half is Half.AM else ""
    late = span.start_half.value if span.start_half is Half.PM else ""
    if starts and ends:
        return f"今天{late or early}"
    if ends:
        return f"至今天{early}"
    return f"{f'今天{late}起' if starts else ''}至{month_day(span.end)}{early}"


def goes_on_words(one: Absence) -> str:
    """，接续至12月4日: behind the end of a leave that goes on into the next."""
    if one.stretch is None or one.stretch.end <= one.span.end:
        return ""
    early = one.stretch.end_half.value if one.stretch.end_half is Half.AM else ""
    return f"，接续至{month_day(one.stretch.end)}{early}"


def span_words(span: HalfDaySpan) -> str:
    """11月23日, 11月23日下午, 11月23日至25日上午, 12月30日至2027年1月4日."""
    late = span.start_half.value if span.start_half is Half.PM else ""
    early = span.end_half.value if span.end_half is Half.AM else ""
    if span.start == span.end:
        return f"{month_day(span.start)}{late or early}"
    return f"{month_day(span.start)}{late}至{month_day(span.end, after=span.start)}{early}"


def instead(one: Absence, stand_in: StandIn | None) -> str:
    """Who decides now where the one named to act is away themselves."""
    named = one.leave.acting
    if stand_in is None or named is None or stand_in.official is named or named not in stand_in.away:
        return ""
    return f"（也外出，{_now(stand_in)}）"


def nobody_named(one: Absence, stand_in: StandIn | None) -> str:
    """That another has yet to be named, where the one named cannot act, and who decides until then."""
    if not needs_another(one.leave):
        return ""
    return f"{acting_label(one.leave)}：待另定" + (f"（{_now(stand_in)}）" if stand_in else "")


def _now(stand_in: StandIn) -> str:
    return f"现由{stand_in.official.titled}代" if stand_in.official else "暂无人代"


def _undecided(board: Board) -> Iterator[Markup]:
    """Whose days have come without approval: by the books they are not away (art. 77)."""
    if board.days.view is View.TODAY and board.undecided:
        yield Markup("<b>报告未批准，不作请假</b>")
        for leave in board.undecided:
            whose = leave.waiting.whose if leave.waiting else ""
            line = Markup("{}，{}，待{}审批")
            yield line.format(leave.applicant.titled, span_words(leave.span), whose)


def _back_today(board: Board) -> Iterator[Markup]:
    if board.days.view is View.TODAY:
        back = [one.official.titled for one in board.absences if one.whereabouts is Whereabouts.BACK]
        if back:
            yield Markup("今天返岗：{}").format("、".join(back))


NOBODY: Final = "{}无人外出，没有可画的。"


def nobody(days: Days) -> str:
    """Why there is no picture of a week in which nobody is away."""
    return NOBODY.format(_SPOKEN[days.view])
