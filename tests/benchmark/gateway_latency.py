# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How fast a bank app's calls are answered, alone and beside a bill run.

Writes rows that stay: run it in a copy of a database.

    odoo shell -d COPY --no-http < tests/benchmark/gateway_latency.py
"""

import statistics
import sys
import threading
import time

from odoo import SUPERUSER_ID, Command, api

from odoo.addons.somconnexio_payments.gateway_protocols.messages import Call
from odoo.addons.somconnexio_payments.models.gateway import serving

ACCOUNTS, CHECKS, PAYMENTS = 1000, 400, 200
QUIET = {"tracking_disable": True, "mail_create_nolog": True}
registry = env.registry  # noqa: F821, given by the shell
today = time.strftime("%Y%m%d")


def new_env(cr):
    return api.Environment(cr, SUPERUSER_ID, dict(QUIET))


def make_world(env):
    """Return the codes of accounts that owe a bill each, and the bills' journal."""
    Account, Journal = env["account.account"], env["account.journal"]
    receivable, income, bank, outstanding = Account.create(
        [
            {"name": code, "code": code, "account_type": kind, "reconcile": matched}
            for code, kind, matched in (
                ("430LAT", "asset_receivable", True),
                ("705LAT", "income", False),
                ("572LAT", "asset_cash", False),
                ("431LAT", "asset_current", True),
            )
        ]
    )
    sales = Journal.create(
        {
            "name": "Latency bills",
            "code": "LATS",
            "type": "sale",
            "default_account_id": income.id,
        }
    )
    journal = Journal.create(
        {
            "name": "Latency bank",
            "code": "LATB",
            "type": "bank",
            "default_account_id": bank.id,
        }
    )
    journal.inbound_payment_method_line_ids.payment_account_id = outstanding
    env["telecom.payment.gateway"].create(
        {
            "name": "Latency",
            "slug": "latency",
            "journal_id": journal.id,
            "protocol": "osmp",
            "auth_kind": "none",
            "networks": "127.0.0.1",
            "is_sandbox": False,
            "calls_per_minute": 1_000_000,
            "identifier_ids": [Command.create({"kind": "account"})],
        }
    )
    partners = env["res.partner"].create(
        [
            {"name": f"Payer {n}", "property_account_receivable_id": receivable.id}
            for n in range(ACCOUNTS)
        ]
    )
    accounts = env["telecom.billing.account"].create(
        [{"partner_id": partner.id} for partner in partners]
    )
    post_bills(env, accounts, sales)
    return accounts.ids, accounts.mapped("code"), sales.id


def post_bills(env, accounts, sales):
    lines = [{"name": "Services", "quantity": 1, "price_unit": 30, "tax_ids": []}]
    env["account.move"].create(
        [
            {
                "move_type": "out_invoice",
                "journal_id": sales.id,
                "partner_id": account.partner_id.id,
                "telecom_billing_account_id": account.id,
                "invoice_date": "2026-10-31",
                "invoice_line_ids": [Command.create(line) for line in lines],
            }
            for account in accounts
        ]
    ).action_post()


def call(query):
    """Answer a call in a cursor of its own; return how long it took."""
    started = time.perf_counter()
    with registry.cursor() as cr:
        gateway = new_env(cr)["telecom.payment.gateway"]._by_slug("latency")
        reply = serving.serve(gateway, Call("GET", query), "127.0.0.1")
    assert b"<result>0</result>" in reply.body, reply.body
    return time.perf_counter() - started


def measure(name, queries):
    taken = sorted(1000 * call(query) for query in queries)
    p95 = taken[round(0.95 * (len(taken) - 1))]
    sys.stdout.write(
        f"{name}: {len(taken)} calls, median {statistics.median(taken):.0f} ms, "
        f"p95 {p95:.0f} ms, longest {taken[-1]:.0f} ms\n"
    )


def round_of(name, codes, first):
    measure(
        f"check {name}",
        [f"command=check&txn_id=1&account={code}" for code in codes[:CHECKS]],
    )
    measure(
        f"pay {name}",
        [
            f"command=pay&txn_id={first + n}&account={code}&sum=10.00"
            f"&txn_date={today}120000"
            for n, code in enumerate(codes[:PAYMENTS])
        ],
    )


with registry.cursor() as cr:
    ids, codes, sales_id = make_world(new_env(cr))
call(f"command=check&txn_id=1&account={codes[0]}")
round_of("alone", codes, 10_000)
is_over = threading.Event()


def bill_on():
    while not is_over.is_set():
        with registry.cursor() as cr:
            env = new_env(cr)
            accounts = env["telecom.billing.account"].browse(ids[:100])
            post_bills(env, accounts, env["account.journal"].browse(sales_id))


run = threading.Thread(target=bill_on)
run.start()
round_of("beside a bill run", codes, 20_000)
is_over.set()
run.join()
