"""Property tests of the rules: loading the date words takes a second, and a busy machine more."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
