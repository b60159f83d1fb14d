# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Let the pure packages of one addon be imported by another's, without Odoo.

They name each other as Odoo does, ``odoo.addons.somconnexio_base.file_reading``. Here
an addon is a package without code of its own, so that no model gets imported.
"""

import sys
from pathlib import Path
from types import ModuleType

ADDONS = Path(__file__).parents[2] / "addons"


def _package(name, folders):
    package = ModuleType(name)
    package.__path__ = [str(folder) for folder in folders]
    sys.modules[name] = package


if "odoo" not in sys.modules:
    _package("odoo", [])
    _package("odoo.addons", [ADDONS])
    for folder in ADDONS.glob("somconnexio_*"):
        _package(f"odoo.addons.{folder.name}", [folder])
