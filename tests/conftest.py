"""For all tests: property tests have no deadline, since the machine may be busy, and are the same in every CI run."""

from __future__ import annotations

import os

from hypothesis import settings

settings.register_profile("validator", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("validator")
