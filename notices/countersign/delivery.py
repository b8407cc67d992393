"""The proof of delivery with which a unit's period begins, and what is said where there is none (art. 63)."""

from collections.abc import Iterable, Sequence
from typing import Final

from markupsafe import Markup

from notices.card import headline
from notices.countersign.words import head, titled
from notices.notice import Button, Notice, Rows
from notices.unreached import phones, phones_of
from rules.articles import cite
from rules.countersign.consultation import Consultation
from rules.countersign.matter import Countersign
from rules.dates.reading import moment_words
from rules.roster import Official, Roster

PAPER: Final = "paper"
NAMED_AT_ONCE: Final = 8
"""So many people one message of `missed` names; their ids have to fit into its key."""


def paper_card(sheet: Countersign, one: Consultation) -> str:
    """The name of the office's card about a unit that cannot be reached."""
    return f"countersign:{sheet.id}:{one.id}:paper"


def unreachable_text(sheet: Countersign, one: Consultation, people: Sequence[Official]) -> Markup:
    """The unit, whom to ring, and that its period has not begun; how it ended, once it has."""
    wanted = "" if one.delivered_at is not None or not one.waiting else "请电话联系"
    title = headline(one.unit.name, f"未收到{head(sheet)}", "", wanted)
    if one.delivered_at is not None:
        title = headline(one.unit.name, f"已收到{head(sheet)}")
        by = f"，{one.delivery_recorded_by.titled}登记" if one.delivery_recorded_by else ""
        to = one.delivered_to.titled if one.delivered_to else one.delivery_note
        return title + Markup("\n{}已送达{}（{}{}），期限{}。").format(
            moment_words(one.delivered_at), to, one.channel or "", by, one.due_label
        )
    if not one.waiting:
        return title + Markup("\n不再需要送达。")
    return title + Markup(
        "\n无人可送达，答复期限没有起算。{}\n请电话联系：{}\n或送纸质件，送到后点下面的按钮登记，期限从登记的送达时间起算。"
    ).format(cite(63), phones_of(people))


def unreachable_buttons(sheet: Countersign, one: Consultation) -> Rows:
    """[已送纸质] as long as it has not been delivered."""
    if one.delivered_at is not None or not one.waiting:
        return ()
    return ((Button("已送纸质", f"countersign:{sheet.id}:{PAPER}:{one.id}"),),)


def unreachable(
    sheet: Countersign,
    one: Consultation,
    people: Sequence[Official],
    lead_people: Iterable[Official],
    roster: Roster,
) -> list[Notice]:
    """To the office desk with the numbers, and to the lead unit without them."""
    text = unreachable_text(sheet, one, people)
    buttons, card = unreachable_buttons(sheet, one), paper_card(sheet, one)
    desk = [Notice(clerk, text, buttons, subject="会签送不到", card=card) for clerk in roster.desk]
    line = Markup("{}\n期限没有起算，已请区政府办公室联系或送纸质件。").format(
        titled(sheet, f"{one.unit.name}暂时无人可送达", "")
    )
    return [*desk, *(Notice(o, line, subject="会签送不到") for o in lead_people if o not in roster.desk)]


def by_phone(
    sheet: Countersign, one: Consultation, people: Sequence[Official], roster: Roster
) -> list[Notice]:
    """To the desk: a unit that was served on paper is to be reminded, and the bot cannot reach it."""
    text = Markup("{}\n期限{}，机器人无法送达。\n联系电话：{}").format(
        headline(one.unit.name, f"尚未答复{head(sheet)}", "", "请电话催办"), one.due_label, phones_of(people)
    )
    return [Notice(clerk, text, subject="会签催办", asks=True) for clerk in roster.desk]


def not_reminded(sheet: Countersign, one: Consultation, lead_people: Iterable[Official]) -> list[Notice]:
    """To the lead unit: its 催办 reached nobody, and the office rings."""
    first = titled(sheet, f"催办未能送达{one.unit.name}", "")
    line = first + Markup("\n已请区政府办公室电话联系。")
    return [Notice(official, line, subject="会签催办", asks=True) for official in lead_people]


def missed(sheet: Countersign, one: Consultation, people: Sequence[Official], roster: Roster) -> list[Notice]:
    """To the desk: the unit has it, and its period runs, but these of its people have not got it."""
    text = Markup("{}\n发给{}的未能送达（同单位其他同志已收到，期限已起算）。\n请电话告知本人：{}。").format(
        headline(one.unit.name, f"有人未收到{head(sheet)}", "", "请电话告知"),
        "、".join(o.titled for o in people),
        phones(people),
    )
    ids = "+".join(str(official.id) for official in people)
    return [
        Notice(clerk, text, once=f"{missed_key(one)}{ids}:{clerk.id}", asks=True)
        for clerk in roster.desk
        if clerk.telegram_id and clerk not in people
    ]


def missed_key(one: Consultation) -> str:
    """What the key of each message of `missed` about that unit begins with."""
    return f"countersign:{one.id}:missed:"


def named_in(keys: Iterable[str]) -> set[int]:
    """The ids of the officials whom the desk has been told of by messages of `missed` with these keys."""
    return {int(id) for key in keys for id in key.split(":")[3].split("+")}
