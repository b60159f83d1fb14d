# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""How fast a bank app's calls are answered, alone and beside a bill run.

A server with workers of its own, a bill run in its own process, and this program as
the bank, over HTTP; all of them on one machine. Calls are sent at fixed moments,
whether or not earlier ones have been answered, and a call's time counts from that
moment: what waits for its turn is not left out. The bill run is started by `nice`, as
docs/operations.md advises: it gives way to who waits. Payments and bills stay: run it
in a copy of a database, such as the demo's.

    python tests/benchmark/gateway_latency.py --odoo ODOO -c CONF -d COPY
"""

import argparse
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

WORLD = Path(__file__).parent / "scripts" / "gateway_world.py"
PATIENCE_SECONDS = 120
TIMEOUT_SECONDS = 60
Bank = namedtuple("Bank", "port slug codes first")
Taken = namedtuple("Taken", "action seconds is_ok")


def read_options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--odoo", default="odoo", help="Odoo's program")
    parser.add_argument("-c", "--config", required=True)
    parser.add_argument("-d", "--database", required=True, help="a copy")
    parser.add_argument(
        "--months", nargs="+", default=["2026-11", "2026-12"], help="to bill"
    )
    parser.add_argument("--workers", type=int, default=2, help="of the server")
    parser.add_argument("--seconds", type=int, default=25, help="measured alone")
    parser.add_argument("--pays", type=float, default=2, help="a second")
    parser.add_argument("--checks", type=float, default=4, help="a second")
    return parser.parse_args()


def command(options, *words):
    """Return Odoo's command line; its subcommand comes first."""
    return [sys.executable, options.odoo, words[0], "-c", options.config, *words[1:]]


def make_world(options, folder):
    """Return the Bank of a database, without its port."""
    result = folder / "world.json"
    with WORLD.open("rb") as script:
        subprocess.run(
            command(options, "shell", "-d", options.database, "--no-http"),
            stdin=script,
            env={**os.environ, "RESULT_PATH": str(result)},
            check=True,
            stdout=subprocess.DEVNULL,
        )
    world = json.loads(result.read_text(encoding="utf-8"))
    return Bank(0, world["slug"], world["codes"], int(time.time()))


@contextmanager
def server(options, folder):
    """Run a server and give its port; it is stopped at the end."""
    port = free_port()
    words = ["-d", options.database, "--db-filter", f"^{options.database}$"]
    words += ["--http-port", str(port), "--max-cron-threads", "0"]
    words += ["--workers", str(options.workers), "--log-level", "warn"]
    # Without the job runner: the bill run has its own.
    words += ["--load", "base,rpc,web"]
    with (folder / "server.log").open("wb") as log:
        odoo = subprocess.Popen(
            command(options, "server", *words), stdout=log, stderr=log
        )
        try:
            wait_for(odoo, port)
            yield port
        finally:
            odoo.terminate()
            odoo.wait()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(odoo, port):
    """Wait until a server answers; its first call of a bank is measured."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and odoo.poll() is None:
        try:
            get(port, "/web/health")
        except OSError:
            time.sleep(0.2)
        else:
            return
    sys.exit("The server did not start.")


def get(port, address):
    """Return the body of an answer."""
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    try:
        link.request("GET", address)
        return link.getresponse().read()
    finally:
        link.close()


def bill_run(options, month, folder):
    """Bill a month up to its posted bills, in a process of its own."""
    words = ["-d", options.database, "--month", month, "--unfinished"]
    words += ["--workers", "1", "--until", "post"]
    with (folder / f"run-{month}.log").open("wb") as log:
        code = subprocess.call(
            ["nice", "-n", "10", *command(options, "bill_month", *words)],
            stdout=log,
            stderr=log,
        )
    if code:
        sys.exit(f"The bill run of {month} ended with code {code}: {folder}")


def call(bank, action, number):
    """Make the n-th call of an action; return whether it was carried out."""
    code = bank.codes[number % len(bank.codes)]
    query = f"command={action}&txn_id={bank.first + number}&account={code}"
    if action == "pay":
        query += f"&sum=1.00&txn_date={time.strftime('%Y%m%d')}000100"
    try:
        answer = get(bank.port, f"/telecom/gateway/{bank.slug}?{query}")
    except OSError:
        return False
    return b"<result>0</result>" in answer


def timed(bank, action, number, due):
    """Make a call when it is due; return what it took from then."""
    time.sleep(max(0, due - time.monotonic()))
    is_ok = call(bank, action, number)
    return Taken(action, time.monotonic() - due, is_ok)


def send(bank, rates, first, is_over):
    """Send calls at their rates until it is over; return what each took.

    :param dict rates: action → calls a second
    :param first: number of the first call
    """
    waiting, started = [], time.monotonic()
    due = {action: started for action in rates}
    with ThreadPoolExecutor(64) as pool:
        while not is_over():
            action = min(due, key=due.get)
            time.sleep(max(0, due[action] - time.monotonic()))
            number = first + len(waiting)
            waiting.append(pool.submit(timed, bank, action, number, due[action]))
            due[action] += 1 / rates[action]
        return [future.result() for future in waiting]


def show(name, taken):
    """Write a line of the table for each action."""
    for action in ("check", "pay"):
        spent = sorted(1000 * one.seconds for one in taken if one.action == action)
        failed = sum(not one.is_ok for one in taken if one.action == action)
        shares = [spent[round(share * (len(spent) - 1))] for share in (0.95, 0.99, 1)]
        figures = [len(spent), statistics.median(spent), *shares]
        cells = " | ".join(f"{figure:.0f}" for figure in figures)
        sys.stdout.write(f"| {action} {name} | {cells} | {failed} |\n")


def bill_all(options, folder):
    """Bill the months one after the other; return the seconds that it took."""
    started = time.monotonic()
    for month in options.months:
        bill_run(options, month, folder)
    return time.monotonic() - started


def main():
    options = read_options()
    folder = Path(tempfile.mkdtemp(prefix="gateway_latency_"))
    bank = make_world(options, folder)
    rates = {"pay": options.pays, "check": options.checks}
    with server(options, folder) as port:
        bank = bank._replace(port=port)
        firsts = [
            timed(bank, action, number, time.monotonic())
            for number, action in enumerate(["check", "pay"] * 2 * options.workers)
        ]
        end = time.monotonic() + options.seconds
        alone = send(bank, rates, 1000, lambda: time.monotonic() > end)
        with ThreadPoolExecutor(1) as pool:
            run = pool.submit(bill_all, options, folder)
            beside = send(bank, rates, 1000 + len(alone), run.done)
        seconds = run.result()
    sys.stdout.write("| calls | number | median | p95 | p99 | longest | failed |\n")
    show("alone", alone)
    show("beside a bill run", beside)
    told = ", ".join(f"{one.action} {1000 * one.seconds:.0f} ms" for one in firsts)
    sys.stdout.write(
        f"First calls of a fresh server: {told}.\n"
        f"{len(options.months)} bill runs took {seconds:.0f} s. Logs: {folder}\n"
    )


if __name__ == "__main__":
    main()
