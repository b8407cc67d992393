"""Draws the forms that come with the program beside this file; run it after changing what one looks like.

    python -m notices.templates

An office does not need it: it edits a copy in Word and names it in [papers].
"""

from pathlib import Path

from notices.templates import attendance, countersign, invitation, leave_report, meeting_excuse

if __name__ == "__main__":
    for form in (leave_report, invitation, meeting_excuse, attendance, countersign):
        form.draw().save(str(Path(__file__).parent / f"{form.NAME}.docx"))
