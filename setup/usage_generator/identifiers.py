# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Valid identifiers out of a random stream: tax numbers, accounts, SIM cards.

The check digits come from python-stdnum; who they belong to is made up.

>>> import random
>>> from stdnum.es import cif, dni, nie
>>> rng = random.Random(7)
>>> dni.is_valid(draw_nif(rng)), nie.is_valid(draw_nie(rng))
(True, True)
>>> cif.is_valid(draw_cif(rng, "F"))
True
"""

from stdnum import iban, luhn
from stdnum.es import ccc, cif, dni, nie

#: 89 telecom, 34 Spain, 04 the issuer that the cooperative's real SIMs show.
SIM_ISSUER = "893404"


def draw_nif(rng):
    """Return the tax number of a Spanish person, 8 digits and a letter."""
    digits = f"{rng.randrange(30_000_000, 79_999_999):08d}"
    return digits + dni.calc_check_digit(digits)


def draw_nie(rng):
    """Return the tax number of a foreign resident: X, Y or Z, 7 digits, a letter."""
    stem = rng.choice("XYZ") + f"{rng.randrange(10_000_000):07d}"
    return stem + nie.calc_check_digit(stem)


def draw_cif(rng, letter):
    """Return the tax number of an organisation.

    :param str letter: legal form, such as B (SL), F (cooperative), G (association)
    """
    stem = f"{letter}{rng.randrange(8_000_000, 67_999_999) // 10:07d}"
    return stem + cif.calc_check_digits(stem)[0]


def draw_iban(rng, bank_code):
    """Return a Spanish IBAN whose national and international digits both agree.

    :param str bank_code: the 4 digits of a Spanish bank
    """
    branch = f"{rng.randrange(1, 9999):04d}"
    account = f"{rng.randrange(10**10):010d}"
    checks = ccc.calc_check_digits(f"{bank_code}{branch}00{account}")
    national = f"{bank_code}{branch}{checks}{account}"
    return f"ES{iban.calc_check_digits('ES00' + national)}{national}"


def draw_iccid(rng):
    """Return the 19 digits of a SIM card, the last one being its Luhn digit."""
    stem = SIM_ISSUER + f"{rng.randrange(10**12):012d}"
    return stem + luhn.calc_check_digit(stem)


class Unique:
    """Draws again until a value is new; keeps what it gave."""

    def __init__(self):
        self._given = set()

    def __contains__(self, value):
        return value in self._given

    def draw(self, draw, *args):
        """Return the first value of ``draw(*args)`` that was not given before."""
        while (value := draw(*args)) in self._given:
            continue
        self._given.add(value)
        return value
