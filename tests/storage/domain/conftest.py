"""How many examples Hypothesis tries: few by default, `LIANXIN_TESTS_THOROUGH=1` asks for many."""

import os

from hypothesis import settings

# No deadline: on a busy machine an example's time says nothing.
settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("thorough", max_examples=1000, deadline=None)
settings.load_profile("thorough" if os.environ.get("LIANXIN_TESTS_THOROUGH") else "quick")
