# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Helpers to write tests about members and share capital.

The company is of Spain, counts in euros and has the accounts of share capital,
whatever the database says. ``cls.share_class`` costs 100, one per member, in up to ten
equal instalments; ``cls.voluntary`` 50, any number.
"""

from collections import Counter
from itertools import count

from stdnum.es import dni

from .common import NOW, SomconnexioCommon

#: Setting of the company -> code and type of the account that tests use.
ACCOUNTS = {
    "cooperative_capital_account_id": ("100T01", "equity"),
    "cooperative_voluntary_account_id": ("100T02", "equity"),
    "cooperative_uncalled_account_id": ("103T01", "equity"),
    "cooperative_called_account_id": ("558T01", "asset_current"),
    "cooperative_refund_account_id": ("521T01", "liability_current"),
    "cooperative_deduction_account_id": ("113T01", "equity"),
    "cooperative_liquidity_account_id": ("572T01", "asset_current"),
}
ACCEPTED_AT = NOW


class MembershipCommon(SomconnexioCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._persons = count(1)
        cls._keys = count(1)
        cls.Membership = cls.env["cooperative.membership"]
        cls.Request = cls.env["cooperative.membership.request"]
        cls.Movement = cls.env["cooperative.share.movement"]
        cls._set_up_company()
        ShareClass = cls.env["cooperative.share.class"]
        ShareClass.search([("company_id", "=", cls.company.id)]).active = False
        cls.share_class, cls.voluntary = ShareClass.create(
            [
                {
                    "name": "Contribution",
                    "code": "T-MAND",
                    "share_price": 100,
                    "max_shares": 1,
                    "first_payment_percent": 0,
                },
                {
                    "name": "Voluntary",
                    "code": "T-VOL",
                    "share_price": 50,
                    "is_voluntary": True,
                    "first_payment_percent": 0,
                },
            ]
        )

    @classmethod
    def _set_up_company(cls):
        euro = cls.env.ref("base.EUR")
        euro.active = True
        cls.company.write(
            {
                "country_id": cls.env.ref("base.es").id,
                "currency_id": euro.id,
                "cooperative_admission": "on_payment",
                "cooperative_requires_membership": False,
                "cooperative_max_sponsored": 5,
                "cooperative_call_attempts": 1,
                "cooperative_notice_days": 0,
                "cooperative_refund_months": 12,
                "cooperative_death_refund_months": 6,
                "cooperative_max_delegations": 2,
            }
        )
        for setting, (code, account_type) in ACCOUNTS.items():
            cls.company[setting] = cls.env["account.account"].create(
                {
                    "name": setting,
                    "code": code,
                    "account_type": account_type,
                    "reconcile": setting == "cooperative_called_account_id",
                    "company_ids": [(6, 0, cls.company.ids)],
                }
            )
        cls.company.cooperative_journal_id = cls.env["account.journal"].create(
            {"name": "Capital", "code": "TCAP", "type": "general"}
        )

    @classmethod
    def _next_vat(cls):
        number = f"{41_000_000 + next(cls._persons):08d}"
        return number + dni.calc_check_digit(number)

    @classmethod
    def _create_request(cls, name="Joan Mas", receive=True, **vals):
        """Return a complete request to join as a member, received."""
        request = cls.Request.create(
            {
                "name": name,
                "vat": cls._next_vat(),
                "email": "joan@example.org",
                "street": "Carrer Major 1",
                "zip": "08820",
                "city": "el Prat de Llobregat",
                "lang": "en_US",
                "accepted_at": ACCEPTED_AT,
                "share_class_id": cls.share_class.id,
                **vals,
            }
        )
        if receive:
            request.action_receive()
        return request

    @classmethod
    def _create_member(cls, name="Joan Mas", paid=True, **vals):
        """Return the membership of an approved request, its first instalment paid."""
        request = cls._create_request(name, **vals)
        request.action_approve()
        membership = request.membership_id
        if paid and membership.state == "pending":
            first = membership.call_ids[:1]
            first.instalment_paid(cls.company._telecom_today())
        return membership

    @classmethod
    def _subscribe(cls, membership, share_count=1, instalments=1, share_class=None):
        """Return the instalments of a further subscription."""
        return membership.subscribe(
            share_class or cls.voluntary,
            share_count,
            instalments,
            cls.company._telecom_today(),
            f"test:{next(cls._keys)}",
        )

    def _balances(self, membership):
        """Return shares, subscribed, called, paid and refundable of a member."""
        membership.invalidate_recordset()
        return (
            membership.share_count,
            membership.subscribed_amount,
            membership.called_amount,
            membership.paid_amount,
            membership.refundable_amount,
        )

    def _account_balances(self, partner):
        """Return {beginning of the account's code: debit balance} of a partner."""
        groups = self.env["account.move.line"]._read_group(
            [("partner_id", "=", partner.id), ("parent_state", "=", "posted")],
            ["account_id"],
            ["balance:sum"],
        )
        balances = Counter()
        for account, amount in groups:
            balances[account.code[:3]] += amount
        return {code: amount for code, amount in balances.items() if amount}
