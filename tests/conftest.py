"""What holds for every test: property tests are not judged by the clock of a busy machine."""

from hypothesis import settings

settings.register_profile("okrmate", deadline=None)
settings.load_profile("okrmate")
