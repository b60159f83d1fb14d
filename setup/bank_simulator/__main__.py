# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""``python -m bank_simulator --today 2026-10-01 --port 8099``."""

import argparse
from datetime import date

from .bank import Bank
from .server import BankServer


def main():
    """Serve a bank until the keyboard stops it."""
    parser = argparse.ArgumentParser(prog="bank_simulator", description=__doc__)
    parser.add_argument("--today", type=date.fromisoformat, default=date(2026, 10, 1))
    parser.add_argument("--port", type=int, default=8099)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    server = BankServer(Bank(chosen.today, chosen.seed), chosen.port)
    print(f"The bank is at {server.url}, on {chosen.today}.")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


main()
