"""What people are told of a sheet on its way: to be released, to be answered, answered (art. 53, 63).

A group sees the title, who leads and until when, never what a unit says.
"""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from notices.card import files, labelled, under, with_files
from notices.countersign.card import (
    asked,
    files_button,
    late_buttons,
    lead,
    lead_text,
    objection_buttons,
    release_buttons,
    release_text,
    with_papers,
)
from notices.countersign.lead import opinion_text
from notices.countersign.names import late_card, objection_card, release_card
from notices.countersign.words import head, limit_of, progress, titled, whose_limit
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.countersign.answer import Answer, AnswerStatus, Opinion
from rules.countersign.consultation import Consultation, Seat
from rules.countersign.matter import Countersign
from rules.periods import Periods
from rules.roster import Official
from rules.todo import acting_title

# ---------------------------------------------------------------- until it goes out


def to_release(sheet: Countersign, to: Official, periods: Periods, why: str = "") -> Notice:
    """The card for the lead unit's head, or who stands in for them."""
    text = release_text(sheet, periods)
    return Notice(
        to,
        under(why, text),
        release_buttons(sheet),
        subject="本单位待送出的会签",
        card=release_card(sheet),
    )


def asked_to_release(sheet: Countersign, seat: Seat, periods: Periods) -> list[Notice]:
    """The head reads it, with its files, and taps 送会签."""
    if seat.signer is None:
        return []
    why = f"请您代{seat.head.titled}审核。" if seat.stand_in and seat.head else ""
    return with_papers(to_release(sheet, seat.signer, periods, why), sheet)


def prepared(sheet: Countersign, seat: Seat) -> Markup:
    """What the form's card becomes once the sheet waits for the head."""
    whose = seat.signer.titled if seat.signer else f"{sheet.lead_unit.name}主要负责人"
    acting = f"（代{seat.head.titled}）" if seat.stand_in and seat.head else ""
    return Markup("{}\n现送{}{}审核，由其点「送会签」。{}").format(
        titled(sheet, "已备好", ""), whose, acting, cite(63)
    )


def sent_back(sheet: Countersign, by: Official) -> Notice:
    """The drafter learns what to mend; their form opens again below this line."""
    text = Markup("{}\n{}退回，意见：{}\n原填内容已保留，改好后重新提交即可。")
    return Notice(
        sheet.drafter,
        text.format(titled(sheet, "请修改后再报", ""), by.titled, sheet.sent_back_reason),
        subject="本单位的会签被退回修改",
        asks=True,
    )


# ---------------------------------------------------------------- sent


def sent(
    sheet: Countersign,
    those: Iterable[Consultation],
    drafting: dict[int, list[Official]],
    periods: Periods,
) -> list[Notice]:
    """Each unit asked gets its card at its head (or who stands in) and its liaisons, and a line in its group.

    `drafting` has the liaisons by the unit's id.
    """
    told: list[Notice] = []
    for one in those:
        people = [one.asked, *drafting.get(one.unit.id, [])]
        for official in dict.fromkeys(people):
            if official is not None:
                told += with_papers(asked(sheet, one, official, periods), sheet)
        told += group(sheet, one, periods)
    return told


def group(sheet: Countersign, one: Consultation, periods: Periods) -> list[Notice]:
    """One line in the unit's group: title, lead unit, deadline."""
    if one.unit.group_chat_id is None:
        return []
    version = f"，第{one.round}稿" if one.round > 1 else ""
    line = Markup("{}\n请于{}回复{}，已送主要负责人和联络员办理。").format(
        titled(sheet, f"请答复{version}"), limit_of(sheet, periods), whose_limit(sheet)
    )
    return [Notice(one.unit.group_chat_id, line)]


def released(sheet: Countersign, periods: Periods, to: Iterable[Official]) -> list[Notice]:
    """The lead unit's card, on which it follows how far it has got."""
    return [lead(sheet, official, periods) for official in to]


# ---------------------------------------------------------------- answers


def drafted(sheet: Countersign, one: Consultation, to: Official, draft: Answer, periods: Periods) -> Notice:
    """The one who signs is shown what was drafted for them: one tap signs it."""
    by = draft.drafted_by.titled if draft.drafted_by else ""
    return asked(sheet, one, to, periods, why=f"{by}已代拟意见，请签字。")


