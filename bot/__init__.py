"""Starts and wires the bot: command line, configuration, receiving, delivery, the clock, the local chat."""

import os

# python-telegram-bot gives durations as timedelta from its next major version on; this asks for it now.
os.environ.setdefault("PTB_TIMEDELTA", "true")
