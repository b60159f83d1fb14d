# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Tax identifiers: NIF, NIE and CIF of Spain, VAT numbers of the Union, others.

The normal form bears the country, as VIES writes it: ``ES40001111V``. Check digits are
those of python-stdnum.

Source of the letters of legal entities: Orden EHA/451/2008, de 20 de febrero.

>>> read("40.001.111-v", "ES").normal, read("40.001.111-v", "ES").detail
('ES40001111V', 'nif')
>>> read("x 1234567 l", "").detail, read("ESB58378431", "").detail
('nie', 'cif')
>>> read("40001111A", "ES").state, read("40001111A", "ES").detail
('invalid', 'checksum')
>>> read("FR 23 334 175 221", "ES").normal
'FR23334175221'
>>> entity_kind("ESG08377277"), entity_kind("ESP0800000B"), entity_kind("ESB58378431")
('association', 'administration', 'company')
"""

import re

from stdnum.es import nif
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import (
    InvalidChecksum,
    InvalidComponent,
    InvalidFormat,
    InvalidLength,
    ValidationError,
)
from stdnum.util import get_cc_module

from .reading import invalid, unverified, valid

HOME_COUNTRY = "ES"
GREECE_IN_VIES = {"GR": "EL"}
EU_PREFIXES = frozenset(code.upper() for code in eu_vat.MEMBER_STATES) | {"EL", "XI"}
_SEPARATORS = re.compile(r"[\s.\-/·_]+")
_PREFIX = re.compile(r"[A-Z]{2}(?=[A-Z0-9]*\d)")
_NOT_TAXED = "/"
_ASSOCIATION_LETTERS = "GR"
_ADMINISTRATION_LETTERS = "PQS"
_ENTITY = re.compile(r"(?:ES)?([ABCDEFGHJNPQRSUVW])\d{7}[0-9A-J]")
_REASONS = (
    (InvalidChecksum, "checksum"),
    (InvalidLength, "length"),
    (InvalidComponent, "component"),
    (InvalidFormat, "format"),
)


def compact(value):
    """Return an identifier without separators, in capitals.

    >>> compact(" es-40.001.111 v ")
    'ES40001111V'
    """
    return _SEPARATORS.sub("", str(value or "")).upper()


def read(value, country_code=""):
    """Read a tax identifier.

    :param str value: as typed, with or without the country's two letters
    :param str country_code: ISO code of the partner's country, for identifiers without
        letters of a country; empty counts as Spain
    :return: Reading; ``detail`` is nif, nie, cif, eu_vat or foreign when valid, else
        checksum, length, component or format
    """
    text = compact(value)
    if not text or text == _NOT_TAXED:
        return unverified(value)
    country = (country_code or HOME_COUNTRY).upper()
    prefix = _PREFIX.match(text)
    if prefix and prefix.group() in EU_PREFIXES | {HOME_COUNTRY}:
        country, text = prefix.group(), text[2:]
    try:
        return _read_of(value, text, country)
    except ValidationError as error:
        return invalid(value, _reason(error))


def _read_of(value, text, country):
    """Read what follows the letters of a country; raise stdnum's errors."""
    if country == HOME_COUNTRY:
        normal = nif.validate(text)
        return valid(value, HOME_COUNTRY + normal, _spanish_kind(normal))
    prefix = GREECE_IN_VIES.get(country, country)
    if prefix in EU_PREFIXES:
        return valid(value, eu_vat.validate(prefix + text), "eu_vat")
    module = get_cc_module(country.lower(), "vat")
    if not module:
        return unverified(value, compact(value))
    return valid(value, module.validate(text), "foreign")


def _reason(error):
    for kind, reason in _REASONS:
        if isinstance(error, kind):
            return reason
    return "format"


def _spanish_kind(number):
    """Tell NIF of a person, NIE of a foreigner and CIF of an entity apart."""
    if number[0] in "XYZ":
        return "nie"
    return "nif" if number[0].isdigit() or number[0] in "KLM" else "cif"


def entity_kind(value):
    """Return what kind of entity a Spanish CIF belongs to.

    :return: company, association or administration; None when it is no CIF
    """
    entity = _ENTITY.fullmatch(compact(value))
    if not entity:
        return None
    letter = entity.group(1)
    if letter in _ASSOCIATION_LETTERS:
        return "association"
    return "administration" if letter in _ADMINISTRATION_LETTERS else "company"
