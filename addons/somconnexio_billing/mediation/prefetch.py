# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Make the next items in another thread while the last one is being used.

Decoding is Python, inserting is PostgreSQL's work: while the one waits for the
database, the other goes on, and a file takes as long as the slower of the two.
"""

import sys
from contextlib import ExitStack, contextmanager, suppress
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread

_LOOK_SECONDS = 0.2
# A thread that comes back from the database waits this long for one that computes:
# Python's own 5 ms, five times a batch, would be a third of the batch's time.
_SWITCH_SECONDS = 0.0005
_switching = Lock()
_prompt_count = 0
_usual_seconds = sys.getswitchinterval()


def prefetch(items, ahead=2):
    """Iterate over ``items``, made up to ``ahead`` items early in a thread.

    >>> list(prefetch(iter("abc")))
    ['a', 'b', 'c']
    """
    return Prefetch(items, ahead)


class Prefetch:
    """An iterator whose items are made in a thread, from the moment it exists.

    What making them raises is raised by the iteration, in its place. When it is closed
    before its end, the thread ends with the item it is at.

    :param items: iterable, touched by the thread only
    :param int ahead: how many items wait at the most
    """

    def __init__(self, items, ahead=2):
        self._ready = Queue(maxsize=ahead)
        self._is_given_up = Event()
        self._stack = ExitStack()
        self._stack.enter_context(_prompt_switching())
        self._thread = Thread(
            target=_produce, args=(items, self._ready, self._is_given_up), daemon=True
        )
        self._thread.start()

    def __iter__(self):
        return self

    def __next__(self):
        if self._is_given_up.is_set():
            raise StopIteration
        item, error, is_end = self._ready.get()
        if error is None and not is_end:
            return item
        self.close()
        raise error or StopIteration

    def close(self):
        """Let the thread end, and wait for it; closing twice does nothing more."""
        self._is_given_up.set()
        _drain(self._ready)
        self._thread.join()
        self._stack.close()


@contextmanager
def _prompt_switching():
    """Let threads take turns quickly while any prefetching goes on."""
    global _prompt_count, _usual_seconds
    with _switching:
        if not _prompt_count:
            _usual_seconds = sys.getswitchinterval()
            sys.setswitchinterval(_SWITCH_SECONDS)
        _prompt_count += 1
    try:
        yield
    finally:
        with _switching:
            _prompt_count -= 1
            if not _prompt_count:
                sys.setswitchinterval(_usual_seconds)


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
