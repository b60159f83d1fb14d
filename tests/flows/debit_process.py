# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""A process with Odoo loaded that brings a debit run to its end, killed on the way.

It reads one order a line from its input, as JSON, and answers each by one line:

* ``{"do": "set_up"}`` lets all billing accounts pay by direct debit;
* ``{"do": "collect", "nth": n}`` goes on with the run in a child process, which is
  killed before the n-th thing that it asks of the database; with 0 it is not.

The answer is ``{"code": exit code or minus the signal}``.
"""

import json
import os
import signal
import sys
from datetime import date, timedelta

from odoo import sql_db
from odoo.api import SUPERUSER_ID, Environment
from odoo.modules.registry import Registry
from odoo.tools import config

CREDITOR_ID = "ES50ZZZM23456789"
COMPANY_IBAN = "ES9121000418450200051332"
#: Two debits make a slice, so that the five of the world take three.
SLICE_SIZE = 2
#: What follows in each state, by the buttons of the run.
STEPS = {
    "proposed": "action_confirm",
    "confirmed": "action_write_file",
    "filed": "action_sent",
}


def set_up(env):
    """Let the company draw money, and all accounts pay by direct debit."""
    set_up_company(env)
    for account in env["telecom.billing.account"].search([]):
        bank = env["res.partner.bank"].create(
            {
                "partner_id": account.partner_id.id,
                "acc_number": spanish_iban(account.id),
            }
        )
        account.write({"collection_method": "direct_debit", "partner_bank_id": bank.id})
        env["account.banking.mandate"].create(
            {
                "partner_id": account.partner_id.id,
                "partner_bank_id": bank.id,
                "telecom_billing_account_id": account.id,
                "signature_date": date.today() - timedelta(days=90),
            }
        ).validate()


def set_up_company(env):
    """Give the company a bank, an identifier and three days of notice."""
    euro = env.ref("base.EUR")
    journal = env["account.journal"].create(
        {
            "name": "Bank of the debits",
            "code": "BDD",
            "type": "bank",
            "bank_acc_number": COMPANY_IBAN,
        }
    )
    env.company.write(
        {
            "currency_id": euro.id,
            "sepa_creditor_identifier": CREDITOR_ID,
            "telecom_debit_journal_id": journal.id,
            "telecom_debit_notice_days": 3,
            "telecom_debit_booking": "sent",
        }
    )


def spanish_iban(number):
    """Return an IBAN whose check digits hold, another one for each number."""
    account = f"21000418{_digits(number)}{number:010d}"
    rest = int(f"{account}142800") % 97
    return f"ES{98 - rest:02d}{account}"


def _digits(number):
    """Return the two national check digits of bank 2100, office 0418."""
    return f"{_check('0021000418')}{_check(f'{number:010d}')}"


def _check(digits):
    weights = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
    rest = sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11
    return {0: 0, 1: 1}.get(rest, 11 - rest)


def collect(registry):
    """Bring the run to its end: each step and each slice in a transaction."""
    with registry.cursor() as cr:
        (run_id,) = (
            Environment(cr, SUPERUSER_ID, {})["telecom.debit.run"].search([]).ids
        )
    while True:
        with registry.cursor() as cr:
            run = Environment(cr, SUPERUSER_ID, {})["telecom.debit.run"].browse(run_id)
            if run.state not in (*STEPS, "sent"):
                return
            go_on(run)


def go_on(run):
    """Do what comes next: a step, a slice, or the closing of the booking."""
    if run.state in STEPS:
        getattr(run, STEPS[run.state])()
        return
    waiting = run.slice_ids.filtered(lambda one: one.state != "done")
    if waiting:
        waiting[0]._job_book()
    else:
        run._job_close()


def kill_at(nth):
    """Let this process be killed before the n-th thing that it asks for."""
    asked = 0

    def counted(original):
        def method(*args, **kwargs):
            nonlocal asked
            asked += 1
            if asked == nth:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*args, **kwargs)

        return method

    for name in ("execute", "commit"):
        setattr(sql_db.Cursor, name, counted(getattr(sql_db.Cursor, name)))


def in_child(dbname, nth):
    """Collect in a child process; return how it ended."""
    sql_db.close_all()
    pid = os.fork()
    if not pid:
        code = 1
        try:
            if nth:
                kill_at(nth)
            collect(Registry(dbname))
            code = 0
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def carry_out(dbname, order):
    """Carry out an order and return the answer."""
    if order["do"] == "collect":
        return {"code": in_child(dbname, order["nth"])}
    with Registry(dbname).cursor() as cr:
        set_up(Environment(cr, SUPERUSER_ID, {"tracking_disable": True}))
    return {"code": 0}


def main(dbname, conf):
    """Load Odoo, say so, and carry out orders until the input ends."""
    answers = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    arguments = ["--no-http", "-d", dbname, "--log-level=error"]
    config.parse_config([*arguments, *(["-c", conf] if conf else [])])
    Registry(dbname)
    from odoo.addons.somconnexio_payments.models.debit import debit_run_booking

    debit_run_booking.SLICE_SIZE = SLICE_SIZE
    print("ready", file=answers)
    for line in sys.stdin:
        print(json.dumps(carry_out(dbname, json.loads(line))), file=answers)
        sql_db.close_all()


if __name__ == "__main__":
    main(*sys.argv[1:])
