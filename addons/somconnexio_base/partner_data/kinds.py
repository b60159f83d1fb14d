# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The kinds of partners, and what the others follow from.

>>> kind_of("company", True, "G08377277"), kind_of("association", True, "B58378431")
('association', 'association')
>>> kind_of("self_employed", False, ""), kind_of("company", False, "")
('self_employed', 'person')
"""

from . import tax_id

PERSONS = ("person", "self_employed")
ENTITIES = ("company", "association", "administration")


def kind_of(kind, is_company, vat):
    """Return the kind of a partner that has perhaps one already.

    :param kind: present kind, or an empty value
    :param bool is_company: whether it is an entity
    :param str vat: tax identifier; the letter of a CIF tells entities apart
    """
    if not is_company:
        return kind if kind in PERSONS else PERSONS[0]
    if kind in ENTITIES[1:]:
        return kind
    return tax_id.entity_kind(vat) or ENTITIES[0]
