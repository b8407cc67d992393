"""What is told of a new version, of 催办, and at the end: 办结, 撤回, a topic that is ready (art. 53, 63)."""

from collections.abc import Iterable

from markupsafe import Markup, escape

from notices.card import files, under, with_files
from notices.countersign.card import asked, files_button, lead
from notices.countersign.lead import version_buttons, version_card
from notices.countersign.words import progress, titled
from notices.notice import Attachment, Notice, Urgency
from rules.articles import cite
from rules.countersign.answer import CountersignPaper
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign, CountersignState
from rules.countersign.round import NewVersion
from rules.periods import Periods
from rules.roster import Official, Unit

# ---------------------------------------------------------------- a new version


def version_text(sheet: Countersign, version: NewVersion, again: Iterable[Unit]) -> Markup:
    """A new version that waits for the lead unit's head."""
    names = "、".join(f"《{paper.name}》" for paper in version.papers)
    lines = [
        titled(sheet, f"请审核并送出第{sheet.round + 1}稿", ""),
        Markup("改动：{}").format(version.note),
        Markup("重新会签：{}").format("、".join(unit.name for unit in again)),
        Markup("文件：{}").format(names),
        escape(f"送会签须由主要负责人审核把关。{cite(63)}"),
    ]
    return Markup("\n").join(lines)


def version_to_send(
    sheet: Countersign, version: NewVersion, again: Iterable[Unit], to: Official, by: Official
) -> list[Notice]:
    """The lead unit's head reads it, with its files, and taps 送会签."""
    text = under(f"{by.titled}已备好新稿。", version_text(sheet, version, again))
    card = Notice(
        to, text, version_buttons(sheet), subject="本单位待送出的会签新稿", card=version_card(sheet)
    )
    return with_files(card, *_files(sheet, version.papers, to))


def _files(sheet: Countersign, held: Iterable[CountersignPaper], to: Official) -> list[Notice]:
    return files(to, ((f"《{sheet.title}》第{sheet.round + 1}稿", paper) for paper in held))


def version_sent_back(sheet: Countersign, to: Official, by: Official, reason: str) -> Notice:
    """Who made it ready learns what to mend; their form opens again below this line."""
    text = Markup("{}\n{}退回，意见：{}\n原填内容已保留，改好后重新提交即可。")
    first = titled(sheet, f"请修改第{sheet.round + 1}稿", "")
    return Notice(to, text.format(first, by.titled, reason), subject="会签新稿被退回修改", asks=True)


def renewed(
    sheet: Countersign, asked_again: Iterable[Unit], to: Iterable[Official], periods: Periods
) -> list[Notice]:
    """The lead unit's card, with who answers again."""
    names = "、".join(unit.name for unit in asked_again)
    why = Markup("<b>第{}稿已送出</b>，请{}重新会签。").format(sheet.round, names)
    return [lead(sheet, official, periods, why) for official in to]


def still_counts(sheet: Countersign, one: Consultation, to: Iterable[Official]) -> list[Notice]:
    """A unit that is not asked again learns that there is a new version, and that its word stands."""
    note = sheet.rounds[-1].note
    text = Markup("{}\n改动：{}\n贵单位对第{}稿的答复（{}）继续有效，不必重新答复。")
    said = text.format(titled(sheet, f"已送第{sheet.round}稿"), note, one.round, one.opinion)
    return [
        Notice(official, said, files_button(sheet), subject=f"{sheet.lead_unit.name}的会签")
        for official in to
    ]


# ---------------------------------------------------------------- 催办


def nudged(sheet: Countersign, one: Consultation, to: Official, by: str, periods: Periods) -> Notice:
    """The card again, with whose 催办 it is above it."""
    todo = "请签字" if one.draft else "请答复"
    if to is not one.asked:
        todo = "请代拟意见，送主要负责人签字"
    acting = f"（代{one.head.titled}）" if to is one.stand_in and one.head else ""
    return asked(sheet, one, to, periods, why=f"{by}催办：{todo}{acting}。")


# ---------------------------------------------------------------- the end


def closed(
    sheet: Countersign, to: Iterable[Official], desk: Iterable[Official], form: Attachment | None
) -> list[Notice]:
    """办结: the lead unit and the office get the 会签单."""
    text = Markup("{}\n{}").format(titled(sheet, "已办结"), progress(sheet))
    if form is None:
        text += Markup("\n会签单暂时生成不了：模板有误，请告区政府办公室；改好后点「会签单」。")
    subject = f"{sheet.lead_unit.name}的会签办结"
    return [
        Notice(official, text, subject=subject, attachment=form, matter=f"countersign:{sheet.id}", news=True)
        for official in dict.fromkeys([*to, *desk])
    ]


def ended_for_unit(sheet: Countersign, to: Iterable[Official]) -> list[Notice]:
    """The people of a unit learn that nothing is asked of them any more."""
    text = Markup("{}\n理由：{}").format(titled(sheet, "已撤回，无需再办"), sheet.end_reason)
    return [
        Notice(
            official,
            text,
            subject=f"{sheet.lead_unit.name}的会签已撤回",
            matter=f"countersign:{sheet.id}",
            news=True,
        )
        for official in to
    ]


def ended_for_group(sheet: Countersign, unit: Unit) -> list[Notice]:
    """One line in the unit's group, without the reason."""
    if unit.group_chat_id is None:
        return []
    return [Notice(unit.group_chat_id, titled(sheet, "已撤回，无需再办"))]


def withdrawn_for_lead(
    sheet: Countersign, by: Official, to: Iterable[Official], periods: Periods
) -> list[Notice]:
    """Those of the lead unit who did not do it themselves."""
    why = Markup("<b>{}已撤回这份会签</b>").format(by.titled)
    return [lead(sheet, official, periods, why) for official in to if official is not by]


def ready(sheet: Countersign, desk: Iterable[Official]) -> list[Notice]:
    """The office learns that a topic may go before a meeting."""
    text = Markup("{}\n进度：{}\n{}").format(
        titled(sheet, "会签一致，可以提交会议"), progress(sheet), cite(53)
    )
    return [
        Notice(official, text, files_button(sheet), subject="议题可以提交会议", urgency=Urgency.NOTICE)
        for official in desk
    ]


def not_ready(sheet: Countersign, desk: Iterable[Official]) -> list[Notice]:
    """The office learns that a topic it took for ready is so no more."""
    why = "已撤回" if sheet.state is CountersignState.WITHDRAWN else f"已送第{sheet.round}稿，重新会签"
    text = Markup("{}\n{}。{}").format(titled(sheet, "暂不能提交会议"), why, cite(53))
    return [Notice(official, text, subject="议题暂不能提交会议") for official in desk]


def reopened(sheet: Countersign, one: Consultation, to: Iterable[Official]) -> list[Notice]:
    """The unit learns that its late opinion counts after all."""
    text = Markup("{}\n贵单位的逾期意见（{}）已采用，视为无不同意见不再有效。{}").format(
        titled(sheet, "已采用贵单位逾期意见"), one.opinion, cite(63)
    )
    return [Notice(official, text, subject=f"{sheet.lead_unit.name}的会签") for official in to]
