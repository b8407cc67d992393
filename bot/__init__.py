"""Starts and wires the bot: command line, configuration, receiving, delivery, the clock, the local chat."""

import os
import sys

# python-telegram-bot gives durations as timedelta from its next major version on; this asks for it now.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# httpx comes with python-telegram-bot and would load its own command line (rich, pygments, click: 5 MB).
# A name that stands for None cannot be imported: httpx goes on as where its extra `cli` is not installed.
sys.modules.setdefault("httpx._main", None)  # type: ignore[arg-type]
