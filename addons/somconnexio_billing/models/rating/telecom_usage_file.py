# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import models

from ... import sql_steps


class TelecomUsageFile(models.Model):
    _inherit = "telecom.usage.file"

    def _check_back_out(self):
        """Override of the mediation: no rating may run meanwhile."""
        self.env["telecom.rated.usage"]._lock_rating(self.company_id)
        return super()._check_back_out()

    def _delete_rows(self):
        """Override of the mediation: the prices of the events go with them."""
        sql_steps.run(self.env, "24_delete_rated", file_id=self.id)
        self.env["telecom.rated.usage"].invalidate_model(flush=False)
        return super()._delete_rows()
