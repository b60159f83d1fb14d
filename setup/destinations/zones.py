# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Roaming zones: which visited countries share their prices.

Lists as of 1 January 2026.
"""

from babel import Locale

from .model import TRANSLATIONS, country_reference, named

HOME = "ES"
# Regulation (EU) 2022/612 and the EEA; French overseas regions are part of the Union.
# Ukraine and Moldova take part since 1 January 2026 (Council decisions of July 2025).
LIKE_AT_HOME = set(
    "AT BE BG CY CZ DE DK EE FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    " IS LI NO AX GF GP MF MQ RE YT MD UA".split()
)
REST_OF_EUROPE = set(
    "AD AL BA BY CH FO GB GG GI IM JE MC ME MK RS RU SJ SM TR VA XK".split()
)
# Territories that babel knows and that are no country to roam in.
_NO_COUNTRY = set(
    "AC AN CP CQ CS DD DG EA EU EZ FX IC NT QO SU TA TP UN YD YU ZZ".split()
)
ZONES = [
    ("eu", named("European Union", "Unió Europea", "Unión Europea"), LIKE_AT_HOME),
    (
        "europe",
        named("Rest of Europe", "Resta d'Europa", "Resto de Europa"),
        REST_OF_EUROPE,
    ),
    (
        "world",
        named("Rest of the world", "Resta del món", "Resto del mundo"),
        None,
    ),
]


def rows():
    """Yield the columns of ``telecom.roaming.zone.csv``: one row per zone."""
    for position, (code, names, countries) in enumerate(ZONES, 1):
        members = countries or _rest_of_the_world()
        references = ",".join(country_reference(country) for country in sorted(members))
        translations = [names[language] for language in ("en", *TRANSLATIONS)]
        yield [f"roaming_zone_{code}", code, *translations, position * 10, references]


def _rest_of_the_world():
    """Return every other country that has a record in Odoo."""
    codes = {code for code in Locale("en").territories if code.isalpha()}
    elsewhere = {HOME, "XA", "XB"} | LIKE_AT_HOME | REST_OF_EUROPE | _NO_COUNTRY
    return codes - elsewhere
