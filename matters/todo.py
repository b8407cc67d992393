"""待办 on its way: what waits on a desk follows who decides, and its silence is told; once for all kinds.

A procedure declares a `Kind` for each kind of question it asks (matters/<procedure>/todo.py): how the open
ones are found, whose matter they are, their card and its words. Who decides is asked of rules/absence.py,
where a question lies is kept by rules/todo.py, when silence is over by rules/reminders.py.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Generic, Protocol, TypeVar

from markupsafe import Markup

from matters.moves import Moves
from notices import absence as words
from notices.card import with_files
from notices.notice import Notice, Reminder
from rules.absence import Absences, StandIn
from rules.hours import OfficeHours
from rules.reminders import LADDER, Occasion, Stage, day_begun
from rules.roster import Official, Roster
from rules.todo import Question, Todo
from rules.working_days import Calendar, shanghai_day
from storage.queries.absence import absences, decides_for
from storage.unit_of_work import UnitOfWork


class Matter(Protocol):
    """What a question is of: its row is locked while the question is moved."""

    id: int


M = TypeVar("M", bound=Matter)
Q = TypeVar("Q", bound=Question[Any])
T = TypeVar("T", bound=Todo[Any])


async def _nothing(_work: UnitOfWork, _matter: object, _question: object) -> Sequence[Notice]:
    return ()


@dataclass(frozen=True, kw_only=True)
class Kind(Generic[M, Q]):
    """One kind of question, as far as it is moved from desk to desk.

    `code` is the procedure's: leave:12 in the audit, leave.follow its action, and what a delegation covers.
    `open` finds the matters with a question that may wait, `waiting` says which of one matter's do,
    `applicant` whose matter it is (who cannot decide it), `called` how it stands in a list of what has moved.
    `card` names the copy of whoever has it, `text` is what a copy says that is live no more; `asked` gives
    the cards for whoever has it now, with a line above, `papers` what goes out beside it. `redraw` edits
    whatever else names the desk. `urgent` moves at once, at any hour; the rest waits for the opening.
    """

    matter: type[M]
    code: str
    open: Callable[[UnitOfWork], Awaitable[Iterable[M]]]
    waiting: Callable[[M], Iterable[Q]]
    applicant: Callable[[M, Q, Absences], Official | None]
    called: Callable[[M, Q], str]
    card: Callable[[M, Q, Official], str]
    text: Callable[[M, Q, Roster], Markup]
    asked: Callable[[UnitOfWork, M, Q, str], Awaitable[Iterable[Notice]]]
    redraw: Callable[[UnitOfWork, M, Q], Awaitable[None]]
    papers: Callable[[UnitOfWork, M, Q], Awaitable[Iterable[Notice]]] = _nothing
    urgent: Callable[[M], bool] | None = None

    def decides(self, matter: M, question: Q, now: Absences) -> StandIn | None:
        """Who decides in the owner's place now; None: they themselves, or it is nobody's alone."""
        if question.owner is None:
            return None
        return now.decides_for(question.owner, self.code, applicant=self.applicant(matter, question, now))

    async def stand_in(self, work: UnitOfWork, matter: M, question: Q) -> Official | None:
        """The official who decides in the owner's place now, if there is one."""
        found = self.decides(matter, question, await absences(work))
        return found.official if found else None

    def astray(self, matter: M, now: Absences) -> list[Q]:
        """The matter's questions that lie on another desk than they should."""
        waiting = self.waiting(matter)
        return [one for one in waiting if one.is_on_wrong_desk(self.decides(matter, one, now))]

    async def follow(
        self, work: UnitOfWork, _official: Official | None = None, /, *, only_urgent: bool = False
    ) -> None:
        """Move every question that lies on another desk than it should; the others are left alone.

        All are looked at, not only the official's: they may stand in for somebody else.
        """
        urgent = self.urgent or (lambda _: False)
        if only_urgent and self.urgent is None:
            return
        now, moves = await absences(work), Moves(work)
        wrong = [
            matter.id
            for matter in await self.open(work)
            if (not only_urgent or urgent(matter)) and self.astray(matter, now)
        ]
        for id in wrong:
            matter = await work.lock(self.matter, id)  # locked: it may have been decided since
            for question in self.astray(matter, now):
                await self._move(moves, matter, question, now)
        await moves.tell()

    async def catch_up(self, work: UnitOfWork, matter: M) -> None:
        """Before its silence is judged: where something of it lies astray, the whole kind follows now."""
        if self.astray(matter, await absences(work)):
            await self.follow(work)

    async def _move(self, moves: Moves, matter: M, question: Q, now: Absences) -> None:
        """Take the card from whoever had it, and lay it before whoever decides now."""
        work, former, owner = moves.work, question.stand_in, question.owner
        stand_in = self.decides(matter, question, now)
        question.reassign(stand_in, work.now)
        if former is not None:  # the owner's own copy is dead too where a fresh one follows
            dead = self.cards(matter, question, former, None if question.stand_in else owner)
            await self.close(work, matter, question, dead)
            moves.gone(former, owner, question.stand_in, self.called(matter, question))
        await work.note(
            None,
            f"{self.code}.follow",
            f"{self.code}:{matter.id}",
            article=stand_in.article if stand_in and stand_in.leave else None,
            detail={
                "what": self.called(matter, question),
                "from": (former or owner).titled,
                "to": question.holder.titled,
            },
        )
        await self.redraw(work, matter, question)
        if question.stand_in is not None and stand_in is not None:
            await self.ask(work, matter, question, words.takes_over(stand_in))
        elif former is not None:
            await self.ask(work, matter, question, words.ALONE if stand_in else words.COMES_BACK)
        if stand_in is not None:
            moves.come(stand_in, self.called(matter, question))

    async def close(self, work: UnitOfWork, matter: M, question: Q, cards: Iterable[str]) -> None:
        """These copies of its card say how it stands, and have no buttons any more."""
        text = self.text(matter, question, await work.roster())
        for name in dict.fromkeys(cards):
            await work.retire(name, text)

    def cards(self, matter: M, question: Q, *holders: Official | None) -> list[str]:
        """The names of their copies of its card."""
        return [self.card(matter, question, one) for one in holders if one is not None]

    async def reroute(
        self,
        work: UnitOfWork,
        matter: M,
        question: Q,
        put: Callable[[], None],
        *,
        why: str = "",
        article: int | None = None,
    ) -> None:
        """By the roster it is another's (`put` enters whose): nobody else has it, who decides now is asked.

        What has not come to its turn yet is asked of nobody.
        """
        was, cards = question.owner, self.cards(matter, question, question.owner, question.stand_in)
        put()
        question.has_new_owner(work.now)
        await self.close(work, matter, question, cards)
        detail = {"what": self.called(matter, question), "from": was.titled, "to": question.owner.titled}
        subject = f"{self.code}:{matter.id}"
        await work.note(None, f"{self.code}.reroute", subject, article=article, detail=detail)
        if question in self.waiting(matter):
            stand_in = await self.lay(work, matter, question)
            by_right = words.takes_over(stand_in) if stand_in and stand_in.official else ""
            await self.redraw(work, matter, question)
            await self.ask(work, matter, question, why or by_right)
        else:
            await self.redraw(work, matter, question)

    async def lay(self, work: UnitOfWork, matter: M, question: Q) -> StandIn | None:
        """What is asked this moment lies with whoever decides now; see `lay` below."""
        applicant, called = (
            self.applicant(matter, question, await absences(work)),
            self.called(matter, question),
        )
        return await lay(work, question, self.code, applicant=applicant, called=called)

    async def ask(self, work: UnitOfWork, matter: M, question: Q, why: str) -> None:
        """Its card and its papers to whoever has it now."""
        cards = list(await self.asked(work, matter, question, why))
        beside = list(await self.papers(work, matter, question))
        await work.send(*(with_files(cards[0], *beside) if cards else beside), *cards[1:])


