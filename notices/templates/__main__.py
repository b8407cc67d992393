"""Draws the forms that come with the program beside this file; run it after changing what one looks like.

    python -m notices.templates

An office does not need it: it edits a copy in Word and names it in [papers].
"""

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

HERE = Path(__file__).parent

if __name__ == "__main__":
    for found in iter_modules([str(HERE)]):
        form = import_module(f"{__package__}.{found.name}")
        if hasattr(form, "draw"):
            form.draw().save(str(HERE / f"{form.NAME}.docx"))
