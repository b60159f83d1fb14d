# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...sepa import charset

#: States in which money may be drawn under a mandate.
USABLE = ("valid", "final")
#: A mandate that was not used for so long is void (EPC016-06, section 4.1).
LAPSE_MONTHS = 36
MOST_NOTICE_DAYS = 60
STATE_TABLE = {
    "draft": ("valid", "cancel"),
    "valid": ("final", "expired", "cancel"),
    "final": ("valid", "expired", "cancel"),
    "expired": (),
    "cancel": (),
}
# Compared by identity: no RPC client can put this object into a context.
MANDATE_PASS = object()


class AccountBankingMandate(models.Model):
    """The payer's leave to draw money: of a billing account or of a membership.

    What the payer signed changes by methods only: :meth:`_amend_account` and the
    like, which tell the bank once, and :meth:`_stop`. State changes follow
    ``STATE_TABLE``; a mandate that ended is never used again.
    """

    _name = "account.banking.mandate"
    _inherit = ["account.banking.mandate"]
    _rec_names_search = ["unique_mandate_reference", "partner_id.name"]

    partner_id = fields.Many2one(string="Payer")
    telecom_billing_account_id = fields.Many2one(
        "telecom.billing.account",
        string="Billing account",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
    )
    membership_id = fields.Many2one(
        "cooperative.membership",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        tracking=True,
        help="The membership whose share capital is collected under this mandate.",
    )
    origin = fields.Selection(
        [
            ("paper", "Signed on paper"),
            ("web", "Agreed on the web"),
            ("migrated", "Taken over"),
        ],
        required=True,
        default="paper",
        tracking=True,
    )
    creditor_identifier = fields.Char(
        readonly=True,
        copy=False,
        help="Identifier of the creditor under which the payer's bank knows it.",
    )
    creditor_name = fields.Char(readonly=True, copy=False)
    prenotice_days = fields.Integer(
        string="Days of notice",
        help="How many days before a debit the payer is told, as agreed in the"
        " mandate. 0: as set for the company.",
    )
    lapse_date = fields.Date(
        compute="_compute_lapse_date",
        store=True,
        index=True,
        help="From this day on the mandate is void, if no debit comes before.",
    )
    lapse_warned_date = fields.Date(readonly=True, copy=False)
    stop_reason = fields.Char(readonly=True, copy=False, tracking=True)
    stopped_date = fields.Date(string="Stopped", readonly=True, copy=False)
    consent_name = fields.Char(string="Agreed by", readonly=True, copy=False)
    consent_iban = fields.Char(string="Agreed for IBAN", readonly=True, copy=False)
    consent_at = fields.Datetime(string="Agreed at", readonly=True, copy=False)
    consent_ip = fields.Char(string="From address", readonly=True, copy=False)
    consent_lang = fields.Char(string="Language shown", readonly=True, copy=False)
    consent_version = fields.Char(
        string="Version of the text", readonly=True, copy=False
    )
    consent_text = fields.Text(string="Text shown", readonly=True, copy=False)
    consent_hash = fields.Char(
        string="Fingerprint",
        readonly=True,
        copy=False,
        help="SHA-256 of who, when, from where, account and text: tells whether the"
        " proof was altered.",
    )
    amendment_ids = fields.One2many("telecom.mandate.amendment", "mandate_id")

    _one_usable = models.UniqueIndex(
        "(telecom_billing_account_id, company_id)"
        " WHERE state IN ('valid', 'final') AND telecom_billing_account_id IS NOT NULL",
        "This billing account already has a mandate in force: stop it first.",
    )
    _one_usable_membership = models.UniqueIndex(
        "(membership_id, company_id)"
        " WHERE state IN ('valid', 'final') AND membership_id IS NOT NULL",
        "This membership already has a mandate in force: stop it first.",
    )
    _prenotice_days_sane = models.Constraint(
        f"CHECK (coalesce(prenotice_days, 0) BETWEEN 0 AND {MOST_NOTICE_DAYS})",
        f"A debit is told of at most {MOST_NOTICE_DAYS} days before.",
    )

    @api.depends("signature_date", "last_debit_date")
    def _compute_lapse_date(self):
        months = relativedelta(months=LAPSE_MONTHS)
        for mandate in self:
            used = mandate.last_debit_date or mandate.signature_date
            mandate.lapse_date = used and used + months

    @api.constrains("unique_mandate_reference")
    def _check_reference_characters(self):
        for mandate in self:
            if not charset.is_identifier(mandate.unique_mandate_reference):
                raise ValidationError(
                    self.env._(
                        "Mandate reference “%s”: banks take up to 35 letters without"
                        " accents, figures and / - ? : ( ) . , ' +, no / at the start"
                        " or end and no // within.",
                        mandate.unique_mandate_reference,
                    )
                )
