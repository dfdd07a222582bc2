"""Public holidays of Korea, with substitute holidays, from the `holidays` library."""

from __future__ import annotations

import datetime as dt


def holidays_between(start: dt.date, end: dt.date) -> dict[dt.date, str]:
    """The public holidays from `start` to `end`, both inside, with their Korean names."""
    import holidays  # noqa: PLC0415 - 54 ms and 20 MB that only a change of days pays

    calendar = holidays.country_holidays("KR", years=range(start.year, end.year + 1), language="ko")
    return {day: name for day, name in sorted(calendar.items()) if start <= day <= end}
