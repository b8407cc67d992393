"""What the cards of all procedures have alike: the first line, progress, quotations, copies, files behind."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from markupsafe import Markup, escape

from notices.message_text import CITED, QUOTE, plain
from notices.notice import Attachment, Button, Notice
from rules.dates.reading import moment_words
from rules.roster import Official, surname
from rules.text import clip
from rules.todo import Todo

FIRST_LINE: Final = 40
"""So much a lock screen shows of a message, which is all that many people read of it."""
_LEAST: Final = 8
_NAMED: Final = re.compile(r"([《“])(.+)([》”])")


class Held(Protocol):
    """A file that Telegram already has."""

    @property
    def name(self) -> str:
        """As it came."""

    @property
    def file_id(self) -> str:
        """Telegram's own handle."""

    @property
    def photo(self) -> bool:
        """Whether it can only be sent on as a photo."""


def labelled(label: str, value: object) -> list[Markup]:
    """理由：会期冲突, or no line where there is nothing to say."""
    return [Markup("{}：{}").format(label, value)] if value else []


def headline(who: object, what: object, when: object = "", wanted: object = "") -> Markup:
    """The first line of all that goes out: who does what and when, and what is wanted of the reader.

    What is too long for a lock screen loses the end of the matter's own title, then of what it is: never
    what is wanted.
    """
    head, matter, then, want = (
        plain(one) if isinstance(one, Markup) else f"{one}" for one in (who, what, when, wanted)
    )
    rest = (f" {then}" if then else "") + (f"，{want}" if want else "")
    over = len(head) + len(matter) + len(rest) - FIRST_LINE
    if over > 0 and (title := _NAMED.search(matter)):
        shorter = clip(title[2], max(len(title[2]) - over, _LEAST))
        matter = f"{matter[: title.start(2)]}{shorter}{matter[title.end(2) :]}"
    elif over > 0:
        matter = clip(matter, max(len(matter) - over, _LEAST))
    return Markup("<b>{}{}{}</b>").format(head, matter, rest)


def introduced(official: Official) -> str:
    """杨某（教体局局长）: who it is about, before their post, as a lock screen cuts off what comes last."""
    return f"{official.name}（{official.post_in_full}）"


def named(one: Official | None, owner: Official | None = None) -> str:
    """周某某, or 周某某（代区长）: who has decided, as briefly as a first line needs it."""
    if one is None:
        return "区政府办公室"
    return one.name if owner is None or one is owner else f"{one.name}（代{owner.post_in_full}）"


def asks(act: str, to: Official | None = None, owner: Official | None = None) -> str:
    """请您审批; to whoever is asked in the owner's place 请您代区长审批."""
    return f"请您代{owner.post_in_full}{act}" if owner is not None and to is not owner else f"请您{act}"


def under(why: str | Markup, text: Markup) -> Markup:
    """The card with why it comes below its first line."""
    if not why:
        return text
    first, _, rest = text.partition("\n")
    lines = (
        Markup("<i>{}</i>").format(line) for line in escape(why).split("\n")
    )  # a line closes what it opens
    return Markup("\n").join(filter(None, [first, *lines, rest]))


def news_on(news: Markup, card: Markup, *, live: bool = True) -> Markup:
    """What is new of a matter with its card beneath, which is then told by that message and by no other.

    What the news says already is not said again, under whatever word. Of a card that is not `live` (no button
    is left under it) the news is enough.
    """
    if not live:
        return news
    said = {_value(line) for line in news.split("\n")}
    rest = [line for line in card.split("\n")[1:] if _value(line) not in said]
    return Markup("\n").join([news, *rest])


def _value(line: Markup) -> str:
    return CITED.sub("", line.partition("：")[2] or line)


def still_news(news: Markup, card: Markup, first: str, *, live: bool = True) -> Markup:
    """The same once the card is drawn again: it was news as long as the card's own `first` line stands."""
    return news_on(news, card, live=live) if card.split("\n", 1)[0] == first else card