def to_be_signed(sheet: Countersign, one: Consultation, seat: Seat, by: Official) -> Markup:
    """Under an objection before it is handed in: who signs it, and what comes of it."""
    lead = sheet.lead_unit.name
    if seat.holds(by):
        who, article = acting_title(by, seat.acting_for(by) or by), cite(sheet.article_of(one))
        line = Markup("提交即签署：{}有不同意见，由{}签字，送{}答复。{}")
        return line.format(one.unit.name, who, lead, article)
    signer = seat.signer.titled if seat.signer else f"{one.unit.name}主要负责人"
    return Markup("提交后送{}签字；签字以后才是{}的意见，送{}答复。").format(signer, one.unit.name, lead)


def answered(
    sheet: Countersign, one: Consultation, answer: Answer, periods: Periods, to: Sequence[Official]
) -> list[Notice]:
    """The lead unit hears at once of an objection, of a late opinion, and once all are in.

    A plain consent shows on its card only: of sixty units that would be sixty messages.
    """
    told: list[Notice] = []
    late = answer.status is AnswerStatus.LATE
    if late:
        told += _of_opinion(sheet, one, answer, to, late_buttons(sheet, one), late_card(sheet, one))
    elif answer.opinion is Opinion.OBJECTION:
        told += _of_opinion(sheet, one, answer, to, objection_buttons(sheet, one), objection_card(sheet, one))
    if not sheet.waiting and not late:
        why = Markup("<b>各单位已全部答复</b>")
        told += [lead(sheet, official, periods, why) for official in to]
    return told


def _of_opinion(
    sheet: Countersign, one: Consultation, answer: Answer, to: Sequence[Official], buttons: Rows, card: str
) -> list[Notice]:
    """One unit's opinion with what the lead unit may do about it, and the files that came with it."""
    text, subject = opinion_text(sheet, one, answer), f"{one.unit.name}的会签意见"
    return [
        note
        for official in to
        for note in with_files(
            Notice(official, text, buttons, subject=subject, card=card),
            *opinion_papers(one, answer, official),
        )
    ]


def opinion_papers(one: Consultation, answer: Answer, to: Official) -> list[Notice]:
    """The files that came with an opinion."""
    return files(to, ((f"{one.unit.name}的会签意见附件", paper) for paper in answer.papers))


def recorded(sheet: Countersign, one: Consultation, answer: Answer, to: Iterable[Official]) -> list[Notice]:
    """The unit learns what the office has entered in its name."""
    lines = [
        titled(sheet, f"办公室代录{one.unit.name}：{answer.opinion}"),
        Markup("来源：{}，{}").format(answer.source, answer.source_note),
        *labelled("内容", answer.text),
        Markup("如有出入，请尽快告区政府办公室。"),
    ]
    text = Markup("\n").join(lines)
    return [Notice(official, text, subject=f"{sheet.lead_unit.name}的会签") for official in to]


def passed_on(sheet: Countersign, one: Consultation, periods: Periods) -> list[Notice]:
    """Who is to draft gets the card, with the files."""
    if one.passed_to is None or one.passed_by is None:
        return []
    why = f"{one.passed_by.titled}转交您代拟意见，由主要负责人签字。"
    return with_papers(asked(sheet, one, one.passed_to, periods, why=why), sheet)


# ---------------------------------------------------------------- the desk


def desk(sheets: Sequence[Countersign]) -> tuple[Markup, Rows]:
    """All sheets that go round, for the office: a line and a button each."""
    lines = [Markup("<b>会签中 {} 件</b>").format(len(sheets))]
    shown = sheets[:20]
    for place, sheet in enumerate(shown, 1):
        lines.append(
            Markup("{}. {}：{}（{}）").format(place, sheet.lead_unit.name, head(sheet), progress(sheet))
        )
    if len(sheets) > len(shown):
        lines.append(Markup("另有{}件，请发「台账」查看。").format(len(sheets) - len(shown)))
    buttons = tuple(
        (Button(f"{place}. {sheet.title[:24]}", f"countersign:{sheet.id}:desk"),)
        for place, sheet in enumerate(shown, 1)
    )
    return Markup("\n").join(lines), (*buttons, (Button("发起会签", "countersign:0:start"),))


def at_desk(sheet: Countersign, to: Official, periods: Periods) -> Notice:
    """One sheet for the office: how far it has got, and what the office may enter."""
    record = (Button("代录答复", f"countersign:{sheet.id}:record"),)
    return Notice(to, lead_text(sheet, periods), (record, *files_button(sheet)), subject="会签情况")
