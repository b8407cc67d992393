"""What is said when matters follow who decides: to the stand-in, the absent one, and the office desk."""

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from notices.notice import Notice
from rules.absence import StandIn
from rules.articles import cite
from rules.roster import Official, Roster


def takes_over(stand_in: StandIn) -> str:
    """Above a card that moves to a stand-in: by what right it is theirs now."""
    ground = cite(stand_in.article) if stand_in.article else ""
    whose = stand_in.for_whom.titled
    if stand_in.delegation:
        nine = cite(9) if stand_in.delegation.article else ""
        return f"受{whose}委托，请您代为办理。{nine}"
    also = "、".join(official.titled for official in stand_in.away)
    return f"{whose}外出{f'，{also}也外出' if also else ''}，请您代为办理。{ground}"


COMES_BACK = "这件事转回您本人办理。"
"""Above a card that moves back."""
ALONE = "暂无人可代办，请您本人办理。"
"""Above a card that comes back to one who is away themselves."""


def moved_away(stand_in: StandIn, matters: Iterable[str]) -> Notice:
    """To the absent one: what another has on their desk now."""
    to = stand_in.official.titled if stand_in.official else ""
    head = Markup("您的下列待办已转由{}代为办理；您也可以在原卡片上直接办理，以先办的为准。").format(to)
    return replace(_list(stand_in.for_whom, head, matters), quiet=True)


def moved_on(former: Official, absent: Official, now_with: Official | None, matters: Iterable[str]) -> Notice:
    """To a stand-in: what they need not do any more."""
    if now_with is None:
        head = Markup("{}的下列待办转回本人，您不必再代办。").format(absent.titled)
    else:
        head = Markup("{}的下列待办转由{}代办，您不必再办。").format(absent.titled, now_with.titled)
    return replace(_list(former, head, matters), quiet=True)


def nobody(stand_in: StandIn, matters: Iterable[str], roster: Roster) -> list[Notice]:
    """To the absent one and the office desk: nobody can decide in their place, so it stays with them."""
    absent, waiting = stand_in.for_whom, list(matters)
    away = "、".join(official.titled for official in stand_in.away)
    also = f"，{away}也外出" if away else ""
    phone = stand_in.leave.phone if stand_in.leave else absent.phone
    head = Markup("{}外出{}，下列事项暂无人代办。请电话联系本人（{}），或另行请示。")
    own = Markup("您外出{}，下列待办暂无人代办，请您在卡片上直接办理。已告区政府办公室。")
    return [
        _list(absent, own.format(also), waiting),
        *(_list(o, head.format(absent.titled, also, phone), waiting) for o in roster.desk if o is not absent),
    ]


def covered_by_another(stand_in: StandIn, roster: Roster) -> list[Notice]:
    """Those who should stand in are away themselves: the absent one, the one who does, and the desk know."""
    absent, instead = stand_in.for_whom, stand_in.official
    away = "、".join(official.titled for official in stand_in.away)
    ground = cite(stand_in.article) if stand_in.article else ""
    desk = [official for official in roster.desk if official not in (absent, instead, *stand_in.away)]
    if instead is None:
        line = Markup("{}外出期间，{}也外出，暂无人代办其工作。请另定代办的同志。{}")
        told = dict.fromkeys([absent, *desk])
        return [
            Notice(o, line.format(absent.titled, away, ground), subject="暂无人代办", asks=True) for o in told
        ]
    line = Markup("{}外出期间，{}也外出，其工作由{}代办。{}").format(
        absent.titled, away, instead.titled, ground
    )
    to_him = Markup("{}外出期间，{}也外出，其工作由您代办。{}").format(absent.titled, away, ground)
    return [
        *(Notice(o, line, subject="代办的同志也外出", quiet=True) for o in dict.fromkeys([absent, *desk])),
        Notice(instead, to_him, subject=f"代{absent.titled}办理", asks=True),
    ]


def _list(to: Official, head: Markup, matters: Iterable[str]) -> Notice:
    lines = [head, *(Markup("· {}").format(matter) for matter in matters)]
    return Notice(to, Markup("\n").join(lines), subject="代办事项", asks=True)
