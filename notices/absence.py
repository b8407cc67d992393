"""What is said when matters follow who decides: to the stand-in, the absent one, and the office desk."""

from collections.abc import Iterable

from markupsafe import Markup

from rules.absence import StandIn
from rules.articles import cite
from rules.roster import Official, Roster
from storage.outbox import Notice


def takes_over(stand_in: StandIn) -> str:
    """Above a card that moves to a stand-in: by what right it is his now."""
    ground = cite(stand_in.article) if stand_in.article else ""
    whose = stand_in.for_whom.titled
    if stand_in.delegation:
        nine = cite(9) if stand_in.delegation.article else ""
        return f"受{whose}委托，请您代为办理。{nine}"
    also = "、".join(official.titled for official in stand_in.away)
    return f"{whose}外出{f'，{also}也外出' if also else ''}，请您代为办理。{ground}"


COMES_BACK = "这件事转回您本人办理。"
"""Above a card that moves back."""


def moved_away(stand_in: StandIn, matters: Iterable[str]) -> Notice:
    """To the absent one: what another has on his desk now."""
    to = stand_in.official.titled if stand_in.official else ""
    head = Markup("您的下列待办已转由{}代为办理；您也可以在原卡片上直接办理，以先办的为准。").format(to)
    return _list(stand_in.for_whom, head, matters)


def moved_on(former: Official, absent: Official, now_with: Official | None, matters: Iterable[str]) -> Notice:
    """To a stand-in: what he need not do any more."""
    if now_with is None:
        head = Markup("{}的下列待办转回本人，您不必再代办。").format(absent.titled)
    else:
        head = Markup("{}的下列待办转由{}代办，您不必再办。").format(absent.titled, now_with.titled)
    return _list(former, head, matters)


def nobody(stand_in: StandIn, matters: Iterable[str], roster: Roster) -> list[Notice]:
    """To the office desk: the matters wait and nobody can decide in the absent one's place."""
    away = "、".join(official.titled for official in stand_in.away)
    head = Markup("{}外出{}，下列事项暂无人代办，请另行请示或电话联系本人（{}）。").format(
        stand_in.for_whom.titled,
        f"，{away}也外出" if away else "",
        stand_in.leave.phone if stand_in.leave else stand_in.for_whom.phone,
    )
    return [_list(official, head, matters) for official in roster.desk if official is not stand_in.for_whom]


def _list(to: Official, head: Markup, matters: Iterable[str]) -> Notice:
    lines = [head, *(Markup("· {}").format(matter) for matter in matters)]
    return Notice(to, Markup("\n").join(lines), subject="代办事项")
