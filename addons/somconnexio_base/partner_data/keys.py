# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What two records of the same person have in common, whatever else differs.

Each key is a pair (kind, value). Records that share none are never compared, so that
1.7 million partners cost a new one some index look-ups and no search.

>>> mine = keys_of({"name": "Núria Giménez Vila", "zip": "08820", "phone": "612345678"})
>>> yours = keys_of({"name": "VILA JIMENEZ, NURIA", "zip": "8820", "vat": "x"})
>>> sorted(mine & yours)
[('name_zip', '08820 bila jimenez nuria')]
>>> ("phone", "+34612345678") in mine
True
"""

from . import address, iban, mail, person_name, phone, tax_id
from .reading import VALID

#: Counts up when keys come out otherwise; a scheduled action then makes them anew.
VERSION = 1
KINDS = ("tax_id", "phone", "email", "iban", "name_zip", "address")
#: Blocks with more partners prove nothing, such as the phone of an office.
MAX_BLOCK = 40
MIN_TAX_ID = 6
MAX_VALUE = 120
_MIN_NAME_TOKENS = 2


def keys_of(values):
    """Return the keys of a partner.

    :param dict values: see ``checks.VALUES``
    :return: set of (kind, value), both texts
    """
    country = values.get("country") or ""
    zip_code = _normal(address.read_zip(values.get("zip"), country))
    found = {
        ("tax_id", _tax_key(values.get("vat"), country)),
        ("phone", _normal(phone.read(values.get("phone"), country))),
        ("email", _mail_key(values.get("email"))),
        ("name_zip", _name_key(values, zip_code)),
        ("address", _address_key(values, zip_code)),
    }
    for number in values.get("ibans") or ():
        found.add(("iban", iban.compact(_normal(iban.read(number)))))
    return {(kind, value[:MAX_VALUE]) for kind, value in found if value}


def _normal(reading):
    """Return the normal form of a value that holds, else an empty text."""
    return reading.normal if reading.state == VALID else ""


def _tax_key(value, country):
    """Return an identifier's key: also of a wrong one, typed twice the same way."""
    reading = tax_id.read(value, country)
    text = reading.normal or tax_id.compact(value)
    return text if len(text) >= MIN_TAX_ID else ""


def _mail_key(value):
    address_ = _normal(mail.read(value))
    return mail.match_form(address_) if address_ else ""


def _name_key(values, zip_code):
    tokens = person_name.tokens(values.get("name"), bool(values.get("is_company")))
    is_telling = len(tokens) >= _MIN_NAME_TOKENS or values.get("is_company")
    return (
        f"{zip_code} {' '.join(tokens)}" if zip_code and tokens and is_telling else ""
    )


def _address_key(values, zip_code):
    street = f"{values.get('street') or ''} {values.get('street2') or ''}"
    key = address.street_key(street)
    return f"{zip_code} {key}" if zip_code and key else ""
