# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.tools import SQL

from ... import sql_steps


class TelecomPartnerQuality(models.Model):
    """How good partners' data are, by the system that they came from."""

    _name = "telecom.partner.quality"
    _description = "Quality of partners' data"
    _auto = False
    _order = "telecom_quality_score, id"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", readonly=True)
    system = fields.Char(
        string="Source", readonly=True, help="Empty: known to no other system."
    )
    telecom_partner_kind = fields.Selection(
        selection=lambda self: (
            self.env["res.partner"]
            ._fields["telecom_partner_kind"]
            ._description_selection(self.env)
        ),
        string="Kind of partner",
        readonly=True,
    )
    telecom_completeness = fields.Integer(
        "Completeness (%)", readonly=True, aggregator="avg"
    )
    telecom_validity = fields.Integer("Validity (%)", readonly=True, aggregator="avg")
    telecom_quality_score = fields.Integer(
        "Quality (%)", readonly=True, aggregator="avg"
    )

    @property
    def _table_query(self):
        """Override of ``base``: the rows are those of step 50."""
        return SQL(sql_steps.statement("partner/50_list_partner_quality"))
