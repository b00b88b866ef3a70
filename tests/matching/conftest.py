"""How many cases the invariants are tried on: few here, many in `make prove`."""

import os

from hypothesis import HealthCheck, settings

# several lists are made per case, which the health check takes for a slow strategy on a busy machine
settings.register_profile(
    "quick", max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("prove", parent=settings.get_profile("quick"), max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
