# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Hold drills on a database of yours; ``make drill`` has its own.

``PYTHONPATH=tests:setup python -m drills --template DATABASE --config ODOO.conf``
"""

import argparse
import sys
from pathlib import Path

from .run import ROOT, hold_in


def _parse():
    parser = argparse.ArgumentParser(prog="drills", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these drills")
    parser.add_argument(
        "--template", required=True, help="database with somconnexio_billing"
    )
    parser.add_argument(
        "--config", required=True, type=Path, help="configuration of an Odoo for it"
    )
    return parser.parse_args()


if __name__ == "__main__":
    options = _parse()
    place = {
        "root": ROOT,
        "template": options.template,
        "conf": options.config.resolve(),
        "python": sys.executable,
        "environment": {},
    }
    sys.exit(hold_in(place, options.names))
