"""What is said when matters follow who decides: to the stand-in, the absent one, and the office desk."""

from collections.abc import Iterable
from dataclasses import replace

from markupsafe import Markup

from notices.card import headline, introduced
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
    first = headline("", "您的待办", "", f"已转由{to.rpartition(' ')[2]}代办")
    head = first + Markup("\n由{}代为办理；您也可以在原卡片上直接办理，以先办的为准。").format(to)
    return replace(_list(stand_in.for_whom, head, matters), quiet=True)


def moved_on(former: Official, absent: Official, now_with: Official | None, matters: Iterable[str]) -> Notice:
    """To a stand-in: what they need not do any more."""
    if now_with is None:
        head = headline(introduced(absent), "的待办已转回本人", "", "您不必再代办")
    else:
        head = headline(introduced(absent), "的待办", "", f"转由{now_with.name}代办，您不必再办")
    return replace(_list(former, head, matters), quiet=True)


def nobody(stand_in: StandIn, matters: Iterable[str], roster: Roster) -> list[Notice]:
    """To the absent one and the office desk: nobody can decide in their place, so it stays with them."""
    absent, waiting = stand_in.for_whom, list(matters)
    away = "、".join(official.titled for official in stand_in.away)
    also = f"，{away}也外出" if away else ""
    phone = stand_in.leave.phone if stand_in.leave else absent.phone
    own = headline("", "您外出期间待办暂无人代办", "", "请您直接办理")
    own += Markup("\n您外出{}，已告区政府办公室。").format(also)
    head = headline(introduced(absent), "外出", "", "待办暂无人代办，请联系")
    head += Markup("\n其外出{}。请电话联系本人（{}），或另行请示。").format(also, phone)
    return [
        _list(absent, own, waiting),
        *(_list(o, head, waiting) for o in roster.desk if o is not absent),
    ]


def covered_by_another(stand_in: StandIn, roster: Roster) -> list[Notice]:
    """Those who should stand in are away themselves: the absent one, the one who does, and the desk know."""
    absent, instead = stand_in.for_whom, stand_in.official
    away = "、".join(official.titled for official in stand_in.away)
    ground = cite(stand_in.article) if stand_in.article else ""
    desk = [official for official in roster.desk if official not in (absent, instead, *stand_in.away)]
    if instead is None:
        line = headline(introduced(absent), "外出", "", "暂无人代办，请另定")
        line += Markup("\n{}也外出，请另定代办的同志。{}").format(away, ground)
        return [Notice(o, line, subject="暂无人代办", asks=True) for o in dict.fromkeys([absent, *desk])]
    also = Markup("\n{}也外出。{}").format(away, ground)
    line = headline(introduced(absent), "外出", "", f"工作由{instead.name}代办") + also
    to_him = headline(introduced(absent), "外出", "", "工作由您代办") + also
    return [
        *(Notice(o, line, subject="代办的同志也外出", quiet=True) for o in dict.fromkeys([absent, *desk])),
        Notice(instead, to_him, subject=f"代{absent.titled}办理", asks=True),
    ]


def _list(to: Official, head: Markup, matters: Iterable[str]) -> Notice:
    lines = [head, *(Markup("· {}").format(matter) for matter in matters)]
    return Notice(to, Markup("\n").join(lines), subject="代办事项", asks=True)
