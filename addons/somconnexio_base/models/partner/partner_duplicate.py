# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import api, fields, models
from odoo.exceptions import UserError

from ...partner_data import likeness

OPEN = "open"
NOT_DUPLICATE = "not_duplicate"
DUPLICATE = "duplicate"


class TelecomPartnerDuplicate(models.Model):
    """Two partners that may be one, why, and what somebody decided about it.

    Rows come from comparing, by step 30 of ``sql/partner``; people decide. What was
    decided about a pair stays when its data change, and when one is merged elsewhere.
    """

    _name = "telecom.partner.duplicate"
    _description = "Suspected duplicate"
    _order = "state desc, points desc, id desc"
    _rec_name = "partner_id"

    partner_id = fields.Many2one(
        "res.partner", required=True, readonly=True, ondelete="cascade"
    )
    other_partner_id = fields.Many2one(
        "res.partner",
        string="May be the same as",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    state = fields.Selection(
        [
            (OPEN, "To decide"),
            (NOT_DUPLICATE, "Not the same"),
            (DUPLICATE, "The same"),
        ],
        required=True,
        default=OPEN,
        index=True,
    )
    verdict = fields.Selection(
        [
            (likeness.POSSIBLE, "Possible"),
            (likeness.PROBABLE, "Probable"),
            (likeness.CERTAIN, "Certain"),
        ],
        string="Likelihood",
        readonly=True,
    )
    points = fields.Integer(readonly=True, aggregator=None)
    reason_codes = fields.Char(readonly=True)
    reasons = fields.Char(compute="_compute_reasons")
    note = fields.Char(help="Why it was decided so.")
    decided_by_id = fields.Many2one("res.users", readonly=True)
    decided_at = fields.Datetime(string="Decided", readonly=True)
    partner_email = fields.Char(related="partner_id.email", string="E-mail")
    partner_vat = fields.Char(related="partner_id.vat", string="Tax ID")
    other_email = fields.Char(related="other_partner_id.email", string="Other e-mail")
    other_vat = fields.Char(related="other_partner_id.vat", string="Other tax ID")

    _once = models.Constraint(
        "UNIQUE (partner_id, other_partner_id)", "This pair is listed already."
    )
    _ordered = models.Constraint(
        "CHECK (partner_id < other_partner_id)",
        "The partner with the lower id comes first in a pair.",
    )

    @api.depends("reason_codes")
    @api.depends_context("lang")
    def _compute_reasons(self):
        for pair in self:
            codes = (pair.reason_codes or "").split(",")
            pair.reasons = ", ".join(self._reason_texts(filter(None, codes)))

    @api.depends("partner_id", "other_partner_id")
    def _compute_display_name(self):
        for pair in self:
            names = (pair.partner_id.display_name, pair.other_partner_id.display_name)
            pair.display_name = " = ".join(filter(None, names))

    @api.model
    def _reason_texts(self, codes):
        """Return reason codes of ``partner_data.likeness`` as people read them."""
        texts = {
            "tax_id": self.env._("same tax ID"),
            "email": self.env._("same e-mail"),
            "iban": self.env._("same bank account"),
            "phone": self.env._("same phone"),
            "address": self.env._("same address"),
            "name_zip": self.env._("same name and postal code"),
            "name_same": self.env._("same name"),
            "name_part": self.env._("one name is part of the other"),
            "name_alike": self.env._("names nearly alike"),
            "name_differs": self.env._("but another name"),
        }
        return [texts[code] for code in codes]

    @api.model
    def _verdict_labels(self):
        """Return ``{verdict: label}`` in the user's language."""
        return dict(self._fields["verdict"]._description_selection(self.env))

    def write(self, vals):
        """Override of ``base`` to note who decided, and when."""
        if "state" in vals:
            is_open = vals["state"] == OPEN
            vals = {
                **vals,
                "decided_by_id": False if is_open else self.env.uid,
                "decided_at": False if is_open else fields.Datetime.now(),
            }
        result = super().write(vals)
        self._forget_shown()
        return result

    @api.model
    def _forget_shown(self):
        """Read pairs, and what partners show of them, from the database again."""
        self.invalidate_model()
        self.env["res.partner"].invalidate_model(
            ["telecom_duplicate_ids", "telecom_duplicate_check"], flush=False
        )

    def action_not_duplicate(self):
        """Decide that the two are not the same; they are not told again."""
        return self.write({"state": NOT_DUPLICATE})

    def action_reopen(self):
        """Take a decision back."""
        return self.write({"state": OPEN})

    def action_merge(self):
        """Decide that the two are the same, and open the dialog that merges them.

        :raise UserError: when something must be put right before they can be one
        """
        self.ensure_one()
        partners = self.partner_id | self.other_partner_id
        if problems := partners._merge_problems():
            raise UserError("\n".join(problems))
        self.write({"state": DUPLICATE})
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "base.action_partner_merge"
        )
        action["context"] = {
            "active_model": "res.partner",
            "active_ids": partners.ids,
            "active_id": partners[0].id,
        }
        return action
