# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Read what tariffs refer to as the parts of a document."""

from ...tariff_document.document import (
    Calendar,
    Category,
    Destination,
    RoamingZone,
    TimeBand,
    UsageType,
    Window,
)


def usage_type(record):
    """Return a telecom.usage.type as UsageType."""
    return UsageType(
        record.code,
        record.name,
        record.unit,
        record.display_factor,
        record.display_unit_name,
    )


def calendar(record):
    """Return a telecom.holiday.calendar as Calendar."""
    dates = tuple(sorted(record.date_ids.mapped("date")))
    return Calendar(record.code, record.name, dates)


def time_band(record):
    """Return a telecom.time.band as TimeBand; days of equal hours in one window."""
    days_by_hours = {}
    for window in record.window_ids:
        is_holiday = window.day_kind == "holiday"
        key = (is_holiday, window.start_minute, window.end_minute)
        days_by_hours.setdefault(key, set()).add(window.day_kind)
    windows = tuple(
        Window(() if is_holiday else tuple(sorted(map(int, days))), start, end)
        for (is_holiday, start, end), days in sorted(days_by_hours.items())
    )
    return TimeBand(record.code, record.name, record.calendar_id.code or None, windows)


def destination(record):
    """Return a telecom.destination as Destination."""
    prefixes = tuple(sorted(record.prefix_ids.mapped("prefix")))
    return Destination(record.code, record.name, record.kind, prefixes)


def roaming_zone(record):
    """Return a telecom.roaming.zone as RoamingZone."""
    countries = tuple(sorted(record.country_ids.mapped("code")))
    return RoamingZone(record.code, record.name, countries)


def category(record):
    """Return a telecom.usage.category as Category."""
    return Category(record.code, record.name)


#: Model of each list of a document, and how one of its records is read.
SHARED = {
    "usage_types": ("telecom.usage.type", usage_type),
    "calendars": ("telecom.holiday.calendar", calendar),
    "time_bands": ("telecom.time.band", time_band),
    "destinations": ("telecom.destination", destination),
    "roaming_zones": ("telecom.roaming.zone", roaming_zone),
    "categories": ("telecom.usage.category", category),
}


def read_all(records, kind):
    """Return records of one of the SHARED kinds as parts of a document."""
    read = SHARED[kind][1]
    return tuple(read(record) for record in records)
