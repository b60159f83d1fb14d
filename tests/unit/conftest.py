# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Before any test is imported: addons without Odoo."""

import pure_addons  # noqa: F401
