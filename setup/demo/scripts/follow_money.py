# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: let the bills of the demo become money.

The files for and from the bank go to MONEY_FOLDER, the figures to its summary.json.
"""

import json
import os
from pathlib import Path

from demo.money import tell

folder = Path(os.environ["MONEY_FOLDER"])
summary = tell(env, folder)  # noqa: F821
(folder / "summary.json").write_text(json.dumps(summary, indent=1), encoding="utf-8")
