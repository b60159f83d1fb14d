# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models

SIM_SECRETS_GROUP = "somconnexio_base.group_telecom_sim_secrets"


class TelecomResource(models.Model):
    """What the inventory knows of a number or SIM card."""

    _inherit = "telecom.resource"

    state = fields.Selection(group_expand=True)
    provider_id = fields.Many2one(
        "res.partner",
        index="btree_not_null",
        ondelete="restrict",
        help="Who gave us this number, card or line.",
    )
    import_id = fields.Many2one(
        "telecom.resource.import",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="restrict",
    )
    pin = fields.Char("PIN", copy=False, groups=SIM_SECRETS_GROUP)
    puk = fields.Char("PUK", copy=False, groups=SIM_SECRETS_GROUP)
    pin2 = fields.Char("PIN2", copy=False, groups=SIM_SECRETS_GROUP)
    puk2 = fields.Char("PUK2", copy=False, groups=SIM_SECRETS_GROUP)

    # What the choice of a free number and the count of the stock ask.
    _stock_idx = models.Index(
        "(company_id, kind_id, provider_id, id) WHERE state = 'available'"
    )
    _reserved_until_idx = models.Index("(reserved_until_at) WHERE state = 'reserved'")
