"""How long the bot keeps what is over (办公室规定)."""
