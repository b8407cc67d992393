"""Keeps everything: tables and mapping, unit of work, inbox, outbox, audit, timers, migrations.

Whatever is imported from here, the classes of the rules are mapped to their tables first.
"""

from storage import mapping as mapping
