# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: the night's dunning, two accounts in a transaction.

The environment variable KILL_AT says where this process kills itself, as `kill -9`
does: ``step:3`` before the third step of accounts is told, ``batch:2`` after the second
batch was done and before it is committed. Empty: not at all.
"""

import os
import signal

from odoo.addons.somconnexio_payments.models.dunning import telecom_dunning_run

KILL_AT = os.environ.get("KILL_AT", "")


def kill_at(owner, name, nth, is_after):
    """Kill this process at the n-th call of a method."""
    original, calls = getattr(owner, name), []

    def counted(*args, **kwargs):
        calls.append(name)
        is_due = len(calls) == nth
        if is_due and not is_after:
            os.kill(os.getpid(), signal.SIGKILL)
        result = original(*args, **kwargs)
        if is_due:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(owner, name, counted)


def work(env):
    """Make and carry out the list of today."""
    telecom_dunning_run.BATCH = 2
    place, _colon, nth = KILL_AT.partition(":")
    if place == "step":
        kill_at(type(env["telecom.dunning.case"]), "_tell_step", int(nth), False)
    elif place == "batch":
        kill_at(type(env["telecom.dunning.run"]), "_work_off", int(nth), True)
    env["telecom.dunning.run"]._cron_run()
    env.cr.commit()


work(env)  # noqa: F821 - `odoo shell` gives it
