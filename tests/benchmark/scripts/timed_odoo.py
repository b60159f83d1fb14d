# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run one of Odoo's commands with a stopwatch on the parts of loading usage files.

``python timed_odoo.py bill_month …`` does what ``odoo bill_month …`` does. A handful
of functions are wrapped, each called once for a file or a batch of rows, so that the
stopwatch itself takes no time to speak of. The seconds of each part are written to
RESULT_PATH: those that follow one another, and the decoding, which a thread does
while PostgreSQL inserts (its processor time).
"""

import atexit
import json
import os
import time
from collections import Counter
from functools import wraps
from pathlib import Path

import psutil

import odoo.cli
from odoo.modules.registry import Registry
from odoo.sql_db import Cursor

INSERT_STEP = "15_insert_event"
CREATED_AT = psutil.Process().create_time()
seconds = Counter()


def timed(function, name):
    """Return a function that adds what each call takes to a part."""

    @wraps(function)
    def wrapper(*args, **kwargs):
        started = time.monotonic()
        try:
            return function(*args, **kwargs)
        finally:
            seconds[name] += time.monotonic() - started

    return wrapper


def timed_step(run):
    """Return ``sql_steps.run`` that keeps the event's insertion and the rest apart."""
    parts = {True: timed(run, "insert"), False: timed(run, "other_sql")}

    @wraps(run)
    def wrapper(env, name, **params):
        return parts[name == INSERT_STEP](env, name, **params)

    return wrapper


def timed_items(items):
    """Iterate, adding the processor time of this thread to the part ``decode``."""
    items = iter(items)
    while True:
        started = time.thread_time()
        item = next(items, None)
        seconds["decode"] += time.thread_time() - started
        if item is None:
            return
        yield item


def timed_turns(function, part):
    """Wrap a generator function, adding the seconds of its turns to a part."""

    @wraps(function)
    def wrapper(*args):
        turns = function(*args)
        while True:
            started = time.monotonic()
            item = next(turns, None)
            seconds[part] += time.monotonic() - started
            if item is None:
                return
            yield item

    return wrapper


def attach():
    """Wrap what loading calls, once the addons are there."""
    from odoo.addons.somconnexio_billing import sql_steps
    from odoo.addons.somconnexio_billing.models.mediation import (
        telecom_usage_file_load as load,
        telecom_usage_file_receipt as receipt,
        usage_decoding,
    )

    seconds["start"] = time.time() - CREATED_AT
    receipt_class, load_class = receipt.TelecomUsageFile, load.TelecomUsageFile
    receipt_class.receive = timed(receipt_class.receive, "keep")
    load_class._load_in_turn = timed_turns(load_class._load_in_turn, "load")
    sql_steps.run = sql_steps.folder.run = timed_step(sql_steps.run)
    prefetch = usage_decoding.prefetch
    usage_decoding.prefetch = lambda items: prefetch(timed_items(items))
    # A cursor passes this on to psycopg2's: a method of its own comes first.
    Cursor.copy_expert = timed(lambda self, *args: self._obj.copy_expert(*args), "copy")


def attached(new):
    """Return ``Registry.new`` that attaches the stopwatch to the addons it loads."""

    @wraps(new)
    def wrapper(cls, *args, **kwargs):
        registry = new(cls, *args, **kwargs)
        if not seconds:
            attach()
        return registry

    return classmethod(wrapper)


def write_result():
    """Write the parts, in seconds."""
    Path(os.environ["RESULT_PATH"]).write_text(json.dumps(seconds), encoding="utf-8")


Registry.new = attached(Registry.new.__func__)
atexit.register(write_result)
odoo.cli.main()
