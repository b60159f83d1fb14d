# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Do something in the database to see what comes of it, and undo it."""

from contextlib import contextmanager


@contextmanager
def rolled_back(env):
    """Undo whatever the block does in the database, as if it had not been.

    What the block raises is raised. Records read in the block must be read anew.

    :param env: environment whose transaction it is
    """
    env.flush_all()
    savepoint = env.cr.savepoint(flush=False)
    try:
        yield
        env.flush_all()
    finally:
        env.clear()
        savepoint.rollback()
        savepoint.close()
