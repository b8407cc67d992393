"""What leave puts on the desk's card 今日要办, and what all procedures put there it in: a `Section` each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from markupsafe import Markup

from notices.board import goes_on_words, instead, nobody_named, span_words, until_words
from notices.leave.card import state_words
from notices.leave.words import acting_label
from notices.unreached import phones
from rules.absence import StandIn
from rules.approval import Approval
from rules.board import Absence
from rules.dates.reading import moment_words
from rules.delegation import begins_at
from rules.leave.filing import CommitteeFiling
from rules.leave.matter import Leave


@dataclass(frozen=True)
class Section:
    """One kind of thing on the card: its heading, and a line for each case.

    `matters` (leave:12) are those of the lines, in their order: a number opens each, and beside the card no
    more is told of them. A section without them is only to be known. `at` is when each is on today's clock.
    """

    heading: str
    lines: Sequence[Markup]
    matters: Sequence[str] = ()
    at: Sequence[datetime] = ()


def away(absences: Sequence[Absence], stand_ins: dict[int, StandIn], today: date) -> Section:
    """Who is away today, until when, and who acts."""
    people = len({one.official.id for one in absences})
    starting = sum(one.starts(today) for one in absences)
    ending = sum(one.ends(today) for one in absences)
    counted = [f"今天开始{starting}人"] * bool(starting) + [f"今天结束{ending}人"] * bool(ending)
    heading = "，".join([f"外出{people}人", *counted])
    return Section(heading, [_away(one, stand_ins.get(one.official.id), today) for one in absences])


def _away(one: Absence, stand_in: StandIn | None, today: date) -> Markup:
    line = Markup("{}，{}").format(one.official.titled, until_words(one.span, today) + goes_on_words(one))
    if one.leave.acting:
        acting, does = one.leave.acting.name, acting_label(one.leave)
        line += Markup("，{}{}{}").format(acting, does, instead(one, stand_in))
    elif to_come := nobody_named(one, stand_in):
        line += Markup("，{}").format(to_come)
    return line


def not_back(absences: Sequence[Absence]) -> Section:
    """Whose leave is over and who has not reported back (art. 77); the office calls them."""
    return Section(
        f"到期未销假{len(absences)}人",
        [
            Markup("{}，{}，电话{}").format(
                one.official.titled, span_words(one.leave.span), one.leave.phone or "未留"
            )
            for one in absences
        ],
        [f"leave:{one.leave.id}" for one in absences],
    )


def silent(asked: Sequence[tuple[Leave, Approval]]) -> Section:
    """Reports that an approver has not answered for a working day."""
    return Section(
        f"审批满一个工作日未办{len(asked)}件",
        [
            Markup("{}{}请假，待{}审批 {}{}").format(
                leave.applicant.titled,
                span_words(leave.span),
                approval.whose,
                phones([approval.holder]),
                f"（{moment_words(approval.asked_at)}送审）" if approval.asked_at else "",
            )
            for leave, approval in asked
        ],
        [f"leave:{leave.id}" for leave, _ in asked],
        [begins_at(leave.start, leave.start_half) for leave, _ in asked],
    )


def unapproved(leaves: Sequence[Leave]) -> Section:
    """Reports whose days have come, or gone by, without a decision (外出须事前报告, art. 77)."""
    return Section(
        f"外出时间已到未批准{len(leaves)}件",
        [
            Markup("{}，{}，{}，电话{}").format(
                leave.applicant.titled,
                span_words(leave.span),
                state_words(leave),
                (leave.waiting and leave.waiting.holder.phone) or "花名册未载",
            )
            for leave in leaves
        ],
        [f"leave:{leave.id}" for leave in leaves],
    )


def unfiled(open_items: Sequence[tuple[Leave, CommitteeFiling]]) -> Section:
    """What the district committee is still to be told (按要求向区委报备, art. 77)."""
    return Section(
        f"待区委报备{len(open_items)}件",
        [Markup("{}：{}").format(leave.applicant.titled, item.what) for leave, item in open_items],
        [f"leave:{leave.id}" for leave, _ in open_items],
    )
