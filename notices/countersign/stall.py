"""What is said where a sheet stands still after the answers (art. 53, 59, 61, 63)."""

import dataclasses
from collections.abc import Iterable, Sequence
from datetime import datetime

from markupsafe import Markup

from notices.board_morning import Section
from notices.card import under
from notices.countersign import mediation as settling
from notices.countersign.card import asked, lead
from notices.countersign.end import version_text
from notices.countersign.lead import version_buttons, version_card
from notices.countersign.told import to_release
from notices.countersign.words import titled
from notices.notice import Button, Notice
from notices.unreached import phones
from rules.articles import cite
from rules.countersign.life import asked_again
from rules.countersign.matter import Countersign, CountersignKind
from rules.countersign.round import NewVersion
from rules.countersign.stall import Pending, Step
from rules.dates.reading import moment_words
from rules.periods import Periods
from rules.roster import Official
from rules.todo import acting_title

SUBJECT = "会签久未办理"
_TODO = ((Button("待办", "menu:todo"),),)
_LINES = 12

Case = tuple[Pending, Official | None, Official | None]
"""What lies, with whom, and in whose place where that is another."""


def nudge(
    sheet: Countersign,
    those: Sequence[Pending],
    to: Official,
    absent: Official | None,
    periods: Periods,
) -> list[Notice]:
    """One thing: its card again, with what is asked above it. Several: a line each, and the way to them.

    `absent` is the one in whose place they do it.
    """
    if len(those) > 1:
        acting = f"（代{absent.titled}）" if absent else ""
        lines = [
            titled(sheet, f"请您办理{len(those)}项"),
            Markup("{}：").format(_late(sheet) + f"，请您{acting}办理"),
        ]
        lines += [Markup("· {}").format(to_do(sheet, one)) for one in those[:_LINES]]
        if len(those) > _LINES:
            lines.append(Markup("……另有{}项").format(len(those) - _LINES))
        lines.append(Markup("点「待办」逐项办理。{}").format(_ground(sheet, those[0])))
        return [
            Notice(to, Markup("\n").join(lines), _TODO, subject=SUBJECT, matter=f"countersign:{sheet.id}")
        ]
    return [
        dataclasses.replace(card, text=under(_why(sheet, one), card.text))
        for one in those
        for card in _card(sheet, one, to, absent, periods)
    ]


def _card(
    sheet: Countersign, one: Pending, to: Official, absent: Official | None, periods: Periods
) -> list[Notice]:
    """The card on which it is done."""
    if one.mediation is not None:
        return [settling.asked(sheet, one.mediation, to)]
    if one.consultation is not None and one.step is Step.REPLY:
        return settling.to_answer(sheet, one.consultation, to)
    if one.consultation is not None and one.step is Step.STAND:
        return [settling.to_sign(sheet, one.consultation, to, acting_for=absent)]
    if one.consultation is not None:
        return [asked(sheet, one.consultation, to, periods, signs=True)]
    if one.step is Step.RELEASE:
        return [to_release(sheet, to, periods)]
    if one.step is Step.VERSION and sheet.new_version is not None:
        version = NewVersion.unpack(sheet.new_version)
        text = version_text(sheet, version, asked_again(sheet, version.again))
        buttons, card = version_buttons(sheet), version_card(sheet)
        return [Notice(to, text, buttons, subject="本单位待送出的会签新稿", card=card)]
    return [lead(sheet, to, periods)]


def _why(sheet: Countersign, one: Pending) -> str:
    asked_for = {
        Step.RELEASE: "请审核，同意的点「送会签」",
        Step.VERSION: "请审核，同意的点「送会签」",
        Step.STAND: "请签署「无不同意见」或「保留意见」",
        Step.SIGN: "请在卡片上补签",
        Step.MEDIATE: "请您协调决定",
        Step.REVISE: "请按会签单位意见修改，点「发送新稿」",
        Step.CLOSE: f"各单位意见均已收齐，{_end(sheet)}",
    }.get(one.step, f"请{to_do(sheet, one)}")
    return f"{_late(sheet)}：{asked_for}。{_ground(sheet, one)}"