@dataclass(frozen=True, kw_only=True)
class Counted(Kind[M, T]):
    """A kind whose silence is counted: after a working day a reminder, after a second one those above.

    `article` stands in the audit of both; `again` is the line above the card that goes out once more,
    `silent` what those above are told. `spared` is who has heard of it that day from somebody else.
    `occasion` is what the question is about, where that takes place by itself; `near` what stands above the
    card when it is near or over, and what those are told who cannot decide.
    """

    article: Callable[[M], int | None]
    again: Callable[[M, T], str]
    silent: Callable[[M, T, Roster], Iterable[Notice]]
    spared: Callable[[T, date], bool] = lambda _question, _today: False
    occasion: Callable[[M, T], Occasion | None] = lambda _matter, _question: None
    near: Callable[[M, T, Stage, Roster], tuple[str, Iterable[Notice]]] = lambda *_: ("", ())

    async def remind_and_escalate(self, work: UnitOfWork, matter: M) -> None:
        """See what the silence of its questions has come to, and whether time has overtaken them.

        What lies on another desk than it should moves instead, and its wait begins again: nobody is reminded
        who is away. By night and on a rest day nothing moves and nobody is told; cards are only put right.
        """
        calendar, hours = await work.calendar(), work.office.settings.hours
        at_work = day_begun(work.now, calendar, hours)
        if at_work:
            await self.catch_up(work, matter)
        for question in self.waiting(matter):
            occasion = self.occasion(matter, question)
            if at_work or (occasion is not None and occasion.over <= work.now):
                await self._climb(work, matter, question, calendar, hours)

    async def _climb(
        self, work: UnitOfWork, matter: M, question: T, calendar: Calendar, hours: OfficeHours
    ) -> None:
        spared = self.spared(question, shanghai_day(work.now))
        climbed = LADDER.climb(question, work.now, calendar, hours, self.occasion(matter, question))
        subject, article = f"{self.code}:{matter.id}", self.article(matter)
        if climbed.overtaken:
            await work.note(None, f"{self.code}.overtaken", subject, article=article)
            await self.redraw(work, matter, question)
        if climbed.near is not None:
            why, told = self.near(matter, question, climbed.near, await work.roster())
            await self.remind(work, matter, question, why)
            await work.send(*told)
        if climbed.remind and not spared:
            await self.remind(work, matter, question)
        if climbed.escalate:
            await work.note(None, f"{self.code}.silent", subject, article=article)
            await work.send(*self.silent(matter, question, await work.roster()))

    async def remind(self, work: UnitOfWork, matter: M, question: T, why: str = "") -> None:
        """Its card once more to whoever has it; in the audit once Telegram has taken it."""
        question.reminded(work.now)
        reminder = Reminder(f"{self.code}.remind", f"{self.code}:{matter.id}", self.article(matter))
        cards = await self.asked(work, matter, question, why or self.again(matter, question))
        await work.send(*(replace(card, reminds=reminder) for card in cards))


async def lay(
    work: UnitOfWork,
    question: Question[Any],
    procedure: str,
    *,
    applicant: Official | None,
    called: str,
) -> StandIn | None:
    """What is first asked lies with whoever decides now; where nobody can, owner and desk are told."""
    stand_in = await decides_for(work, question.owner, applicant, procedure)
    question.reassign(stand_in, work.now)
    if stand_in and stand_in.official is None:
        await work.send(*words.nobody(stand_in, [called], await work.roster()))
    return stand_in
