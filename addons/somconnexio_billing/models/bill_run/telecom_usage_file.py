# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

SHOWN_BILLS = 5


class TelecomUsageFile(models.Model):
    _inherit = "telecom.usage.file"

    telecom_bill_run_id = fields.Many2one(
        "telecom.bill.run",
        string="Bill run",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
        check_company=True,
        help="The bill run that counts this file in its control totals.",
    )

    def _check_back_out(self):
        """Override of the mediation: what stands on a bill stays.

        :raise UserError: naming the bills
        """
        result = super()._check_back_out()
        step = "23_list_bills_of_file"
        rows = [*self._fetch_own(step), *self._fetch_now(step)]
        names = sorted({row["name"] for row in rows})
        if names:
            raise UserError(
                self.env._(
                    "%(name)s cannot be backed out: usage of it is on %(count)s bills:"
                    " %(bills)s. Remove the drafts, or correct posted bills by a credit"
                    " note.",
                    name=self.display_name,
                    count=len(names),
                    bills=", ".join(names[:SHOWN_BILLS]),
                )
            )
        return result

    def _delete_rows(self):
        """Override of the mediation: no run counts the file any more."""
        self.telecom_bill_run_id = False
        return super()._delete_rows()