def _end(sheet: Countersign) -> str:
    if any(one.objects for one in sheet.current):
        return "仍需协商的送新稿或者提请协调，不再协商的请点「办结」"
    if sheet.kind is CountersignKind.TOPIC and sheet.ready_at is None:
        return "请点「报请上会」，再点「办结」"
    return "请点「办结」"


def _late(sheet: Countersign) -> str:
    return "这份急件已等候半个工作日" if sheet.urgent else "这份会签已等候一个工作日"


def _ground(sheet: Countersign, one: Pending) -> str:
    if sheet.urgent:
        return cite(61)
    return cite(53 if one.step in (Step.MEDIATE, Step.REVISE) else sheet.kind.article)


def to_do(sheet: Countersign, one: Pending) -> str:
    """What is to be done, in a few words."""
    unit = one.consultation.unit.name if one.consultation else ""
    return {
        Step.RELEASE: "审核并送会签",
        Step.VERSION: f"审核并送出第{sheet.round + 1}稿",
        Step.REPLY: f"答复{unit}的不同意见",
        Step.STAND: "签署对主办答复的意见",
        Step.SIGN: "补签会签意见",
        Step.MEDIATE: "协调会签分歧",
        Step.REVISE: "按会签单位意见修改后送新稿",
        Step.CLOSE: "办结",
    }[one.step]


def _whose(sheet: Countersign, case: Case) -> str:
    one, desk, absent = case
    if desk is not None:
        return acting_title(desk, absent or desk)
    theirs = one.consultation if one.step in (Step.STAND, Step.SIGN) else None
    return f"{(theirs.unit if theirs else sheet.lead_unit).name}主要负责人（空缺）"


def told(
    sheet: Countersign, cases: Sequence[Case], following: Iterable[Official], desk: Iterable[Official]
) -> list[Notice]:
    """Who follows it in the lead unit and the office learn who has let it lie, the office with phones."""
    clerks, on_desk = list(desk), [official for _, official, _ in cases]
    return [
        Notice(
            to,
            _told_text(sheet, cases, phones=to in clerks),
            subject=SUBJECT,
            matter=f"countersign:{sheet.id}",
            on_card=to in clerks,
        )
        for to in dict.fromkeys([*(one for one in following if one not in on_desk), *clerks])
        if on_desk != [to]
    ]


def _told_text(sheet: Countersign, cases: Sequence[Case], *, phones: bool) -> Markup:
    how_long = "一个工作日" if sheet.urgent else "两个工作日"
    lines = [
        titled(sheet, "久未办理，请协助提醒" if phones else "久未办理，请跟进"),
        Markup("主办：{}（经办：{}）").format(sheet.lead_unit.name, sheet.drafter.titled),
    ]
    for case in cases[:_LINES]:
        one, official, _ = case
        phone = f"，电话{official.phone or '未登记'}" if phones and official else ""
        lines.append(Markup("· 待{}{}{}").format(_whose(sheet, case), to_do(sheet, one), phone))
    if len(cases) > _LINES:
        lines.append(Markup("……另有{}项").format(len(cases) - _LINES))
    ground = _ground(sheet, cases[0][0])
    ask = "请协助提醒。" if phones else "已告区政府办公室，请跟进。"
    if all(official is not None for _, official, _ in cases):
        lines.append(Markup("已提醒过，至今{}未办。{}{}").format(how_long, ask, ground))
    else:
        lines.append(Markup("{}{}").format(ask, ground))
    return Markup("\n").join(lines)


def stalled(cases: Sequence[tuple[Countersign, Case, datetime]]) -> Section:
    """For the office's morning card: what has been let lie for a working day or longer, and since when."""
    return Section(
        f"会签停滞{len(cases)}件",
        [
            Markup("{}：待{}{}，自{}{}").format(
                sheet.matter,
                _whose(sheet, case),
                to_do(sheet, case[0]),
                moment_words(since),
                Markup("，电话{}").format(phones([case[1]])) if case[1] else "",
            )
            for sheet, case, since in cases
        ],
        [f"countersign:{sheet.id}" for sheet, _, _ in cases],
    )
