# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

from freezegun import freeze_time
from psycopg2.errors import SerializationFailure, UniqueViolation

from odoo import SUPERUSER_ID, api
from odoo.exceptions import LockError, UserError
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name, tagged
from odoo.tools import SQL, mute_logger

from odoo.addons.somconnexio_base.tests.common import NOW, QUIET, TODAY

from .payments_common import IBANS
from .receipt_common import CommittedWorld

ADDRESS = {"street": "Carrer Major 1", "zip": "08001", "city": "Barcelona"}


@tagged("post_install", "-at_install")
@freeze_time(NOW)
class TestRefundConcurrency(BaseCase):
    """Two accountants decide about the same refund at the same moment."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            cls.currency_before = env.company.currency_id.id
            cls._count_in(env, env.ref("base.EUR").id)
        cls.addClassCleanup(cls._restore_currency)
        cls.world = CommittedWorld(cls.registry)
        cls.addClassCleanup(cls.world.remove)
        with cls.registry.cursor() as cr:
            cls._create_data(api.Environment(cr, SUPERUSER_ID, dict(QUIET)))
        cls.addClassCleanup(cls._remove_data)

    @classmethod
    def _count_in(cls, env, currency_id):
        env["res.currency"].browse(currency_id).active = True
        if env.company.currency_id.id != currency_id:
            env.company.currency_id = currency_id

    @classmethod
    def _restore_currency(cls):
        with cls.registry.cursor() as cr:
            cls._count_in(api.Environment(cr, SUPERUSER_ID, {}), cls.currency_before)

    @classmethod
    def _create_data(cls, env):
        """Let the payer have paid 25 too much, with refunds set up."""
        company = env.company
        cls.method_before = company.telecom_refund_method_line_id.id
        journal = env["account.journal"].browse(cls.world.journal_id)
        journal.bank_acc_number = IBANS[4]
        methods = journal.inbound_payment_method_line_ids
        vals = company._refund_method_vals(journal)
        method = env["account.payment.method.line"].create(
            {**vals, "payment_account_id": methods.payment_account_id[:1].id}
        )
        method.payment_method_id.pain_version = "pain.001.001.09"
        company.telecom_refund_method_line_id = method
        account = env["telecom.billing.account"].browse(cls.world.account_id)
        account.partner_id.write(ADDRESS)
        bank = env["res.partner.bank"].create(
            {"partner_id": account.partner_id.id, "acc_number": IBANS[0]}
        )
        account._receive_payment(Decimal("45.00"), TODAY, journal, "RACE")
        refund = env["telecom.refund"]._refund_items(
            account._credit_items(),
            "overpayment",
            "Race",
            billing_account_id=account.id,
        )
        refund.is_iban_confirmed = True
        refund.action_approve()
        cls.refund_id, cls.bank_ids = refund.id, (bank | journal.bank_account_id).ids

    @classmethod
    def _remove_data(cls):
        with cls.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env.company.telecom_refund_method_line_id = cls.method_before
            env.flush_all()
            cr.execute(
                "SELECT id FROM account_payment_order WHERE journal_id = %s",
                [cls.world.journal_id],
            )
            orders = [row[0] for row in cr.fetchall()] or [0]
            for table, column, ids in (
                ("telecom_notice", "partner_id", [cls.world.partner_id]),
                ("account_payment_line", "order_id", orders),
                ("telecom_refund", "id", [cls.refund_id]),
            ):
                cls._delete(cr, table, column, ids)
            cr.execute(
                "UPDATE account_payment SET payment_order_id = NULL"
                " WHERE payment_order_id = ANY(%s)",
                [orders],
            )
            cls._delete(cr, "account_payment_order", "id", orders)
            for table, column in (
                ("account_journal", "bank_account_id"),
                ("account_payment", "partner_bank_id"),
                ("account_move", "partner_bank_id"),
            ):
                cr.execute(
                    SQL(
                        "UPDATE %s SET %s = NULL WHERE %s = ANY(%s)",
                        SQL.identifier(table),
                        SQL.identifier(column),
                        SQL.identifier(column),
                        cls.bank_ids,
                    )
                )
            cls._delete(cr, "res_partner_bank", "id", cls.bank_ids)

    @classmethod
    def _delete(cls, cr, table, column, ids):
        cr.execute(
            SQL(
                "DELETE FROM %s WHERE %s = ANY(%s)",
                SQL.identifier(table),
                SQL.identifier(column),
                ids,
            )
        )

    def _press(self, button, barrier):
        """Press a button as the server would; tell whether it was done."""
        try:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
                refund = env["telecom.refund"].browse(self.refund_id)
                self.assertTrue(refund.state)
                barrier.wait(timeout=30)
                getattr(refund, button)()
                env.flush_all()
        except (SerializationFailure, UniqueViolation, LockError, UserError):
            return False
        return True

    def _press_at_once(self, *buttons):
        """Return whether each of two buttons was done, pressed at once."""
        barrier = Barrier(2)
        with mute_logger("odoo.sql_db"), ThreadPoolExecutor(2) as pool:
            return list(pool.map(self._press, buttons, [barrier, barrier]))

    def _read(self):
        """Return state, number of orders and what they transfer."""
        with self.registry.cursor() as cr:
            cr.execute(
                "SELECT refund.state, count(line.id),"
                " coalesce(sum(line.amount_currency), 0)"
                " FROM telecom_refund AS refund"
                " LEFT JOIN account_payment_line AS line"
                " ON line.telecom_refund_id = refund.id"
                " WHERE refund.id = %s GROUP BY refund.state",
                [self.refund_id],
            )
            return cr.fetchone()

    def _take_back(self):
        """Cancel the order, so that the refund waits for another one."""
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, dict(QUIET))
            refund = env["telecom.refund"].browse(self.refund_id)
            refund.order_id.action_cancel()

    def test_what_two_order_at_once_is_transferred_once(self):
        self.assertEqual(self._read(), ("approved", 0, 0))
        done = self._press_at_once("action_order", "action_order")
        self.assertEqual(sorted(done), [False, True])
        self.assertEqual(self._read(), ("ordered", 1, 25))
        self._take_back()
        done = self._press_at_once("action_order", "action_back_to_draft")
        self.assertEqual(sorted(done), [False, True])
        state, lines, amount = self._read()
        self.assertEqual(
            (lines, amount), (1, 25) if state == "ordered" else (0, 0), state
        )
