# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Telephone numbers that exist in the numbering plans, and who answers them.

Plans: the metadata of the library phonenumbers. A number is drawn digit by digit
until it fits its country's plan.

>>> import random
>>> draw_mobile(random.Random(7))[:3] in ("346", "347")
True
>>> party_of_home_number("34931234567").dialled
'931234567'
"""

import re
from functools import cache
from typing import NamedTuple

import phonenumbers
from phonenumbers import PhoneNumberType
from phonenumbers.phonemetadata import PhoneMetadata

from .reference_table import WeightedChoice, read_table

HOME_CODE = "34"
NATIONAL_LENGTH = 9
#: Mobile ranges in use, most of them in the older one. The plan has 78 too, but for
#: things and not for people.
_MOBILE_LEADS = (*("6" * 11), "71", "72", "73", "74")
#: Numbers kept per foreign country and kind: people call few numbers abroad.
_POOL_SIZE = 40
_VARIED_DIGITS = 5
_POOL_MOBILES = 0.7


class Party(NamedTuple):
    """The other end of a call or message."""

    #: E.164 digits without plus; short codes have the country code in front too.
    digits: str
    #: As it is dialled in Spain: 9 digits, 00 and country, or a short code.
    dialled: str
    #: mobile, fixed, international, special or premium.
    kind: str
    #: What the wholesaler writes about it, in Spanish.
    description: str
    #: Wholesale cost of a second, in millionths of a euro.
    second_micros: float


@cache
def home_pattern(kind):
    """Return the compiled plan of Spanish numbers.

    :param str kind: ``mobile`` or ``fixed_line``
    """
    plan = getattr(PhoneMetadata.metadata_for_region("ES"), kind)
    return re.compile(plan.national_number_pattern)


def draw_mobile(rng):
    """Return the E.164 digits of a Spanish mobile number."""
    lead = rng.choice(_MOBILE_LEADS)
    return _draw_national(rng, lead, home_pattern("mobile"))


def draw_fixed(rng, area_code):
    """Return the E.164 digits of a Spanish fixed number.

    :param str area_code: leading digits of the area, such as ``93`` or ``972``
    """
    return _draw_national(rng, area_code, home_pattern("fixed_line"))


def _draw_national(rng, lead, pattern):
    free = NATIONAL_LENGTH - len(lead)
    while True:
        national = f"{lead}{rng.randrange(10**free):0{free}d}"
        if pattern.fullmatch(national):
            return HOME_CODE + national


@cache
def wholesale_cost(kind, usage_type):
    """Return what a unit costs the cooperative, in millionths of a euro.

    :raise LookupError: when ``wholesale_costs`` has no such row
    """
    for row in read_table("wholesale_costs"):
        if (row["kind"], row["usage_type"]) == (kind, usage_type):
            return float(row["micro_euros_per_unit"])
    raise LookupError(f"wholesale_costs.csv has no {usage_type} of kind {kind}")


def party_of_home_number(digits):
    """Return the party that answers a Spanish number given as E.164 digits."""
    national = digits.removeprefix(HOME_CODE)
    kind = "fixed" if national[0] in "89" else "mobile"
    text = "Fijo España" if kind == "fixed" else "Móvil España"
    return Party(digits, national, kind, text, wholesale_cost(kind, "voice"))


def party_of_special_number(row):
    """Return the party behind a row of ``special_numbers``."""
    return Party(
        HOME_CODE + row["number"],
        row["number"],
        row["kind"],
        row["description"],
        wholesale_cost(row["kind"], "voice"),
    )


def foreign_parties(rng, country_row):
    """Return numbers of a foreign country, mostly mobiles.

    :param country_row: a row of ``countries``
    :return: list of ``Party``, each a valid number for phonenumbers
    """
    drawn = {}
    while len(drawn) < _POOL_SIZE:
        is_mobile = rng.random() < _POOL_MOBILES
        digits = _draw_foreign(rng, country_row["country"], is_mobile)
        drawn.setdefault(digits, _foreign_party(digits, is_mobile, country_row))
    return list(drawn.values())


def _foreign_party(digits, is_mobile, country_row):
    return Party(
        digits,
        "00" + digits,
        "international",
        country_row["spanish_name"] + (" - móvil" if is_mobile else ""),
        float(country_row["micro_euros_per_minute"]) / 60,
    )


def _draw_foreign(rng, country, is_mobile):
    example = _example(country, is_mobile)
    stem = example[:-_VARIED_DIGITS]
    while True:
        digits = f"{stem}{rng.randrange(10**_VARIED_DIGITS):0{_VARIED_DIGITS}d}"
        if phonenumbers.is_valid_number(phonenumbers.parse("+" + digits)):
            return digits


@cache
def _example(country, is_mobile):
    kind = PhoneNumberType.MOBILE if is_mobile else PhoneNumberType.FIXED_LINE
    number = phonenumbers.example_number_for_type(country, kind)
    e164 = phonenumbers.PhoneNumberFormat.E164
    return phonenumbers.format_number(number, e164).removeprefix("+")


class PhoneBook:
    """Everybody whom the lines of this world may call.

    :param rng: random stream that draws the foreign numbers
    """

    def __init__(self, rng):
        countries = read_table("countries")
        self.abroad = {row["country"]: foreign_parties(rng, row) for row in countries}
        self.countries = WeightedChoice(
            [row["country"] for row in countries],
            [float(row["call_weight"]) for row in countries],
        )
        self.special_voice = self._special("voice")
        self.special_sms = self._special("sms")
        self._special_seconds = {
            HOME_CODE + row["number"]: int(row["seconds"])
            for row in read_table("special_numbers")
        }

    @staticmethod
    def _special(usage_type):
        rows = [
            row
            for row in read_table("special_numbers")
            if row["usage_type"] == usage_type
        ]
        parties = [party_of_special_number(row) for row in rows]
        return WeightedChoice(parties, [float(row["weight"]) for row in rows])

    def special_seconds(self, party):
        """Return the usual length of a call to a special number, in seconds."""
        return self._special_seconds[party.digits]

    def foreigner(self, rng, country=None):
        """Return somebody abroad, in the given country or by weight."""
        return rng.choice(self.abroad[country or self.countries.pick(rng)])

    def stranger(self, rng):
        """Return a Spanish party that the line meets once."""
        if rng.random() < 0.72:
            return party_of_home_number(draw_mobile(rng))
        area = rng.choice(("93", "93", "93", "972", "973", "977", "91", "96"))
        return party_of_home_number(draw_fixed(rng, area))
