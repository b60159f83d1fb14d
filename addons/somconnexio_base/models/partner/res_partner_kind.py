# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools.sql import column_exists, create_column

from ...partner_data.kinds import ENTITIES, kind_of

#: Stored columns that are filled by a scheduled action where partners are there
#: already, so that installing doesn't read 1.7 million of them.
LATE_COLUMNS = {
    "telecom_partner_kind": "varchar",
    "telecom_completeness": "int4",
    "telecom_validity": "int4",
    "telecom_quality_score": "int4",
    "telecom_key_version": "int4",
}


class ResPartner(models.Model):
    _inherit = "res.partner"

    telecom_partner_kind = fields.Selection(
        [
            ("person", "Person"),
            ("self_employed", "Self-employed"),
            ("company", "Company"),
            ("association", "Association"),
            ("administration", "Public administration"),
        ],
        string="Kind of partner",
        compute="_compute_telecom_partner_kind",
        store=True,
        readonly=False,
        precompute=True,
        help="Entities: proposed by the letter of the CIF.",
    )

    def _auto_init(self):
        """Override of ``base`` to leave the columns of present partners for later."""
        for name, kind in LATE_COLUMNS.items():
            if not column_exists(self.env.cr, self._table, name):
                create_column(self.env.cr, self._table, name, kind)
        return super()._auto_init()

    @api.depends("is_company", "vat")
    def _compute_telecom_partner_kind(self):
        for partner in self:
            partner.telecom_partner_kind = kind_of(
                partner.telecom_partner_kind, partner.is_company, partner.vat
            )

    @api.onchange("telecom_partner_kind")
    def _onchange_telecom_partner_kind(self):
        """Make an entity or a person of the partner, as its kind says."""
        if self.telecom_partner_kind:
            self.is_company = self.telecom_partner_kind in ENTITIES

    @api.constrains("telecom_partner_kind", "is_company")
    def _check_telecom_partner_kind(self):
        for partner in self.filtered("telecom_partner_kind"):
            if (partner.telecom_partner_kind in ENTITIES) != partner.is_company:
                raise ValidationError(
                    self.env._(
                        "%(partner)s can't be a %(kind)s: companies, associations and"
                        " administrations are entities, persons and self-employed are"
                        " not. Set both alike.",
                        partner=partner.display_name,
                        kind=dict(
                            partner._fields[
                                "telecom_partner_kind"
                            ]._description_selection(self.env)
                        )[partner.telecom_partner_kind],
                    )
                )

    @api.model
    def _with_entity(self, vals):
        """Return values that say whether it is an entity where they say its kind."""
        kind = vals.get("telecom_partner_kind")
        if not kind or {"is_company", "company_type"} & vals.keys():
            return vals
        return {**vals, "is_company": kind in ENTITIES}
