"""Property tests of the rules: no deadline for an example, since a busy machine has its pauses."""

from hypothesis import settings

settings.register_profile("rules", deadline=None)
settings.load_profile("rules")
