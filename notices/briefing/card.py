"""Briefings (简报) as they are shown: the unit's card, its registration, an issue to be read."""

from collections.abc import Sequence
from typing import Final

from markupsafe import Markup

from notices.board_morning import Section
from notices.card import ask_a_view, headline, labelled, sent_on, under
from notices.notice import Button, Notice, Rows
from rules.articles import cite
from rules.briefing.matter import ARTICLE, Briefing, BriefingState, Issue
from rules.dates.reading import moment_words
from rules.roster import Official, Roster

APPROVE, REFUSE, ISSUE, STOP, GO_ON, READ = "approve", "refuse", "issue", "stop", "keep", "read"
REGISTER: Final = Button("备案一种简报", "briefing:register")


def name(briefing: Briefing) -> str:
    """财政局简报《财政信息》."""
    return f"{briefing.unit.name}简报《{briefing.title}》"


def line(briefing: Briefing) -> str:
    """For a list: 财政局简报《财政信息》 每月，主送全体区领导 · 2026年已备案."""
    return f"{name(briefing)} {briefing.cycle}，主送{briefing.readers} · {_state_words(briefing)}"


def text(briefing: Briefing, wanted: str = "") -> Markup:
    """What it is and how it stands, or what is `wanted` of the reader; everybody reads the same."""
    lines = [
        _first(briefing, wanted or _state_words(briefing)),
        Markup("{}，主送{}").format(briefing.cycle, briefing.readers),
        *labelled("增加一种的理由", briefing.special),
    ]
    if briefing.settled and briefing.state is not BriefingState.STOPPED:
        why = f"：{briefing.comment}" if briefing.comment else ""
        lines.append(Markup("{}{}").format(briefing.settled, why))
    lines += [_issue_line(one) for one in briefing.issues[-1:]]
    return Markup("\n").join(lines)


def _first(briefing: Briefing, wanted: str) -> Markup:
    return headline("", name(briefing), "", wanted)


def _state_words(briefing: Briefing) -> str:
    if briefing.state is not BriefingState.REGISTERED:
        return briefing.state
    return f"{briefing.year}年已备案" + (f"，{briefing.year + 1}年待核准" if briefing.renewing else "")


def _issue_line(issue: Issue) -> Markup:
    read = "、".join(one.reader.name for one in issue.read)
    return Markup("第{}期 {}送出{}").format(
        issue.number, moment_words(issue.sent_at), f"，已阅：{read}" if read else ""
    )


# ---------------------------------------------------------------- the unit's


def own_card(briefing: Briefing) -> str:
    """The name of the unit's card."""
    return f"briefing:{briefing.id}:own"


def own_buttons(briefing: Briefing) -> Rows:
    """What the unit may do with it now; to stop it comes last."""
    stop = Button("停办", f"briefing:{briefing.id}:{STOP}")
    if briefing.state is BriefingState.REGISTERED:
        return ((Button("报送新一期", f"briefing:{briefing.id}:{ISSUE}"), stop),)
    return ((stop,),) if briefing.waiting else ()


def own(briefing: Briefing, to: Official, why: str = "") -> Notice:
    """The unit's card; `why` says what is new."""
    shown = under(why, text(briefing))
    return Notice(
        to, shown, own_buttons(briefing), subject=f"简报《{briefing.title}》", card=own_card(briefing)
    )


def answered(*, approved: bool) -> str:
    """What the unit hears of the decision, on its card."""
    return "已核准备案，可以报送。" if approved else "备案申请未获核准。"


def goes_on_card(briefing: Briefing) -> str:
    """The name of the card that asks whether it goes on."""
    return f"briefing:{briefing.id}:goes_on"