def quoted(text: object) -> Markup:
    """A long quotation, folded until it is tapped."""
    return Markup(f"{QUOTE}{{}}</blockquote>").format(text)  # noqa: S704 - our own markup


class Step(NamedTuple):
    """A place on the way of a matter: its mark, who (or 办公室, of no one person), for whom, and when."""

    mark: str
    who: Official | str
    owner: Official | None = None
    at: datetime | None = None


DONE, REFUSED, BACK, WAITS, LATER = "✓", "✗", "↩", "●", "○"
DESK: Final = "办公室"


def step_of(asked: Todo[Official | None], mark: str, *, waits: bool) -> Step:
    """The step that this question is; `mark` is of its decision, empty as long as there is none."""
    if mark:
        return Step(mark, asked.decided_by or asked.owner or DESK, asked.owner, asked.decided_at)
    return Step(WAITS if waits else LATER, asked.holder or DESK, asked.owner)


def progress(steps: Sequence[Step]) -> str:
    """✓周 12月8日 09:03 → ●赵: how far it has got; surnames, where no two people have the same."""
    people = [one for step in steps for one in (step.who, step.owner) if isinstance(one, Official)]
    short = short_names(people)
    said, day = [], ""
    for step in steps:
        acting = f"（代{short[step.owner]}）" if step.owner is not None and step.owner is not step.who else ""
        when = ""
        if step.at is not None:
            on, _, hour = moment_words(step.at).rpartition(" ")
            when, day = f" {hour}" if on == day else f" {on} {hour}", on
        who = short[step.who] if isinstance(step.who, Official) else step.who
        said.append(f"{step.mark}{who}{acting}{when}")
    return " → ".join(said)


def short_names(people: Iterable[Official]) -> dict[Official, str]:
    """Surnames, whole names where two of them have the same."""
    every = dict.fromkeys(people)
    found = [surname(one.name) for one in every]
    return {one: last if found.count(last) == 1 else one.name for one, last in zip(every, found, strict=True)}


def copy_of(name: str, owner: Official | None, holder: Official | None) -> str:
    """The name of the card, or of a stand-in's copies of it, which are edited apart from the owner's."""
    return name if holder is None or holder is owner else f"{name}:{holder.id}"


def mark_of(owner: Official | None, holder: Official | None) -> str:
    """（代）, on the buttons of a stand-in's copy."""
    return "" if holder is None or holder is owner else "（代）"


NOTING: Final = "_noting"
"""Behind the act of a button: the same with a line of the decider's own."""


def ask_a_view(card: str) -> Button:
    """[征求意见] on the card of that name and on every stand-in's copy: the answer stands on them all."""
    return Button("征求意见", f"advice:ask:{card}")


def beside(button: Button, act: str, card: str) -> tuple[Button, ...]:
    """[同意并附言] [征求意见], under the button 同意 whose act that is on this card and its copies."""
    word, mark = button.label.removesuffix("（代）"), button.label[len(button.label.removesuffix("（代）")) :]
    noting = Button(f"{word}并附言{mark}", button.data.replace(f":{act}", f":{act}{NOTING}", 1))
    return (noting, ask_a_view(card))


def sent_on(paper: Held) -> Attachment:
    """The file as Telegram already has it."""
    return Attachment(paper.name, file_id=paper.file_id, photo=paper.photo)


def files(
    to: Official | int, held: Iterable[tuple[str, Held]], *, subject: str = "", matter: str = ""
) -> list[Notice]:
    """The files under their captions as one thing, or nothing where there are none."""
    sent = tuple(replace(sent_on(paper), caption=escape(caption)) for caption, paper in held)
    return [Notice(to, Markup(), files=sent, subject=subject, matter=matter)] if sent else []


def with_files(card: Notice, *beside: Notice) -> list[Notice]:
    """The card with what goes out beside it: files come right before it, as one with it, the rest behind."""
    alone = [notice for notice in beside if notice.files and not notice.text]
    ahead = tuple(file for notice in alone for file in notice.files)
    return [replace(card, files=(*card.files, *ahead)), *(one for one in beside if one not in alone)]
