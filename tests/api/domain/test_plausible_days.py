from datetime import date

import pytest

from api.domain.plausible_days import require_not_far_off, require_not_long_ago
from geo import Refused

TODAY = date(2028, 2, 29)


@pytest.mark.parametrize("day", [None, TODAY, date(2023, 3, 1), date(2030, 2, 28)])
def test_days_around_today_can_be_meant(day):
    require_not_long_ago("on", day, TODAY)
    require_not_far_off("on", day, TODAY)


@pytest.mark.parametrize("day", [date(1990, 5, 1), date(2023, 2, 1)])
def test_a_day_of_long_ago_is_a_slip(day):
    with pytest.raises(Refused, match="more than 5 years ago. Is the year right?") as refused:
        require_not_long_ago("on", day, TODAY)
    assert refused.value.field == "on"


@pytest.mark.parametrize("day", [date(2090, 5, 1), date(2030, 3, 31)])
def test_a_day_far_ahead_is_a_slip(day):
    with pytest.raises(Refused, match="more than 2 years ahead. Is the year right?"):
        require_not_far_off("review_on", day, TODAY)
