# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
import re

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize

from .. import lifecycle

_ADDRESS_SEPARATORS = re.compile(r"[,;\s]+")


class TelecomBillingAccount(models.Model):
    """Who pays, how, and where the bill goes: one bill per account and month."""

    _name = "telecom.billing.account"
    _description = "Telecom Billing Account"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "code, id"
    _check_company_auto = True
    _rec_names_search = ["code", "partner_id.name", "partner_id.vat"]

    code = fields.Char(
        required=True, copy=False, readonly=True, default="", tracking=True
    )
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner",
        string="Payer",
        required=True,
        index=True,
        tracking=True,
        check_company=True,
        ondelete="restrict",
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_bank_id = fields.Many2one(
        "res.partner.bank",
        string="IBAN",
        index="btree_not_null",
        tracking=True,
        check_company=True,
        ondelete="restrict",
        domain="[('partner_id.commercial_partner_id', '=', commercial_partner_id)]",
    )
    collection_method = fields.Selection(
        [("direct_debit", "Direct debit"), ("transfer", "Transfer")],
        default="direct_debit",
        required=True,
        tracking=True,
    )
    collection_warning = fields.Char(compute="_compute_collection_warning")
    bill_delivery = fields.Selection(
        [("email", "E-mail"), ("portal", "Portal only"), ("post", "Post")],
        default="email",
        required=True,
        tracking=True,
    )
    bill_email = fields.Char(
        string="Bill e-mail",
        compute="_compute_bill_email",
        store=True,
        readonly=False,
        precompute=True,
        tracking=True,
        help="One or more addresses, separated by commas.",
    )
    lang = fields.Selection(
        selection=lambda self: self.env["res.lang"].get_installed(),
        string="Bill language",
        compute="_compute_lang",
        store=True,
        readonly=False,
        precompute=True,
    )
    fiscal_position_id = fields.Many2one(
        "account.fiscal.position", check_company=True, ondelete="restrict"
    )
    note = fields.Html()
    subscription_ids = fields.One2many(
        "contract.contract", "telecom_billing_account_id", string="Subscriptions"
    )
    move_ids = fields.One2many(
        "account.move", "telecom_billing_account_id", string="Bills"
    )
    subscription_count = fields.Integer(compute="_compute_subscription_count")
    bill_count = fields.Integer(compute="_compute_bill_count")

    _code_company_unique = models.Constraint(
        "UNIQUE (company_id, code)", "Another billing account already has this code."
    )

    @api.depends("partner_id")
    def _compute_bill_email(self):
        for account in self:
            account.bill_email = account.partner_id.email_normalized

    @api.depends("partner_id")
    def _compute_lang(self):
        for account in self:
            account.lang = account.partner_id.lang

    @api.depends("code", "partner_id")
    def _compute_display_name(self):
        for account in self:
            names = (account.code, account.partner_id.name)
            account.display_name = " · ".join(filter(None, names))

    @api.depends("collection_method", "partner_bank_id")
    def _compute_collection_warning(self):
        warning = self.env._(
            "This account pays by direct debit but has no IBAN: its bills cannot be "
            "collected. Add the bank account or choose transfer."
        )
        for account in self:
            is_missing = (
                account.collection_method == "direct_debit"
                and not account.partner_bank_id
            )
            account.collection_warning = is_missing and warning

    def _compute_subscription_count(self):
        self._count_into("subscription_count", "contract.contract", [])

    def _compute_bill_count(self):
        bills = [("move_type", "in", ("out_invoice", "out_refund"))]
        self._count_into("bill_count", "account.move", bills)

    def _count_into(self, field_name, model_name, domain):
        """Count in one query the records of a model that name each account."""
        link = "telecom_billing_account_id"
        counts = {
            account.id: count
            for account, count in self.env[model_name]._read_group(
                [(link, "in", self.ids), *domain], [link], ["__count"]
            )
        }
        for account in self:
            account[field_name] = counts.get(account.id, 0)

    @api.constrains("bill_email")
    def _check_bill_email(self):
        for account in self.filtered("bill_email"):
            for address in _ADDRESS_SEPARATORS.split(account.bill_email.strip()):
                if not email_normalize(address):
                    raise ValidationError(
                        self.env._(
                            "%(address)s in the bill e-mail of %(account)s is not an "
                            "address. Write addresses like name@example.org, "
                            "separated by commas.",
                            address=address or self.env._("An empty entry"),
                            account=account.display_name,
                        )
                    )

    @api.model_create_multi
    def create(self, vals_list):
        """Override of ``base`` to draw codes, in batches, and tidy the addresses."""
        vals_list = [dict(vals) for vals in vals_list]
        self._fill_codes(vals_list)
        for vals in vals_list:
            self._tidy_bill_email(vals)
        return super().create(vals_list)

    def write(self, vals):
        """Override of ``base`` to tidy addresses and keep accounts in use."""
        if not vals.get("active", True):
            self._check_archivable()
        vals = dict(vals)
        self._tidy_bill_email(vals)
        return super().write(vals)

    def _check_archivable(self):
        """Raise for an account that has a subscription to bill."""
        for account in self:
            open_subscriptions = account.subscription_ids.filtered(
                lambda subscription: subscription.telecom_state != lifecycle.TERMINATED
            )
            if open_subscriptions:
                raise UserError(
                    self.env._(
                        "%(account)s still pays for %(subscription)s: terminate it or "
                        "give it another billing account before you archive this one.",
                        account=account.display_name,
                        subscription=open_subscriptions[0].display_name,
                    )
                )

    def _fill_codes(self, vals_list):
        """Give a code to the values that have none, in one draw per company."""
        Sequence = self.env["ir.sequence"]
        by_company = {}
        for vals in vals_list:
            if not vals.get("code"):
                company_id = vals.get("company_id") or self.env.company.id
                by_company.setdefault(company_id, []).append(vals)
        for company_id, company_vals in by_company.items():
            company = self.env["res.company"].browse(company_id)
            codes = Sequence.next_codes(self._name, company, len(company_vals))
            for vals, code in zip(company_vals, codes, strict=True):
                vals["code"] = code

    @api.model
    def _tidy_bill_email(self, vals):
        """Write the addresses of ``vals`` in one manner: a@b.org, c@d.org."""
        if not vals.get("bill_email"):
            return
        addresses = _ADDRESS_SEPARATORS.split(vals["bill_email"].strip(" ,;"))
        vals["bill_email"] = ", ".join(
            email_normalize(address) or address for address in addresses
        )

    @api.model
    def _without_usable_mandate(self, company):
        """Hook: the accounts that pay by direct debit and that nobody may debit.

        Without an addon that draws money there are no mandates to miss.

        :param company: res.company
        :return: telecom.billing.account recordset
        """
        return self.browse()

    def action_view_subscriptions(self):
        """Open the subscriptions of this account."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "somconnexio_base.action_telecom_subscription"
        )
        action["domain"] = [("telecom_billing_account_id", "=", self.id)]
        action["context"] = {
            "default_telecom_billing_account_id": self.id,
            "default_partner_id": self.partner_id.id,
        }
        return action

    def action_view_bills(self):
        """Open the bills of this account."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "account.action_move_out_invoice_type"
        )
        action["domain"] = [
            ("telecom_billing_account_id", "=", self.id),
            ("move_type", "in", ("out_invoice", "out_refund")),
        ]
        action["context"] = {"create": False}
        return action
