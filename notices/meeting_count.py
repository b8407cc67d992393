"""The office's live card of a meeting: who comes, who does not, who is silent; edited where it stands."""

from collections.abc import Iterable

from markupsafe import Markup

from notices.meeting_card import head, office_buttons, office_card
from rules.meeting import Meeting
from rules.meeting_attendance import Attendee
from rules.meeting_count import Tally, by_group, quorum_of, tally
from rules.roster import Official, Roster
from storage.meeting import COUNT, count_soon
from storage.outbox import Notice
from storage.work import Work


def office_text(meeting: Meeting) -> Markup:
    """The meeting, and how many have answered what, by group."""
    lines = [head(meeting), _line("应到", meeting.members)]
    others = [one for one in meeting.attendees if not one.member]
    lines += [_line("列席", others)] if others else []
    lines += [_line(group, people) for group, people in by_group(meeting.attendees).items()]
    quorum = quorum_of(meeting)
    if quorum:
        lines.append(Markup("须{}人以上出席，已答复参加{}人。").format(quorum.needed, quorum.certain))
    return Markup("\n").join(lines)


def _line(what: str, people: Iterable[Attendee]) -> Markup:
    counted = tally(people)
    return Markup("{} {}：{}").format(what, counted.expected, _said(counted))


def _said(counted: Tally) -> str:
    parts = {
        "参加": counted.coming,
        "派员": counted.deputies,
        "准假": counted.granted,
        "请假待批": counted.pending,
        "不准假": counted.denied,
        "外出": counted.away,
        "未回复": counted.silent,
    }
    return "、".join(f"{word}{number}" for word, number in parts.items() if number)


def office(meeting: Meeting, to: Official) -> Notice:
    """The card for one at the desk."""
    return Notice(
        to, office_text(meeting), office_buttons(meeting), subject=meeting.title, card=office_card(meeting)
    )


def keepers(meeting: Meeting, roster: Roster) -> list[Official]:
    """Who has the card: the desk, and whoever called the meeting."""
    return [one for one in dict.fromkeys([*roster.desk, meeting.called_by]) if one.left_at is None]


async def called(work: Work, meeting: Meeting) -> None:
    """The meeting was just called: the card goes to those who keep it."""
    await work.send(*(office(meeting, one) for one in keepers(meeting, await work.roster())))


async def moved(work: Work, meeting: Meeting) -> None:
    """Its time, its deadline or its list has changed."""
    await answered(work, meeting)


async def answered(work: Work, meeting: Meeting) -> None:
    """Somebody has answered: the card follows soon, however many answer at once."""
    await count_soon(work, meeting)


async def over(work: Work, meeting: Meeting) -> None:
    """Cancelled or held: the card is edited once more."""
    await work.drop_timers(COUNT, meeting.id)
    await work.redraw(office_card(meeting), office_text(meeting), office_buttons(meeting))
