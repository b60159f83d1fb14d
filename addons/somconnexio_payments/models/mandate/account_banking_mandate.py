# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

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

    #: Fields that are the signed content, fixed once the mandate is signed.
    _signed_fields = frozenset(
        {
            "unique_mandate_reference",
            "partner_id",
            "partner_bank_id",
            "company_id",
            "format",
            "type",
            "signature_date",
            "creditor_identifier",
            "creditor_name",
            "telecom_billing_account_id",
            "membership_id",
            "origin",
        }
    )
    #: Fields that only methods write, whatever the state.
    _engine_fields = frozenset(
        {
            "last_debit_date",
            "stop_reason",
            "stopped_date",
            "consent_name",
            "consent_iban",
            "consent_at",
            "consent_ip",
            "consent_lang",
            "consent_version",
            "consent_text",
            "consent_hash",
        }
    )

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

    @api.model_create_multi
    def create(self, vals_list):
        """Override of OCA to begin as a draft and fill in who draws the money."""
        if not self._is_passed():
            for vals in vals_list:
                self._check_creation(vals)
        vals_list = [self._with_creditor(dict(vals)) for vals in vals_list]
        return super().create(vals_list)

    def write(self, vals):
        """Override of OCA to keep what was signed, and the order of states."""
        if not self._is_passed():
            self._check_guarded(vals)
        if "state" in vals:
            self._check_moves(vals["state"])
        return super().write(vals)

    def _is_passed(self):
        """Tell whether a method of this model writes, not a person."""
        return self.env.context.get("mandate_pass") is MANDATE_PASS

    def _passed(self):
        """Return the mandates for a method that may write everything."""
        return self.with_context(mandate_pass=MANDATE_PASS)

    def _check_creation(self, vals):
        """Raise when values come with more than a person may say."""
        if vals.get("state", "draft") != "draft":
            raise UserError(
                self.env._("A new mandate is a draft: have it signed, then validate.")
            )
        if given := [name for name in self._engine_fields if vals.get(name)]:
            raise UserError(self._guarded_text(given))

    def _check_guarded(self, vals):
        """Raise when somebody writes what was signed, or what only methods write."""
        if names := self._engine_fields & vals.keys():
            raise UserError(self._guarded_text(names))
        signed = self.filtered(lambda mandate: mandate.state != "draft")
        if signed and (names := signed._changed_names(vals)):
            raise UserError(
                self.env._(
                    "%(mandate)s is signed: %(fields)s cannot be written any more."
                    " Change the IBAN on the billing account, amend the reference, or"
                    " stop this mandate and have another one signed.",
                    mandate=signed[:1].display_name,
                    fields=", ".join(self._labels(names)),
                )
            )

    def _changed_names(self, vals):
        """Return the signed fields that values would change."""
        names = self._signed_fields & vals.keys()
        return [
            name
            for name in names
            if any(
                mandate[name]
                != self._fields[name].convert_to_record(
                    self._fields[name].convert_to_cache(vals[name], mandate), mandate
                )
                for mandate in self
            )
        ]

    def _guarded_text(self, names):
        return self.env._(
            "%s cannot be written by hand: the steps of a mandate write it.",
            ", ".join(self._labels(names)),
        )

    def _labels(self, names):
        """Return the labels of fields, sorted."""
        found = self.fields_get(list(names), ["string"])
        return sorted(found[name]["string"] for name in names)

    def _check_moves(self, to_state):
        """Raise unless each mandate may go to a state.

        :raise UserError: naming the mandate, its state and what it can become
        """
        labels = dict(self._fields["state"]._description_selection(self.env))
        for mandate in self:
            following = STATE_TABLE[mandate.state]
            if to_state != mandate.state and to_state not in following:
                raise UserError(
                    self.env._(
                        "%(mandate)s is “%(state)s” and cannot become “%(target)s”."
                        " What it can become: %(following)s.",
                        mandate=mandate.unique_mandate_reference,
                        state=labels[mandate.state],
                        target=labels.get(to_state, to_state),
                        following=", ".join(labels[name] for name in following)
                        or self.env._("nothing more"),
                    )
                )

    @api.model
    def _with_creditor(self, vals):
        """Fill in who draws the money, as of now."""
        company = self.env["res.company"].browse(vals.get("company_id")) or (
            self.env.company
        )
        vals.setdefault("creditor_identifier", company.sepa_creditor_identifier)
        vals.setdefault("creditor_name", company.name)
        return vals
