"""What holds for every test: property tests are not judged by the clock of a busy machine."""

import os

from hypothesis import settings

settings.register_profile("okrmate", deadline=None)
settings.register_profile("stress", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("OKRMATE_HYPOTHESIS", "okrmate"))
