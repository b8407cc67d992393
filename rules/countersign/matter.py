"""Countersigning (会签): a draft goes round several units, whose heads sign (art. 53, 59, 63).

Nothing here knows of chats or tables, and the time is always passed in. Every change goes through the
`Countersign`, whose row is locked. What befalls it after the answers stands in rules/countersign/life.py and
rules/countersign/settling.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from rules.countersign.answer import Answer, AnswerStatus, CountersignPaper, Opinion, Source, check_grounds
from rules.countersign.consultation import Consultation, Delivery, Seat, still_there
from rules.countersign.due import Due, Limit
from rules.countersign.extension import ExtensionState
from rules.countersign.kinds import STARTERS, CountersignKind, CountersignState, SheetFacts
from rules.countersign.legal import Nature, review_article
from rules.countersign.objection import Mediation
from rules.countersign.round import Round
from rules.dates.reading import moment_words
from rules.refused import Refused
from rules.roster import OFFICE_DESK, Official, Unit, desk_acts_for
from rules.working_days import shanghai_day

__all__ = ["Countersign", "CountersignKind", "CountersignState"]


@dataclass(eq=False)
class Countersign:
    """One sheet (会签) of a lead unit.

    `limit_days` (working days) or `limit_until` (aware UTC) is the lead unit's own limit. `nature` says
    under which article the law has to be reviewed, by the unit `reviewer` unless that is nobody on the
    roster or leads it itself; `not_secret` that somebody was asked whether it is secret and said
    no. `drafter` prepared it, `released_by` let it go, for the head `released_for` where they stood in;
    until then `stand_in` has it on their desk while the head is away, and `unattended_at` says since when
    nobody could. `ended_at`, `ended_by`, `ended_for` (in whose place) and `end_reason` are its 办结 or 撤回.
    `new_version` is one that waits for the head (see `NewVersion`); `ready_at` says that a topic
    may go before a meeting (art. 53). `stalls` is what is known of those who let it lie (see
    rules/countersign/stall.py); None where nothing does. `papers` has those of every round,
    `consultations` every unit's place in every round, the latest last.
    """

    lead_unit: Unit
    drafter: Official
    kind: CountersignKind
    title: str
    prepared_at: datetime
    remark: str = ""
    urgent: bool = False
    limit_days: int | None = None
    limit_until: datetime | None = None
    nature: Nature = Nature.NEITHER
    reviewer: Unit | None = None
    not_secret: bool = False
    state: CountersignState = CountersignState.PREPARED
    sent_back_reason: str = ""
    released_at: datetime | None = None
    released_by: Official | None = None
    released_for: Official | None = None
    ended_at: datetime | None = None
    ended_by: Official | None = None
    ended_for: Official | None = None
    end_reason: str = ""
    new_version: Mapping[str, Any] | None = None
    ready_at: datetime | None = None
    consultations: list[Consultation] = field(default_factory=list)
    rounds: list[Round] = field(default_factory=list)
    mediations: list[Mediation] = field(default_factory=list)
    papers: list[CountersignPaper] = field(default_factory=list)
    stand_in: Official | None = None
    unattended_at: datetime | None = None
    stalls: list[Mapping[str, Any]] | None = None
    id: int = field(init=False)

    # ------------------------------------------------------------ who and where

    @property
    def limit(self) -> Limit:
        """The lead unit's own limit."""
        return Limit(self.limit_days, self.limit_until)

    @property
    def round(self) -> int:
        """The number of the round that runs; 0 before it is released."""
        return max((one.number for one in self.rounds), default=0)

    @property
    def current(self) -> Sequence[Consultation]:
        """For every unit its latest place: what it says now. In the order in which they were asked."""
        latest: dict[Unit, Consultation] = {}
        for one in sorted(self.consultations, key=lambda each: each.round):
            latest[one.unit] = one
        return list(latest.values())

    @property
    def waiting(self) -> Sequence[Consultation]:
        """Those whose answer is missing."""
        return [one for one in self.current if one.waiting]

    @property
    def papers_now(self) -> Sequence[CountersignPaper]:
        """The files of the version that goes round, or of the latest that brought any."""
        return self.papers_of(self.round or 1)

    def papers_of(self, round_: int) -> Sequence[CountersignPaper]:
        """The files that went round with that version."""
        latest = max((paper.round for paper in self.papers if paper.round <= round_), default=0)
        return [paper for paper in self.papers if paper.round == latest]

    @property
    def matter(self) -> str:
        """The sheet in a few words: 文稿《…》会签."""
        return f"{self.kind}《{self.title}》会签"

    def same_as(self, sheet: SheetFacts) -> bool:
        """Whether these facts are of the very same draft: kind, title and files (by name and size)."""
        files = sorted((one.name, one.size) for one in sheet.papers)
        mine = sorted((one.name, one.size) for one in self.papers_now)
        return (self.kind, self.title, mine) == (sheet.kind, sheet.title, files)

    def consultation(self, id: int) -> Consultation:
        """The one of that id; refused where a button names one that is not on this sheet."""
        found = next((one for one in self.consultations if one.id == id), None)
        if found is None:
            raise Refused("这张卡片已经失效，请发「待办」查看最新事项。")
        return found

    def of_lead(self, official: Official, seat: Seat) -> bool:
        """Whether they speak for the lead unit: who drafted it, its liaisons, its head or who stands in."""
        if seat.holds(official) or desk_acts_for(self.lead_unit, official):
            return True
        of_unit = official.unit is self.lead_unit  # who drafted it and has moved on speaks for it no more
        return of_unit and (official is self.drafter or official.role in STARTERS)

    def may_lead(self, official: Official, seat: Seat) -> None:
        """Refuses whoever does not speak for the lead unit."""
        if not self.of_lead(official, seat):
            raise Refused(f"这份会签由{self.lead_unit.name}主办，您不能办理。")

    # ------------------------------------------------------------ what silence and an answer are worth

    def reviews(self, consultation: Consultation) -> bool:
        """Whether this is the legal reviewer's place, for which no countersign stands (art. 21, 24, 53)."""
        return self.reviewer is not None and consultation.unit is self.reviewer

    def lapses(self, consultation: Consultation) -> bool:
        """Whether this unit's silence is consent (art. 63): of a draft, and not the legal reviewer's."""
        return self.kind.lapses and not self.reviews(consultation)

    def article_of(self, consultation: Consultation) -> int:
        """The article under which this unit answers."""
        return review_article(self.nature) if self.reviews(consultation) else self.kind.article

    # ------------------------------------------------------------ until it goes out

    def consult(self, units: Mapping[Unit, Official | None]) -> None:
        """Put down whom it goes to, with their heads, before it is released."""
        self.consultations = [Consultation(unit, 1, head) for unit, head in units.items()]

    def revise(self, sheet: SheetFacts, units: Mapping[Unit, Official | None], now: datetime) -> None:
        """Put other facts on it while it has not gone out; the head is asked anew."""
        if self.state not in (CountersignState.PREPARED, CountersignState.SENT_BACK):
            raise Refused(f"这份会签{self.state}，不能修改；文稿有变的，请送新稿。")
        for name, value in vars(sheet).items():
            setattr(self, name, value)
        self.consult(units)
        self.state, self.sent_back_reason, self.prepared_at = CountersignState.PREPARED, "", now

    def may_release(self, official: Official, seat: Seat) -> None:
        """Only the lead unit's head, or who stands in for them, and only once."""
        if self.state in (CountersignState.OPEN, CountersignState.CLOSED) and self.released_by:
            at = moment_words(self.released_at) if self.released_at else ""
            raise Refused(f"这份会签已由{self.released_by.titled}于{at}送出，不必再送。")
        if self.state is CountersignState.WITHDRAWN:
            raise Refused("这份会签已撤回，不能送出。")
        if not seat.holds(official):
            raise Refused(f"送会签须由{self.lead_unit.name}主要负责人审核把关，您不能送出。", 63)
        if self.state is CountersignState.SENT_BACK:
            raise Refused("这份会签已退回修改，请等经办人改好再送。")

    def release(self, official: Official, seat: Seat, now: datetime) -> None:
        """送会签: it goes to every unit, and their periods begin as it reaches them."""
        self.may_release(official, seat)
        self.consultations = still_there(self.consultations, self.reviewer)
        self.state, self.stand_in, self.unattended_at = CountersignState.OPEN, None, None
        self.released_at, self.released_by, self.released_for = now, official, seat.acting_for(official)
        self.rounds.append(Round(1, now, official))
        for one in self.consultations:
            one.asked_at, one.waiting = now, True

    def send_back(self, official: Official, seat: Seat, reason: str) -> None:
        """退回修改 by the head, with what is to be mended."""
        self.may_release(official, seat)
        self.state, self.sent_back_reason = CountersignState.SENT_BACK, reason

    # ------------------------------------------------------------ the clock

    def start(self, consultation: Consultation, delivery: Delivery, due: Due) -> bool:
        """The unit's own period begins with the first proof of delivery; later proofs change nothing."""
        if self.state is not CountersignState.OPEN or not consultation.deliver(delivery):
            return False
        if consultation.closes_at is None or due.closes_at > consultation.closes_at:
            consultation.put_due(due)  # else an extension was agreed before it arrived
        return True

    def may_lapse(self, consultation: Consultation, now: datetime) -> bool:
        """Whether silence is consent now: it may be, there is proof of delivery, the last day is over."""
        return (
            self.lapses(consultation)
            and self.state is CountersignState.OPEN
            and self.lead_unit.closed_at is None  # on whose behalf would it be
            and consultation.waiting
            and consultation.delivered_at is not None
            and consultation.overdue(now)
        )

    def lapse(self, consultation: Consultation, now: datetime) -> bool:
        """Enter 视为无不同意见 with its evidence, as an act of the system; False where it may not."""
        if not self.may_lapse(consultation, now):
            return False
        for extension in consultation.extensions:
            if extension.state is ExtensionState.ASKED:
                extension.state = ExtensionState.LAPSED
        answer = Answer(Opinion.DEEMED, now, AnswerStatus.IN_FORCE, source=Source.SILENCE)
        answer.evidence = consultation.evidence
        consultation.enter(answer)
        return True

    # ------------------------------------------------------------ answers

    def may_answer(self, consultation: Consultation) -> None:
        """Refuses, in one sentence, where nothing is to be answered any more."""
        if self.state is not CountersignState.OPEN:
            raise Refused(f"《{self.title}》会签{_NOT_OPEN[self.state]}，无需答复。")
        if consultation.unit.closed_at is not None:
            raise Refused(f"{consultation.unit.name}已撤并，不再列入会签，无需答复。")
        if consultation not in self.current:
            raise Refused(f"《{self.title}》已送第{self.round}稿，请在新卡片上答复；发「待办」可重新调出。")
        if consultation.late is not None:
            raise Refused(
                f"{consultation.unit.name}的逾期意见已收到：{consultation.late.done}，不能重复答复。"
            )
        if consultation.answer is not None and not (consultation.deemed or self.unsigned(consultation)):
            raise Refused(f"{consultation.unit.name}已答复：{consultation.answer.done}，不能重复答复。")

    def unsigned(self, consultation: Consultation) -> bool:
        """Answered by phone, where the head's signature is wanted (art. 21, 53, 59) and may still come."""
        answer = consultation.answer
        return not self.lapses(consultation) and answer is not None and answer.source is Source.PHONE

    def may_sign(self, official: Official, consultation: Consultation, seat: Seat) -> None:
        """The unit's head signs, or who stands in for them (art. 53)."""
        self.may_answer(consultation)
        if not seat.holds(official):
            raise Refused(f"会签意见须由{consultation.unit.name}主要负责人签字，您不能代签。", 53)

    def draft(
        self,
        official: Official,
        consultation: Consultation,
        opinion: Opinion,
        now: datetime,
        *,
        liaisons: list[Official],
        text: str = "",
        papers: Iterable[CountersignPaper] = (),
    ) -> Answer:
        """An opinion for the head to sign; it takes the place of the one drafted before."""
        self.may_answer(consultation)
        consultation.may_draft(official, liaisons)
        check_grounds(opinion, text)
        answer = Answer(opinion, now, AnswerStatus.DRAFT, text, drafted_by=official, papers=list(papers))
        if consultation.draft is not None:
            if consultation.draft.says_the_same(answer):
                raise Refused(f"同样的意见已代拟：{consultation.draft.done}，待主要负责人签字，不必重复。")
            consultation.draft.status = AnswerStatus.DROPPED
        consultation.answers.append(answer)
        return answer

    def sign(
        self,
        official: Official,
        consultation: Consultation,
        opinion: Opinion,
        now: datetime,
        *,
        seat: Seat,
        text: str = "",
        papers: Iterable[CountersignPaper] = (),
        judged: bool = True,
    ) -> Answer:
        """The head's answer; once silence was taken for consent it is kept as 逾期意见, changing nothing.

        Without `judged` no silence is taken for consent now: an outage has not been added back yet.
        """
        self.may_sign(official, consultation, seat)
        check_grounds(opinion, text)
        answer = Answer(opinion, now, AnswerStatus.IN_FORCE, text, papers=list(papers))
        return self._signed(answer, official, consultation, seat, now, judged=judged)

    def sign_draft(
        self,
        official: Official,
        consultation: Consultation,
        draft_id: int,
        now: datetime,
        *,
        seat: Seat,
        judged: bool = True,
    ) -> Answer:
        """The head signs the opinion that was drafted for them; another than they saw is not signed."""
        self.may_sign(official, consultation, seat)
        draft = consultation.draft
        if draft is None or draft.id != draft_id:
            raise Refused("代拟意见已有变化，请看最新卡片再签字。")
        draft.at = now
        return self._signed(draft, official, consultation, seat, now, judged=judged)

    def record(
        self,
        clerk: Official,
        consultation: Consultation,
        opinion: Opinion,
        now: datetime,
        *,
        source: Source,
        source_note: str,
        given_on: date,
        text: str = "",
        papers: Iterable[CountersignPaper] = (),
        judged: bool = True,
    ) -> Answer:
        """An answer given on paper or by phone, entered by the office with its source (由办公室代录).

        What was given within the period counts, even where silence has been taken for consent meanwhile.
        """
        if clerk.role not in OFFICE_DESK:
            raise Refused("代录答复由区政府办公室办理。")
        self.may_answer(consultation)
        check_grounds(opinion, text)
        if self.released_at and given_on < shanghai_day(self.released_at):
            raise Refused(f"答复日期早于送会签的日期（{moment_words(self.released_at)}），请核对。")
        if given_on > shanghai_day(now):
            raise Refused("答复日期还没有到，请核对。")
        answer = Answer(opinion, now, AnswerStatus.IN_FORCE, text, source, papers=list(papers))
        answer.recorded_by, answer.source_note, answer.given_on = clerk, source_note, given_on
        closes_at = consultation.closes_at
        too_late = closes_at is not None and given_on >= shanghai_day(closes_at)
        if too_late and judged:
            self.lapse(consultation, now)
        self._enter(consultation, answer, in_time=not too_late)
        return answer

    def reopen(self, official: Official, consultation: Consultation, seat: Seat) -> Answer:
        """重开 by the lead unit: the late opinion counts, and the silence does not."""
        self.may_lead(official, seat)
        if self.state is not CountersignState.OPEN or consultation not in self.current:
            raise Refused(f"《{self.title}》会签{_NOT_OPEN.get(self.state, '已送新稿')}，不能重开。")
        late = consultation.late
        if late is None:
            raise Refused(f"{consultation.unit.name}没有待采纳的逾期意见。")
        consultation.enter(late)
        return late

    def _signed(
        self,
        answer: Answer,
        official: Official,
        consultation: Consultation,
        seat: Seat,
        now: datetime,
        *,
        judged: bool,
    ) -> Answer:
        answer.signer, answer.acting_for = official, seat.acting_for(official)
        if judged:
            self.lapse(consultation, now)  # the clock may not have come round yet
        self._enter(consultation, answer, in_time=not consultation.overdue(now))
        return answer

    def _enter(self, consultation: Consultation, answer: Answer, *, in_time: bool) -> None:
        """Let it count, unless silence has rightly been taken for consent before."""
        if consultation.deemed and self.lapses(consultation) and not in_time:
            answer.status = AnswerStatus.LATE
            if answer not in consultation.answers:
                consultation.answers.append(answer)
            return
        consultation.enter(answer)


_NOT_OPEN: Final = {
    CountersignState.PREPARED: "尚未送出",
    CountersignState.SENT_BACK: "尚未送出",
    CountersignState.CLOSED: "已办结",
    CountersignState.WITHDRAWN: "已由主办单位撤回",
}
