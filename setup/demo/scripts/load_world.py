# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: load the world whose file WORLD_PATH names.

With WORLD_WITH_LIFE set, some of its members also join, leave, ask for changes.
"""

import os
from pathlib import Path

from demo.loading import load_world

load_world(
    env,  # noqa: F821
    Path(os.environ["WORLD_PATH"]),
    with_life=bool(os.environ.get("WORLD_WITH_LIFE")),
)
