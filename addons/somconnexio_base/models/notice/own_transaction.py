# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from contextlib import contextmanager


@contextmanager
def own_transaction(records):
    """Give records in a transaction of its own, with the machine's rights.

    It is committed when the block ends, whatever becomes of the caller's.
    """
    with records.env.registry.cursor() as cr:
        yield records.with_env(records.env(cr=cr, su=True))
