# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Street and house number, told apart: since 15 November 2026 banks want both.

An address is structured (each part in its element) or left out; town and country are
the least. Free lines are refused.

Source: EPC153-22, Provision of addresses under the EPC payment schemes, version 2.1.

>>> split_street("Carrer Major 1, 2n 1a")
('Carrer Major', '1, 2n 1a')
>>> split_street("C/ de la Força, núm. 8"), split_street("Av. 11 de Setembre 40 bis")
(('C/ de la Força', '8'), ('Av. 11 de Setembre', '40 bis'))
>>> split_street("Mas Ferrer s/n"), split_street("12 rue du Four")
(('Mas Ferrer', 's/n'), ('rue du Four', '12'))
"""

import re

from .charset import clean
from .messages import Address

STREET_LENGTH, BUILDING_LENGTH, ZIP_LENGTH, TOWN_LENGTH = 70, 16, 16, 35
_NAMED = re.compile(
    r"^(?P<street>.+?)[\s,]+n(?:[º°]|[uú]m(?:ero)?\b)\s*\.?\s*(?P<number>\d.*)$", re.I
)
_BEHIND = re.compile(
    r"^(?P<street>.*?\D)[\s,]+(?P<number>(?:\d|s/?n\b)[^,]*(?:,.*)?)$", re.I
)
_IN_FRONT = re.compile(r"^(?P<number>\d+\s?[a-z]?)[\s,]+(?P<street>\D.*)$", re.I)
#: A number within a name: "11 de Setembre" is no house.
_NAME_GOES_ON = re.compile(r"^\d+\s*(?:de|d')\s*\w", re.IGNORECASE)


def split_street(line):
    """Return street and house number of one line; the number may be empty.

    :param str line: as people write it
    :return: pair of str
    """
    text = " ".join(str(line or "").split()).strip(" ,")
    for pattern in (_IN_FRONT, _NAMED, _BEHIND):
        if found := _match(pattern, text):
            return found
    return text, ""


def _match(pattern, text):
    """Return street and number where a pattern finds them, else None."""
    found = pattern.match(text)
    if not found:
        return None
    street, number = found["street"].strip(" ,"), found["number"].strip(" ,")
    if _NAME_GOES_ON.match(number):
        # The number found is part of the name: look behind it.
        rest = _BEHIND.match(number)
        if not rest:
            return None
        return f"{street} {rest['street'].strip(' ,')}", rest["number"].strip(" ,")
    return street, number


def structured(street, street2, postal_code, town, country):
    """Return an Address of the columns of a partner, None without town and country.

    A house number that is too long for its element stays in the street.

    :param str country: ISO code of two letters
    """
    if not (clean(town) and country):
        return None
    name, number = split_street(street)
    line2 = " ".join(str(street2 or "").split())
    if len(clean(number)) > BUILDING_LENGTH:
        name, number = f"{name} {number}", ""
    if line2:
        name = f"{name}, {line2}" if name else line2
    return Address(
        street=clean(name, STREET_LENGTH),
        building=clean(number, BUILDING_LENGTH),
        postal_code=clean(postal_code, ZIP_LENGTH),
        town=clean(town, TOWN_LENGTH),
        country=country.upper(),
    )
