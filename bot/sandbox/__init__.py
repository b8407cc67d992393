"""Telegram's servers, in memory: for the local chat, the rehearsals, the tests and the measurements.

`telegram.LocalTelegram` is the server. The bot reaches it in-process through `request.LocalRequest`, or over
HTTP through `bot_api.bot_api`; the people on the other side are moved by its own methods.
"""
