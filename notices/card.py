"""What the cards of all procedures have alike: rows, the line above, whose copy it is, the files behind."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Protocol

from markupsafe import Markup, escape

from notices.notice import Attachment, Notice
from rules.roster import Official


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


def under(why: str, text: Markup, to: Official | None = None, owner: Official | None = None) -> Markup:
    """The card below a line that says why it comes; to whoever is asked in the owner's place, that."""
    if not why and owner is not None and to is not owner:
        why = f"请您代{owner.titled}办理。"
    return Markup("<i>{}</i>\n{}").format(why, text) if why else text


def copy_of(name: str, owner: Official | None, holder: Official | None) -> str:
    """The name of the card, or of a stand-in's copies of it, which are edited apart from the owner's."""
    return name if holder is None or holder is owner else f"{name}:{holder.id}"


def mark_of(owner: Official | None, holder: Official | None) -> str:
    """（代）, on the buttons of a stand-in's copy."""
    return "" if holder is None or holder is owner else "（代）"


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
