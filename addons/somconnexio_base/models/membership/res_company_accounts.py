# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from odoo import fields, models
from odoo.exceptions import UserError

#: Setting -> beginnings of account codes that stand for it, best first. They are those
#: of the cooperative chart of the Spanish accounting plan; any other chart is set by
#: hand.
ACCOUNT_CODES = {
    "cooperative_capital_account_id": ("1000", "100"),
    "cooperative_voluntary_account_id": ("1001", "100"),
    "cooperative_uncalled_account_id": ("1030", "103"),
    "cooperative_called_account_id": ("5580", "5585", "558"),
    "cooperative_refund_account_id": ("521",),
    "cooperative_deduction_account_id": ("1141", "113"),
}
#: Role in an entry (``cooperative.ledger``) -> the setting that says where it goes.
ROLE_SETTINGS = {
    "journal": "cooperative_journal_id",
    "capital": "cooperative_capital_account_id",
    "voluntary": "cooperative_voluntary_account_id",
    "uncalled": "cooperative_uncalled_account_id",
    "called": "cooperative_called_account_id",
    "refundable": "cooperative_refund_account_id",
    "deduction": "cooperative_deduction_account_id",
    "counter": "cooperative_liquidity_account_id",
}
JOURNAL_CODE = "CAPIT"


class ResCompany(models.Model):
    """Where share capital is booked."""

    _inherit = "res.company"

    cooperative_journal_id = fields.Many2one(
        "account.journal",
        string="Capital journal",
        check_company=True,
        domain="[('type', '=', 'general')]",
    )
    cooperative_capital_account_id = fields.Many2one(
        "account.account", string="Mandatory capital", check_company=True
    )
    cooperative_voluntary_account_id = fields.Many2one(
        "account.account", string="Voluntary capital", check_company=True
    )
    cooperative_uncalled_account_id = fields.Many2one(
        "account.account", string="Capital not called", check_company=True
    )
    cooperative_called_account_id = fields.Many2one(
        "account.account",
        string="Capital called",
        check_company=True,
        help="What members owe of a called instalment. It is reconciled, so that a "
        "payment finds its call.",
    )
    cooperative_refund_account_id = fields.Many2one(
        "account.account", string="Refunds owed", check_company=True
    )
    cooperative_deduction_account_id = fields.Many2one(
        "account.account",
        string="Deductions",
        check_company=True,
        help="Reserves that receive what the board deducts from a refund.",
    )
    cooperative_liquidity_account_id = fields.Many2one(
        "account.account",
        string="Money in and out",
        check_company=True,
        help="Counterpart of contributions paid and refunds: the bank, or an account "
        "in transit that the bank statement clears.",
    )

    def action_find_cooperative_accounts(self):
        """Fill the empty settings of share capital from the chart of accounts.

        :return: True
        """
        for company in self:
            company._find_cooperative_accounts()
        return True

    def _find_cooperative_accounts(self):
        """Fill what is empty and can be found; what is not found stays empty."""
        self.ensure_one()
        found = {
            name: self._first_account(codes)
            for name, codes in ACCOUNT_CODES.items()
            if not self[name]
        }
        if not self.cooperative_liquidity_account_id:
            found["cooperative_liquidity_account_id"] = self._bank_account()
        self.write({name: account.id for name, account in found.items() if account})
        if not self.cooperative_journal_id:
            self.cooperative_journal_id = self._capital_journal()
        called = self.cooperative_called_account_id
        if called and not called.reconcile:
            called.reconcile = True

    def _first_account(self, codes):
        """Return the first account whose code begins so, in the order of ``codes``."""
        Account = self.env["account.account"].with_company(self)
        for code in codes:
            account = Account.search(
                [("code", "=like", f"{code}%"), ("company_ids", "in", self.ids)],
                order="code",
                limit=1,
            )
            if account:
                return account
        return Account.browse()

    def _bank_account(self):
        """Return the account of the first bank journal; may be empty."""
        bank = self.env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", self.id)], limit=1
        )
        return bank.default_account_id

    def _capital_journal(self):
        """Return the journal of share capital, made when there is none."""
        Journal = self.env["account.journal"]
        journal = Journal.search(
            [("code", "=", JOURNAL_CODE), ("company_id", "=", self.id)], limit=1
        )
        return journal or Journal.create(
            {
                "name": self.env._("Share capital"),
                "code": JOURNAL_CODE,
                "type": "general",
                "company_id": self.id,
            }
        )

    def _cooperative_accounting(self):
        """Return the journal and accounts of share capital.

        :return: dict: ``journal``, and an account for each role of
            ``cooperative.ledger`` with ``voluntary`` and ``deduction``
        :raise UserError: naming the settings that are empty
        """
        self.ensure_one()
        # Whoever admits a member need not be able to read the chart of accounts.
        company = self.sudo()
        if not all(company[name] for name in ROLE_SETTINGS.values()):
            company._find_cooperative_accounts()
        missing = [name for name in ROLE_SETTINGS.values() if not company[name]]
        if missing:
            labels = company.fields_get(missing, ["string"])
            raise UserError(
                self.env._(
                    "Share capital of %(company)s cannot be booked. Choose in Telecom, "
                    "Configuration, Settings, Share capital: %(settings)s.",
                    company=company.name,
                    settings=", ".join(labels[name]["string"] for name in missing),
                )
            )
        return {role: company[name] for role, name in ROLE_SETTINGS.items()}
