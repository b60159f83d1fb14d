# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run in `odoo shell`: load the world whose file WORLD_PATH names."""

import os
from pathlib import Path

from demo.loading import load_world

load_world(env, Path(os.environ["WORLD_PATH"]))  # noqa: F821
