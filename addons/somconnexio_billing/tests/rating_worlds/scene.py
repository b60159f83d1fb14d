# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What all pieces of a world share: destinations, zones, calendars, bands."""

from hypothesis import strategies as st

DESTINATION_ROWS = (
    ("es", "landline", ("34",)),
    ("es_mobile", "mobile", ("346", "347")),
    ("es_free", "free", ("34900",)),
    ("es_premium", "premium", ("34803", "34806")),
    ("fr", "international", ("33",)),
    ("fr_mobile", "international", ("336", "337")),
    ("emergency", "special", ("112",)),
)
DESTINATIONS = tuple(code for code, _kind, _prefixes in DESTINATION_ROWS)
ON_NET_NUMBERS = ("34699000001", "33699000001")
NUMBERS = (
    "34612345678",
    "34712345678",
    "34931112233",
    "34900123456",
    "34803123456",
    "33145678900",
    "33612345678",
    "112",
    *ON_NET_NUMBERS,
)
UNKNOWN_NUMBER = "5511987654321"
ZONES = ("eu", "world")
COUNTRIES = ("FR", "PT", "US")
COUNTRY_WITHOUT_ZONE = "JP"
BANDS = ("first", "second", "third")
UNITS = {
    "voice": "second",
    "video": "second",
    "data": "byte",
    "sms": "message",
    "parking": "ticket",
}
TIME_ZONES = (
    "Europe/Madrid",
    "Europe/Madrid",
    "Atlantic/Canary",
    "America/Sao_Paulo",
    "Asia/Kolkata",
    "UTC",
)
MINUTES = (0, 60, 120, 150, 180, 480, 840, 1199, 1200, 1320, 1439)


@st.composite
def windows(draw):
    """Return the hours of a band."""
    first = draw(st.sampled_from((0, 0, *MINUTES)))
    end = draw(st.sampled_from([m for m in (*MINUTES, 1440) if m > first]))
    days = draw(
        st.sampled_from(
            ([1, 2, 3, 4, 5, 6, 7], [1, 2, 3, 4, 5], [6, 7], [4, 7], "holiday")
        )
    )
    return {"days": days, "from": _clock(first), "to": _clock(end)}


def _clock(minute):
    return f"{minute // 60:02d}:{minute % 60:02d}"


@st.composite
def bands(draw):
    """Return three bands, which may overlap."""
    return [
        {
            "code": code,
            "name": code.title(),
            "calendar": draw(st.sampled_from((None, "feasts"))),
            "windows": draw(st.lists(windows(), min_size=1, max_size=4)),
        }
        for code in BANDS
    ]


def fixed_part():
    """Return the keys of a document that never vary."""
    feasts = ["2026-10-12", "2026-10-25", "2026-11-01"]
    return {
        "format": "telecom-tariff/1",
        "code": "WORLD",
        "name": "World",
        "usage_types": [
            {"code": "video", "name": "Video call", "unit": "second"},
            {"code": "parking", "name": "Parking", "unit": "ticket"},
        ],
        "calendars": [{"code": "feasts", "name": "Feasts", "dates": feasts}],
        "destinations": [
            {"code": code, "name": code, "kind": kind, "prefixes": list(prefixes)}
            for code, kind, prefixes in DESTINATION_ROWS
        ],
        "roaming_zones": [
            {"code": "eu", "name": "EU", "countries": ["FR", "PT"]},
            {"code": "world", "name": "World", "countries": ["US"]},
        ],
        "on_net_numbers": list(ON_NET_NUMBERS),
        "categories": [
            {"code": "usage", "name": "Usage"},
            {"code": "calls", "name": "Calls"},
        ],
    }
