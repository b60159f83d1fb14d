# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A small world that is committed, for tests with several connections.

Its rows are removed again, so that no other test sees them.
"""

from odoo import SUPERUSER_ID, Command, api
from odoo.tools import SQL

from odoo.addons.somconnexio_base.tests.common import QUIET

PREFIX = "TRC"


class CommittedWorld:
    """A journal, a receivable account and a billing account with bills."""

    def __init__(self, registry, bills=2):
        self.registry = registry
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            self._create_ledger(env)
            self._create_payer(env, bills)
            self._tell_payments(env, False)

    def _tell_payments(self, env, value):
        env.company.telecom_tells_payments = value

    def _create_ledger(self, env):
        Account = env["account.account"]
        receivable, income, bank, outstanding = Account.create(
            [
                {"name": code, "code": code, "account_type": kind, "reconcile": matched}
                for code, kind, matched in (
                    ("430TRC", "asset_receivable", True),
                    ("705TRC", "income", False),
                    ("572TRC", "asset_cash", False),
                    ("431TRC", "asset_current", True),
                )
            ]
        )
        self.account_ids = (receivable + income + bank + outstanding).ids
        Journal = env["account.journal"]
        self.sale_journal = Journal.create(
            {
                "name": "Race bills",
                "code": f"{PREFIX}S",
                "type": "sale",
                "default_account_id": income.id,
            }
        ).id
        journal = Journal.create(
            {
                "name": "Race bank",
                "code": f"{PREFIX}B",
                "type": "bank",
                "default_account_id": bank.id,
            }
        )
        journal.inbound_payment_method_line_ids.payment_account_id = outstanding
        self.journal_id, self.receivable_id = journal.id, receivable.id

    def _create_payer(self, env, bills):
        partner = env["res.partner"].create(
            {
                "name": "Race Payer",
                "vat": "40005555E",
                "country_id": env.ref("base.es").id,
                "property_account_receivable_id": self.receivable_id,
            }
        )
        account = env["telecom.billing.account"].create({"partner_id": partner.id})
        self.partner_id, self.account_id = partner.id, account.id
        self.account_code = account.code
        moves = env["account.move"].create(
            [self._bill_values(partner, account, day) for day in range(1, bills + 1)]
        )
        moves.action_post()

    def _bill_values(self, partner, account, day):
        return {
            "move_type": "out_invoice",
            "journal_id": self.sale_journal,
            "partner_id": partner.id,
            "telecom_billing_account_id": account.id,
            "invoice_date": f"2026-10-{day:02d}",
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": "Services",
                        "quantity": 1,
                        "price_unit": 10,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    def remove(self):
        """Remove all rows again, those that tests made in these journals too."""
        journals = (self.journal_id, self.sale_journal)
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self._tell_payments(env, True)
            aliases = env["account.journal"].browse(journals).alias_id.ids
            env.flush_all()
            self._remove_entries(cr, journals)
            for table, ids in (
                ("telecom_billing_account", (self.account_id,)),
                ("account_payment_method_line", None),
                ("account_journal", journals),
                ("account_account", tuple(self.account_ids)),
                ("mail_alias", tuple(aliases)),
                ("res_partner", (self.partner_id,)),
            ):
                if ids is None:
                    self._delete(cr, table, "journal_id", journals)
                else:
                    self._delete(cr, table, "id", ids)

    def _remove_entries(self, cr, journals):
        cr.execute(SQL("SELECT id FROM account_move WHERE journal_id IN %s", journals))
        moves = tuple(row[0] for row in cr.fetchall())
        self._remove_talk(cr, "account.move", moves)
        self._remove_talk(cr, "account.payment", self._payments(cr, journals))
        cr.execute(SQL("SELECT id FROM account_move_line WHERE move_id IN %s", moves))
        lines = tuple(row[0] for row in cr.fetchall()) or (0,)
        self._delete(cr, "account_partial_reconcile", "debit_move_id", lines)
        self._delete(cr, "account_partial_reconcile", "credit_move_id", lines)
        cr.execute(
            SQL(
                "UPDATE account_move SET origin_payment_id = NULL WHERE id IN %s", moves
            )
        )
        self._delete(cr, "account_payment", "journal_id", journals)
        self._delete(cr, "account_move_line", "id", lines)
        self._delete(cr, "account_move", "id", moves)

    def _payments(self, cr, journals):
        cr.execute(
            SQL("SELECT id FROM account_payment WHERE journal_id IN %s", journals)
        )
        return tuple(row[0] for row in cr.fetchall())

    def _remove_talk(self, cr, model, ids):
        """Remove what was said about records that go."""
        for table, column in (
            ("mail_message", "model"),
            ("mail_followers", "res_model"),
        ):
            cr.execute(
                SQL(
                    "DELETE FROM %s WHERE %s = %s AND res_id IN %s",
                    SQL.identifier(table),
                    SQL.identifier(column),
                    model,
                    (*ids, 0),
                )
            )

    def _delete(self, cr, table, column, ids):
        cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s IN %s",
                SQL.identifier(table),
                SQL.identifier(column),
                tuple(ids),
            )
        )
