"""An invitation that somebody tries to pass to a leader by another way is turned to the office's (art. 86).

Only what asks a leader to come is meant: 陪同区长调研 or 参加区长办公会议 in a leave report is none.
"""

import re
import unicodedata
from typing import Final

from rules.invitation.kinds import InvitationKind
from rules.roster import LEADERS, OFFICE_DESK, VICE_MAYORS, Official, Role, Roster
from rules.spelling import folded

_COME: Final = (
    r"(?:出席|参加|莅临|光临|到会|到场|剪彩|奠基|揭[牌幕彩]|致辞|致词|讲话|指导|见证|站台|观[摩礼]|视察|启动仪式|颁奖|"
    r"题[词字写]|作序|写序|授[课牌]|讲课|参观|捧场|赏光|做客)"
)
_ASK: Final = (
    r"(?:(?<![应受被])邀请|诚邀|特邀|盛邀|恳邀|约请|特请|恭请|恭邀|敬请|敬邀|拟请|想请|恳请|盼请|报请|请转告|请转请|"
    r"请转报|烦请|麻烦请|转告|欢迎|(?<![申邀诚恭敬拟想恳盼报烦特约])请(?![假示问求教客]))"
)
_HERE: Final = "来(?![电函文信源自])"
_INVITE: Final = (
    r"(?:(?<![应受被])邀请?|诚邀|特邀|盛邀|恳邀|恭请|恭邀|敬请|敬邀|恳请|特请|请|欢迎|恭候|静候|期待|盼望?)"
)
_OWN: Final = r"[^。；;！!\n]{0,20}?(?:批准|同意|准许|允许|审批|准假|为我|让我|我[能可想要去])"
_LETTER: Final = r"(?:请柬|请帖|邀请函)"
_GAP: Final = r"[^。；;！!\n]"
_SPACES: Final = re.compile(r"(?<=[\u4e00-\u9fff@])[^\S\n]+(?=[\u4e00-\u9fff])|[\u200b-\u200f\u2060-\u2069]")
_ALONG: Final = re.compile(r"陪同|随同|跟随|随|陪")


def leaders_invited(text: str, roster: Roster) -> list[Official] | None:
    """The leaders that the text asks to come, maybe just 区领导 (none); None if it is no invitation."""
    text = folded(text)
    everybody = roster.with_role(*LEADERS)
    names = [*(re.escape(folded(one.name)) for one in everybody), *filter(None, map(_account, everybody))]
    leader = rf"(?:(?:常务)?副?区长(?!办公|热线|信箱|会议)|区(?:政府)?领导|{'|'.join(names)})"
    text = _SPACES.sub("", unicodedata.normalize("NFKC", text).replace("，", ","))
    found = (
        re.search(rf"{_ASK}(?P<gap>{_GAP}{{0,12}}?){leader}{_GAP}{{0,40}}?{_COME}", text)
        or re.search(rf"{leader}(?P<gap>){_GAP}{{0,8}}?(?:莅临|拨冗|光临|赏光)", text)
        or re.search(rf"{_LETTER}(?P<gap>{_GAP}{{0,20}}?){leader}|{leader}(?:{_GAP}{{0,12}}){_LETTER}", text)
    )
    found = found or _to_himself(text, leader)
    if found is None or _ALONG.search(found["gap"] or ""):
        return None
    return _named(text, roster)


def _to_himself(text: str, leader: str) -> re.Match[str] | None:
    """What speaks to the leader and asks them: @赵天地 请您…出席, 赵区长…您能来吗, 赵区长…恭候光临."""
    spoken_to = rf"(?:^|[@\s,.。;:!])(?:尊敬的|敬爱的)?(?P<gap>[^\W@]{{0,4}}?){leader}"
    return re.search(
        rf"{spoken_to}[\s\S]{{0,80}}?(?:"
        rf"{_INVITE}(?!示|假|问|求|教|各|全体|有关)(?!{_OWN})(?:您|你|领导|届时|拨冗){_GAP}{{0,40}}?(?:{_COME}|{_HERE})"
        rf"|(?:邀请?|诚邀|特邀|盛邀|恳邀|恭请|恭邀|敬邀|恳请|恭候|静候|欢迎)(?:您|你|领导|届时|拨冗)?{_COME}"
        rf"|(?:您|你){_GAP}{{0,20}}?(?:能否|可否|能不能|有没有空|有空|有时间|方便|能){_GAP}{{0,8}}?(?:{_HERE}|{_COME}))",
        text,
    )


def _account(leader: Official) -> str:
    """The pattern of their name in Telegram; empty where they have none, or are not bound."""
    called = leader.username if leader.telegram_id is not None else ""
    return rf"@(?i:{re.escape(called)})(?![A-Za-z0-9_])" if called else ""


def _named(text: str, roster: Roster) -> list[Official]:
    """Leaders by name, by surname and post (赵区长), or by a post that only one of them holds."""
    named = []
    for one in roster.with_role(*LEADERS):
        surname = one.name[:1]
        short = "区长" if one.role in VICE_MAYORS else one.post
        called = [folded(one.name), f"{surname}{short}", f"{surname}{one.post}"]
        account = _account(one)
        if any(words in text for words in called) or (account and re.search(account, text)):
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
