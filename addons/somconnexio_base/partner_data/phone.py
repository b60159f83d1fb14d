# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Telephone numbers of people, mobile or fixed, of any country. Normal form: E.164.

Source: ITU-T E.164 (11/2010), by the library phonenumbers.

>>> read("612 34 56 78", "ES").normal, read("0034 93 123 45 67", "").normal
('+34612345678', '+34931234567')
>>> read("+33 6 12 34 56 78", "ES").normal, read("12345", "ES").detail
('+33612345678', 'number')
>>> read("call me", "ES").detail
'format'
"""

import re

import phonenumbers

from .reading import invalid, unverified, valid

HOME_COUNTRY = "ES"
_IN_BRACKETS = re.compile(r"\(0\)")


def read(value, country_code=""):
    """Read a telephone number.

    :param str value: as typed
    :param str country_code: ISO code of the country of numbers without +; Spain when
        empty
    :return: Reading; ``detail`` of an invalid one is ``format`` when it is no number at
        all, ``number`` when no such number exists
    """
    text = _IN_BRACKETS.sub("", str(value or "")).strip()
    if not text:
        return unverified(value)
    if text.startswith("00"):
        text = "+" + text[2:]
    try:
        number = phonenumbers.parse(text, (country_code or HOME_COUNTRY).upper())
    except phonenumbers.NumberParseException:
        return invalid(value, "format")
    if not phonenumbers.is_valid_number(number):
        return invalid(value, "number")
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return valid(value, written)
