# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Spanish destinations: the numbering plan's ranges, and short codes."""

from numbering.numbering_plan import load_plan
from phonenumbers import PhoneMetadata

from .model import Destination, named
from .number_pattern import split_ranges

CALLING_CODE = "34"
COUNTRY = "base.es"
# No shorter, or a short code's price would claim whole ranges of long numbers.
SHORT_CODE_PREFIX_DIGITS = 3
# Free for the caller, though the metadata count them among those at standard rate:
# emergencies (health, police, fire) and the state's help lines.
FREE_SHORT_CODES = ["017", "021", "024", "028", "061", "062", "080", "091", "092"]
DESTINATIONS = {
    "ES-mobile": (
        named("Spain, mobile", "Espanya, mòbils", "España, móviles"),
        "mobile",
    ),
    "ES-fixed": (
        named("Spain, fixed", "Espanya, fixos", "España, fijos"),
        "landline",
    ),
    "ES-free": (
        named("Free numbers", "Números gratuïts", "Números gratuitos"),
        "free",
    ),
    "ES-shared-cost": (
        named(
            "Shared cost 901/902", "Cost compartit 901/902", "Coste compartido 901/902"
        ),
        "special",
    ),
    "ES-internet": (
        named("Internet 908/909", "Internet 908/909", "Internet 908/909"),
        "special",
    ),
    "ES-personal": (
        named("Personal numbers 70", "Números personals 70", "Números personales 70"),
        "special",
    ),
    "ES-short": (
        named("Short numbers", "Números curts", "Números cortos"),
        "special",
    ),
    "ES-premium": (
        named("Premium rate", "Tarificació addicional", "Tarificación adicional"),
        "premium",
    ),
    "ES-mass-call": (
        named("Mass calls 905", "Trucades massives 905", "Llamadas masivas 905"),
        "premium",
    ),
    "ES-directory": (
        named("Directory enquiries", "Consulta telefònica", "Consulta telefónica"),
        "premium",
    ),
    "ES-premium-short": (
        named(
            "Premium short numbers",
            "Números curts de tarificació addicional",
            "Números cortos de tarificación adicional",
        ),
        "premium",
    ),
}
CODE_BY_RANGE_TYPE = {
    "mobile": "ES-mobile",
    "machine": "ES-mobile",
    "fixed": "ES-fixed",
    "nomadic": "ES-fixed",
    # Out of use since long, among geographic numbers.
    "paging": "ES-fixed",
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
            names,
            kind,
            COUNTRY,
            sorted(CALLING_CODE + prefix for prefix in prefixes[code]),
        )
        for code, (names, kind) in DESTINATIONS.items()
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
    prefixes = split_ranges(patterns, None, longest=digits + 1, shortest=digits)
    prefixes["ES-free"] = sorted({*prefixes["ES-free"], *FREE_SHORT_CODES})
    prefixes["ES-short"] = sorted({*prefixes["ES-short"]} - {*FREE_SHORT_CODES})
    return prefixes
