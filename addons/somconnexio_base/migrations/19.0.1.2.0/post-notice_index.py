# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Drop an index of notices that earlier versions made and nothing reads."""

from odoo.tools import SQL


def migrate(cr, version):
    """Find notices of a person by their UNIQUE key alone, which begins with it.

    Odoo makes indexes and never drops one that a field has lost; each of millions of
    notices would go on paying for it.
    """
    if not version:
        return
    cr.execute(SQL("DROP INDEX IF EXISTS telecom_notice__partner_id_index"))
