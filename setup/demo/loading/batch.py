# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Create many records by the ORM at a flat rate: batches, each committed."""

from itertools import islice

BATCH_SIZE = 500
#: What a take-over from another system does without: mails, followers, tracking.
QUIET = {
    "tracking_disable": True,
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "no_reset_password": True,
}


def batches(rows, size=BATCH_SIZE):
    """Yield lists of at most ``size`` rows."""
    rows = iter(rows)
    while batch := list(islice(rows, size)):
        yield batch


def create_all(env, model, rows, prepare):
    """Create a record for each row and commit after each batch.

    :param list rows: anything
    :param prepare: function of a row that returns the values of its record
    :return: list of ids in the order of the rows
    """
    ids = []
    for batch in batches(rows):
        vals_list = [prepare(row) for row in batch]
        ids += env[model].with_context(**QUIET).create(vals_list).ids
        commit(env)
        show(model, len(ids), len(rows))
    return ids


def commit(env):
    """Commit and forget what was cached, so that memory stays flat."""
    env.cr.commit()
    env.invalidate_all()


def show(title, done, total):
    """Print how far a step is; whoever runs the script shows the last line."""
    print(f"{title}: {done:,} of {total:,}", flush=True)
