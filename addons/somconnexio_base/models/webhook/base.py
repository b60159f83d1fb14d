# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models


class Base(models.AbstractModel):
    _inherit = "base"

    def _webhook_payload(self):
        """Return what webhooks say about each record; models say more.

        Thin on purpose: ids and states. A receiver asks for the rest by its own login,
        so that no personal data travel where nobody checks who reads them.

        :return: list of dicts that JSON knows, one per record, in their order
        """
        return [{"id": record.id} for record in self]
