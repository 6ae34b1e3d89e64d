"""What holds for every test: property tests are not judged by the clock of a busy machine."""

import gc
import os

from hypothesis import settings

settings.register_profile("okrmate", deadline=None, max_examples=30)
settings.register_profile("stress", deadline=None, max_examples=2_000)
settings.load_profile(os.environ.get("OKRMATE_HYPOTHESIS", "okrmate"))

# Python looks for garbage after each 700 new objects, which takes a sixth of the time where tests build many of them.
gc.set_threshold(50_000, 10, 10)
