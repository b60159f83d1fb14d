# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Identifiers with right check digits, none of anybody."""

from stdnum import luhn
from stdnum.es import ccc, cif

_NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE"


def nif(number):
    """Return the NIF of a number.

    >>> nif(12345678)
    '12345678Z'
    """
    return f"{number:08d}{_NIF_LETTERS[number % 23]}"


def company_id(number):
    """Return the tax number of a cooperative.

    >>> company_id(1)
    'F00000018'
    """
    body = f"F{number:07d}"
    return body + cif.calc_check_digits(body)[0]


def iban(number):
    """Return a Spanish IBAN; its check digits are those of ISO 13616.

    >>> iban(1)
    'ES0421000418450000000001'
    """
    bank, account = "21000418", f"{number:010d}"
    digits = ccc.calc_check_digits(f"{bank}00{account}")
    body = f"{bank}{digits}{account}"
    # E is 14 and S is 28; the place of the check digits is held by zeros.
    return f"ES{98 - int(f'{body}142800') % 97:02d}{body}"


def mobile(number):
    """Return a mobile number as people write it."""
    digits = f"699{number:06d}"
    return f"{digits[:3]} {digits[3:5]} {digits[5:7]} {digits[7:]}"


def iccid(number):
    """Return the number of a SIM card."""
    body = f"89340499{number:010d}"
    return body + luhn.calc_check_digit(body)
