# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Rename the kinds of destinations that earlier versions wrote."""

from odoo.tools import SQL

KINDS = {
    "national_fixed": "landline",
    "national_mobile": "mobile",
    "onnet": "other",
}


def migrate(cr, version):
    """Give destinations a kind that this version knows.

    An update leaves destinations as people have them, their kind too: the column may
    hold what its selection doesn't offer any more.
    """
    if not version:
        return
    for old, new in KINDS.items():
        cr.execute(
            SQL("UPDATE telecom_destination SET kind = %s WHERE kind = %s", new, old)
        )
