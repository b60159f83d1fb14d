# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""All values of a partner read at once.

>>> found = read_all({"name": "MARIA SOLER", "phone": "612 34 56 78", "zip": "8820"})
>>> [(name, reading.normal) for name, reading in found.items() if reading.normal]
[('name', 'Maria Soler'), ('phone', '+34612345678'), ('zip', '08820'), ('state', 'B')]
"""

from . import address, iban, mail, person_name, phone, tax_id

#: What a partner is described by here; all may be missing. Texts as typed, but for
#: ``is_company`` (bool), ``ibans`` (list of texts) and ``kind`` (see ``quality``).
VALUES = (
    "name",
    "is_company",
    "kind",
    "vat",
    "phone",
    "email",
    "street",
    "street2",
    "zip",
    "city",
    "state",
    "country",
    "ibans",
)


def read_all(values):
    """Read the values of a partner.

    :param dict values: some of ``VALUES``; state and country are ISO codes, the state's
        without its country
    :return: dict of Reading by name of value, in the order of a form; bank accounts
        are ``iban_0``, ``iban_1``, …
    """
    country = values.get("country") or ""
    zip_reading = address.read_zip(values.get("zip"), country)
    readings = {
        "name": person_name.read(values.get("name"), bool(values.get("is_company"))),
        "vat": tax_id.read(values.get("vat"), country),
        "phone": phone.read(values.get("phone"), country),
        "email": mail.read(values.get("email")),
        "street": address.read_text(values.get("street")),
        "zip": zip_reading,
        "city": address.read_text(values.get("city")),
        "state": address.read_state(values.get("state"), zip_reading, country),
    }
    for index, number in enumerate(values.get("ibans") or ()):
        readings[f"iban_{index}"] = iban.read(number)
    return readings
