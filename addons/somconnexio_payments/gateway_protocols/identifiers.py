# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What may name a person in a bank's app, and its normal form.

>>> normal("vat", "40.001.111-v"), normal("phone", "612 34 56 78")
('ES40001111V', '34612345678')
>>> normal("vat", "612345678") is None, normal("account", " b000123 ")
(True, 'B000123')
"""

import re

from stdnum.exceptions import ValidationError

from odoo.addons.somconnexio_base.numbering import fixed_number, msisdn
from odoo.addons.somconnexio_base.partner_data import tax_id

from . import identity_kz

_CODE = re.compile(r"[0-9A-Z][0-9A-Z./_-]{1,39}")


def _vat(text):
    reading = tax_id.read(text, tax_id.HOME_COUNTRY)
    return reading.normal if reading.state == "valid" else None


def _phone(text):
    for kind in (msisdn, fixed_number):
        try:
            return kind.validate(text)
        except ValidationError:
            continue
    return None


def _kz(text):
    return identity_kz.compact(text) if identity_kz.is_valid(text) else None


def _code(text):
    code = text.strip().upper()
    return code if _CODE.fullmatch(code) else None


NORMAL_FORMS = {
    "vat": _vat,
    "phone": _phone,
    "contract": _code,
    "account": _code,
    "member": _code,
    "kz": _kz,
}


def normal(kind, text):
    """Return the normal form of an identifier, None when it cannot be of that kind.

    :param str kind: ``vat`` (NIF, NIE, CIF), ``phone``, ``contract``, ``account``,
        ``member`` or ``kz`` (IIN, BIN)
    """
    return NORMAL_FORMS[kind](text)
