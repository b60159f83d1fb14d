# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Spanish destinations: the numbering plan's ranges, and short codes."""

from numbering.numbering_plan import load_plan
from phonenumbers import PhoneMetadata

from .model import Destination
from .number_pattern import split_ranges

CALLING_CODE = "34"
COUNTRY = "base.es"
# No shorter, or a short code's price would claim whole ranges of long numbers.
SHORT_CODE_PREFIX_DIGITS = 3
DESTINATIONS = {
    "ES-mobile": ("Spain, mobile", "national_mobile"),
    "ES-fixed": ("Spain, fixed", "national_fixed"),
    "ES-free": ("Spain, free numbers", "free"),
    "ES-shared-cost": ("Spain, shared cost 901 and 902", "special"),
    "ES-internet": ("Spain, internet access 908 and 909", "special"),
    "ES-personal": ("Spain, personal numbers 70", "special"),
    "ES-short": ("Spain, short numbers", "special"),
    "ES-premium": ("Spain, premium rate", "premium"),
    "ES-mass-call": ("Spain, mass calls 905", "premium"),
    "ES-directory": ("Spain, directory enquiries 118", "premium"),
    "ES-premium-short": ("Spain, premium short numbers", "premium"),
}
CODE_BY_RANGE_TYPE = {
    "mobile": "ES-mobile",
    "machine": "ES-mobile",
    "fixed": "ES-fixed",
    "nomadic": "ES-fixed",
    "free": "ES-free",
    "emergency": "ES-free",
    "shared_cost": "ES-shared-cost",
    "internet": "ES-internet",
    "personal": "ES-personal",
    "premium": "ES-premium",
    "mass_call": "ES-mass-call",
    "directory": "ES-directory",
}


def destinations():
    """Return the destinations of calling code 34, each with its prefixes."""
    plan = load_plan()
    prefixes = {code: [] for code in DESTINATIONS}
    for prefix, (range_type, _length) in plan.items():
        prefixes[CODE_BY_RANGE_TYPE[range_type]].append(prefix)
    for code, short_prefixes in short_code_prefixes().items():
        prefixes[code] += [
            prefix for prefix in short_prefixes if not prefix.startswith(tuple(plan))
        ]
    return [
        Destination(
            code,
            name,
            kind,
            COUNTRY,
            sorted(CALLING_CODE + prefix for prefix in prefixes[code]),
        )
        for code, (name, kind) in DESTINATIONS.items()
    ]


def short_code_prefixes():
    """Return the prefixes of short codes, without country code, by destination."""
    metadata = PhoneMetadata.short_metadata_for_region("ES")
    free = [metadata.toll_free, metadata.emergency]
    patterns = {
        "ES-free": [description.national_number_pattern for description in free],
        "ES-premium-short": [metadata.premium_rate.national_number_pattern],
        "ES-short": [metadata.standard_rate.national_number_pattern],
    }
    digits = SHORT_CODE_PREFIX_DIGITS
    return split_ranges(patterns, None, longest=digits + 1, shortest=digits)
