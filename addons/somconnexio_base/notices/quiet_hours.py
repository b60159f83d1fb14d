# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""When people are not disturbed: hours of the day in a time zone."""

from datetime import timezone
from zoneinfo import ZoneInfo


def is_quiet(instant, zone_name, start_hour, end_hour):
    """Return whether an instant is within quiet hours.

    They begin at ``start_hour`` and end before ``end_hour``, by the clock on the
    wall, over midnight when the start is the later one; equal hours mean none.

    :param datetime instant: UTC without time zone
    :param str zone_name: such as ``Europe/Madrid``
    :param float start_hour: 21.5 is half past nine in the evening

    >>> from datetime import datetime
    >>> is_quiet(datetime(2026, 7, 1, 20, 0), "Europe/Madrid", 22.0, 9.0)
    True
    >>> is_quiet(datetime(2026, 12, 1, 20, 0), "Europe/Madrid", 22.0, 9.0)
    False
    """
    if start_hour == end_hour:
        return False
    local = instant.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone_name))
    hour = local.hour + local.minute / 60
    if start_hour < end_hour:
        return start_hour <= hour < end_hour
    return hour >= start_hour or hour < end_hour
