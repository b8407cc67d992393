"""An invitation that somebody tries to pass to a leader by another way is turned to the office's (art. 86).

Only what asks a leader to come is meant: 陪同区长调研 or 参加区长办公会议 in a leave report is none.
"""

import re
from typing import Final

from rules.invitation_kinds import InvitationKind
from rules.roster import LEADERS, OFFICE_DESK, VICE_MAYORS, Official, Role, Roster

_COME: Final = r"(?:出席|参加|莅临|光临|到会|到场|剪彩|奠基|揭牌|致辞|致词|讲话|指导|见证|站台|观摩|视察)"
_ASK: Final = (
    r"(?:(?<![应受被])邀请|诚邀|恭请|恭邀|敬请|敬邀|拟请|想请|恳请|盼请|报请|请转告|请转请|请转报|烦请|麻烦请|"
    r"转告|(?<![申邀诚恭敬拟想恳盼报烦])请(?![假示问求教客]))"
)
_LETTER: Final = r"(?:请柬|请帖|邀请函)"
_GAP: Final = r"[^。；;！!\n]"
_ALONG: Final = re.compile(r"陪同|随同|跟随|随|陪")


def leaders_invited(text: str, roster: Roster) -> list[Official] | None:
    """The leaders that the text asks to come, maybe just 区领导 (none); None if it is no invitation."""
    names = [o.name for o in roster.with_role(*LEADERS)]
    leader = rf"(?:(?:常务)?副?区长(?!办公|热线|信箱|会议)|区(?:政府)?领导|{'|'.join(map(re.escape, names))})"
    found = (
        re.search(rf"{_ASK}(?P<gap>{_GAP}{{0,12}}?){leader}{_GAP}{{0,40}}?{_COME}", text)
        or re.search(rf"{leader}(?P<gap>){_GAP}{{0,8}}?(?:莅临|拨冗|光临|赏光)", text)
        or re.search(rf"{_LETTER}(?P<gap>{_GAP}{{0,20}}?){leader}|{leader}(?:{_GAP}{{0,12}}){_LETTER}", text)
    )
    if found is None or _ALONG.search(found["gap"] or ""):
        return None
    return _named(text, roster)


def _named(text: str, roster: Roster) -> list[Official]:
    """Leaders by name, by surname and post (赵区长), or by a post that only one of them holds."""
    named = []
    for one in roster.with_role(*LEADERS):
        surname = one.name[:1]
        short = "区长" if one.role in VICE_MAYORS else one.post
        if one.name in text or f"{surname}{short}" in text or f"{surname}{one.post}" in text:
            named.append(one)
    if named:
        return named
    posts = {Role.MAYOR: r"(?<![副])区长", Role.EXECUTIVE_VICE_MAYOR: r"常务副区长"}
    return [one for one in roster.with_role(*posts) if re.search(posts[one.role], text)]


def turned(official: Official) -> bool:
    """Whose texts are looked at: the units'; the office and the leaders arrange such things themselves."""
    return official.role not in OFFICE_DESK | LEADERS


def kind_in(text: str) -> InvitationKind | None:
    """The kind that the text names, if only one."""
    found = [kind for kind in InvitationKind if kind is not InvitationKind.OTHER and str(kind) in text]
    return found[0] if len(found) == 1 else None


_WHEN: Final = re.compile(
    r"(?:\d{4}年)?\d{1,2}月\d{1,2}[日号][ ,，]?(?:[(（]?周[一二三四五六日][)）]?)?"
    r"(?:上午|下午|晚上|早上|中午)?"
    r"\s?(?:\d{1,2}[:：]\d{2}|\d{1,2}[点时](?:半|\d{1,2}分?)?)"
    r"|(?:今天|明天|后天|大后天|(?:本|下)?周[一二三四五六日])(?:上午|下午|晚上|早上|中午)?"
    r"(?:\d{1,2}[:：]\d{2}|\d{1,2}[点时](?:半|\d{1,2}分?)?)"
)


def when_in(text: str) -> str:
    """The words that say when, to be read like a field; empty where there are none."""
    found = _WHEN.search(text)
    return found[0] if found else ""
