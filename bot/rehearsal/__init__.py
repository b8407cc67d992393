"""Rehearsals (演练): written conversations that an official can check and the machine can play."""
