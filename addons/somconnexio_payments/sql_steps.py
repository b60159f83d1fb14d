# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Run the statements of ``sql/``; their order is the way of the money.

debit → bank file → return → dunning → desk
"""

from pathlib import Path

from odoo.addons.somconnexio_base.sql_folder import SqlFolder

_FOLDER = SqlFolder(Path(__file__).parent / "sql")

statement = _FOLDER.statement
run = _FOLDER.run
fetch = _FOLDER.fetch
stream = _FOLDER.stream