def goes_on(briefing: Briefing, to: Official, *, next_year: bool) -> Notice:
    """After silent months, or in December: does it go on?"""
    title, year = briefing.title, briefing.year
    wanted, why = "还继续报送吗？", "已有数月没有报送，不再报送的请停办。"
    if next_year:
        wanted = f"{year + 1}年还报送吗？"
        why = f"备案到{year}年底为止，{year + 1}年继续报送的请申请续报，否则届时停办。"
    keep = Button("申请续报" if next_year else "继续报送", f"briefing:{briefing.id}:{GO_ON}")
    stop = Button("停办", f"briefing:{briefing.id}:{STOP}")
    return Notice(
        to,
        Markup("{}\n{}{}").format(_first(briefing, wanted), why, cite(ARTICLE)),
        ((keep, stop),),
        subject=f"简报《{title}》是否继续",
        card=goes_on_card(briefing),
    )


# ---------------------------------------------------------------- whoever decides


def decide_card(briefing: Briefing) -> str:
    """The name of the card on which its registration is decided."""
    return f"briefing:{briefing.id}:decide"


def decide_buttons(briefing: Briefing) -> Rows:
    """核准 with one tap; 不予备案 asks for a line."""
    if not briefing.waiting:
        return ()
    yes = "同意增加" if briefing.director else "核准"
    return (
        (
            Button(yes, f"briefing:{briefing.id}:{APPROVE}"),
            Button("不予备案", f"briefing:{briefing.id}:{REFUSE}"),
        ),
        (ask_a_view(decide_card(briefing)),),
    )


def to_decide(briefing: Briefing, to: Official, why: str = "") -> Notice:
    """The question, to one who may decide; `why` says what is new."""
    what = "请您决定第二种简报" if briefing.director else "请核准备案"
    shown = under(why, text(briefing, what)) + Markup("\n{}").format(cite(ARTICLE))
    subject = f"{briefing.unit.name}简报备案"
    return Notice(to, shown, decide_buttons(briefing), subject=subject, card=decide_card(briefing))


def silent(briefing: Briefing, roster: Roster) -> list[Notice]:
    """To the desk: nobody has decided on a second kind for two working days."""
    said = Markup("{}\n增加的申请送{}已两个工作日，尚未决定。").format(
        _first(briefing, "久未决定，请协助提醒"), briefing.whose
    )
    return [
        Notice(one, said, subject="简报备案久未决定") for one in roster.desk if one is not briefing.holder
    ]


def morning(waiting: Sequence[Briefing]) -> Section:
    """On the desk's morning card: what waits to be registered."""
    lines = [Markup("{}《{}》").format(one.unit.name, one.title) for one in waiting]
    return Section(f"简报待核准{len(waiting)}种", lines, [f"briefing:{one.id}" for one in waiting])


# ---------------------------------------------------------------- whoever reads


def issue_card(briefing: Briefing, issue: Issue) -> str:
    """The name of the card under which an issue is read."""
    return f"briefing:{briefing.id}:issue:{issue.number}"


def issue_text(briefing: Briefing, issue: Issue) -> Markup:
    """Whose issue it is, and who has read it (圈阅)."""
    head = _first(briefing, f"第{issue.number}期，请您阅")
    read = "、".join(one.reader.name for one in issue.read)
    return head + Markup("\n已阅：{}").format(read) if read else head


def issue_buttons(briefing: Briefing, issue: Issue) -> Rows:
    """[已阅], until everybody has."""
    unread = any(one.read_at is None for one in issue.readings)
    return ((Button("已阅", f"briefing:{briefing.id}:{READ}:{issue.number}"),),) if unread else ()


def issue_out(briefing: Briefing, issue: Issue, roster: Roster) -> list[Notice]:
    """The file and its card, to whoever reads it and to the office desk, which has no button."""
    readers = [one.reader for one in issue.readings]
    desk = [one for one in roster.desk if one not in readers]
    return [notice for to in [*readers, *desk] for notice in _copy(briefing, issue, to, reads=to in readers)]


def _copy(briefing: Briefing, issue: Issue, to: Official, *, reads: bool) -> list[Notice]:
    name, shown = f"{briefing.unit.name}简报第{issue.number}期", issue_text(briefing, issue)
    file = Notice(to, Markup("{}").format(name), attachment=sent_on(issue))
    buttons = issue_buttons(briefing, issue) if reads else ()
    return [file, Notice(to, shown, buttons, subject=name, card=issue_card(briefing, issue) if reads else "")]
