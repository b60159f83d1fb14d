# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Make the next items in another thread while the last one is being used.

Decoding is Python, inserting is PostgreSQL's work: while the one waits for the
database, the other goes on, and a file takes as long as the slower of the two.
"""

from contextlib import suppress
from queue import Empty, Full, Queue
from threading import Event, Thread

_LOOK_SECONDS = 0.2


def prefetch(items, ahead=2):
    """Iterate over ``items``, made up to ``ahead`` items early in a thread.

    What making them raises is raised here, in its place. When the iteration is given
    up, the thread ends with the item it is at.

    >>> list(prefetch(iter("abc")))
    ['a', 'b', 'c']
    """
    ready = Queue(maxsize=ahead)
    is_given_up = Event()
    thread = Thread(target=_produce, args=(items, ready, is_given_up), daemon=True)
    thread.start()
    try:
        while True:
            item, error, is_end = ready.get()
            if error is not None:
                raise error
            if is_end:
                return
            yield item
    finally:
        is_given_up.set()
        _drain(ready)
        thread.join()


def _produce(items, ready, is_given_up):
    try:
        for item in items:
            if not _put(ready, (item, None, False), is_given_up):
                return
        _put(ready, (None, None, True), is_given_up)
    except Exception as error:  # whatever it is belongs to who iterates
        _put(ready, (None, error, False), is_given_up)


def _put(ready, entry, is_given_up):
    while not is_given_up.is_set():
        try:
            ready.put(entry, timeout=_LOOK_SECONDS)
            return True
        except Full:
            continue
    return False


def _drain(ready):
    with suppress(Empty):
        while True:
            ready.get_nowait()
