"""`python -m bot` is the same as `banjie`."""

from bot.cli import main

main()
