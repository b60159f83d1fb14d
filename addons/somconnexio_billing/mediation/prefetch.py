# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Make the next items in another thread while the last one is being used.

Decoding is Python, inserting is PostgreSQL's work: while the one waits for the
database, the other goes on, and a file takes as long as the slower of the two.
"""

import sys
from contextlib import contextmanager, suppress
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

    What making them raises is raised here, in its place. When the iteration is given
    up, the thread ends with the item it is at.

    >>> list(prefetch(iter("abc")))
    ['a', 'b', 'c']
    """
    ready = Queue(maxsize=ahead)
    is_given_up = Event()
    thread = Thread(target=_produce, args=(items, ready, is_given_up), daemon=True)
    with _prompt_switching():
        thread.start()
        try:
            yield from _until_end(ready)
        finally:
            is_given_up.set()
            _drain(ready)
            thread.join()


def _until_end(ready):
    while True:
        item, error, is_end = ready.get()
        if error is not None:
            raise error
        if is_end:
            return
        yield item


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
