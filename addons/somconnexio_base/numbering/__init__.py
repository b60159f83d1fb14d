# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Telecom identifiers, one module each, always the same verbs.

``compact(value)`` strips what people type, ``validate(value)`` returns the normal
form that is stored or raises, ``is_valid(value)`` tells, ``format(value)`` writes
the stored form for people. Errors are those of python-stdnum.

To add an identifier: write its module and name it in ``VALIDATORS``.

>>> VALIDATORS["msisdn"].validate("612 34 56 78")
'34612345678'
"""

from . import fibre_line, fixed_number, iccid, ip_address, msisdn

VALIDATORS = {
    "msisdn": msisdn,
    "iccid": iccid,
    "fixed_number": fixed_number,
    "fibre_line": fibre_line,
    "ip_address": ip_address,
}
