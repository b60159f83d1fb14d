# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""The statements of this addon's ``sql/``: ``sql_steps.run(env, "notice/10_…")``."""

from pathlib import Path

from .sql_folder import SqlFolder

SQL_FOLDER = Path(__file__).parent / "sql"

folder = SqlFolder(SQL_FOLDER)
statement = folder.statement
run = folder.run
fetch = folder.fetch
stream = folder.stream
