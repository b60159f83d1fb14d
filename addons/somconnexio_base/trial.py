# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Do something for real, look at what came of it, and undo it in the database.

What a preview shows is then what will happen, as it is the same code.
"""

from contextlib import contextmanager

#: Put into a context by who tries something out. Compared by identity: no RPC client
#: can put this object there.
TRIAL = object()


@contextmanager
def thrown_away(env):
    """Undo in the database whatever the block does.

    :param env: the environment that the block works in; its cache is emptied
    """
    env.flush_all()
    savepoint = env.cr.savepoint(flush=False)
    try:
        yield
        env.flush_all()
    finally:
        env.invalidate_all(flush=False)
        savepoint.rollback()
        savepoint.close()


def is_trial(env):
    """Tell whether what is done will be thrown away."""
    return env.context.get("telecom_trial") is TRIAL
