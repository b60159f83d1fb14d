# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""One unattended migration: files in, records and a report out."""

import sys
import traceback
from base64 import b64decode
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from odoo import SUPERUSER_ID
from odoo.api import Environment
from odoo.exceptions import LockError, UserError

OK, FAILED, _USAGE, REFUSED, DIFFERENT = range(5)
#: What of a folder is no data: the profile, and what this command writes.
OTHER_ENDINGS = (".json", "_faults.csv", "_report.xlsx")


class WrongCall(LookupError):
    """The company, the profile or the files that were named are none."""

    def __str__(self):
        return " ".join(self.args)


class Migration:
    """Take over the files of one folder by one profile.

    :param registry: the database's registry
    :param options: parsed arguments of the command, see cli/migrate_members.py
    :raise WrongCall: when the options do not name one company
    """

    def __init__(self, registry, options):
        self.registry = registry
        self.options = options
        self.company_id = self._find_company()

    def run(self):
        """Do it, say how it went, and return the exit code."""
        run_id = self._find_run()
        try:
            self._work(run_id)
        except UserError as error:
            _say(f"Stopped: {error}")
            self._note_failure(run_id, error)
            return FAILED
        except Exception:
            _say(traceback.format_exc())
            return FAILED
        return self._tell(run_id)

    def _find_company(self):
        """Return the id of the company that is meant."""
        name = self.options.company
        with self.registry.cursor() as cr:
            Company = Environment(cr, SUPERUSER_ID, {})["res.company"]
            companies = Company.search([("name", "=", name)] if name else [])
            if len(companies) == 1:
                return companies.id
            names = ", ".join(Company.search([], order="name").mapped("name"))
        raise WrongCall(f"choose one company by --company: {names}")

    @contextmanager
    def _env(self):
        """Give an environment in a transaction of its own, committed at the end."""
        with self.registry.cursor() as cr:
            context = {"lang": "en_US", "allowed_company_ids": [self.company_id]}
            yield Environment(cr, SUPERUSER_ID, context)

    def _find_run(self):
        """Return the id of the migration of these files: begun before, or new."""
        contents = {
            path.name: path.read_bytes()
            for path in sorted(self.options.files.iterdir())
            if path.is_file() and not path.name.endswith(OTHER_ENDINGS)
        }
        if not contents:
            raise WrongCall(f"there are no files in {self.options.files}")
        with self._env() as env:
            try:
                profile = self._find_profile(env)
            except UserError as error:
                raise WrongCall(str(error)) from error
            run = self._begun_run(profile, contents)
            if not run:
                run = env["telecom.migration.run"].create(
                    {
                        "name": self.options.files.resolve().name,
                        "profile_id": profile.id,
                    }
                )
                for name, content in contents.items():
                    env["telecom.migration.file"].receive(run, content, name)
            return run.id

    def _find_profile(self, env):
        Profile = env["telecom.migration.profile"]
        path = Path(self.options.profile)
        if path.is_file():
            return Profile.load_document(path.read_text(encoding="utf-8"))
        profile = Profile.search(
            [("code", "=", self.options.profile), ("company_id", "=", self.company_id)]
        )
        if not profile:
            raise WrongCall(f"there is no profile or file {self.options.profile}")
        return profile

    def _begun_run(self, profile, contents):
        """Return the open migration of exactly these contents, to go on with."""
        wanted = {sha256(content).hexdigest() for content in contents.values()}
        for run in profile.run_ids.filtered(lambda run: run.state != "done"):
            if set(run.file_ids.mapped("content_sha256")) == wanted:
                return run
        return profile.run_ids.browse()

    def _work(self, run_id):
        with self.registry.cursor() as cr:
            context = {"lang": "en_US", "allowed_company_ids": [self.company_id]}
            env = Environment(cr, SUPERUSER_ID, context)
            run = env["telecom.migration.run"].browse(run_id)
            if self.options.is_trial:
                run.try_now()
                return

            def commit():
                # What is settled stays so, whatever happens to this process.
                cr.commit()  # pylint: disable=invalid-commit
                _say(f"{run.settled_count} of {run.row_count} rows", end="\r")

            run.work_now(commit)

    def _note_failure(self, run_id, error):
        """Say in the migration why it stopped, unless another process is at it."""
        if isinstance(error, LockError):
            return
        with self._env() as env:
            run = env["telecom.migration.run"].browse(run_id)
            run._move("failed", error_message=str(error))

    def _tell(self, run_id):
        """Print the outcome, write the files, and return the exit code."""
        with self._env() as env:
            run = env["telecom.migration.run"].browse(run_id)
            _say(_line("", "rows", "created", "updated", "same", "refused", "s"))
            for step in run.step_ids:
                counts = (step.created_count, step.updated_count, step.unchanged_count)
                _say(
                    _line(
                        step.kind,
                        step.row_count,
                        *counts,
                        step.refused_count,
                        f"{step.seconds:.1f}",
                    )
                )
            self._write_files(run)
            return self._exit_code(run)

    def _write_files(self, run):
        if not self.options.out:
            return
        self.options.out.mkdir(parents=True, exist_ok=True)
        for name, content in (
            (run.errors_name, run.errors_file),
            (run.report_name, run.report_file),
        ):
            path = self.options.out / name
            path.write_bytes(b64decode(content))
            _say(f"{path}")

    @staticmethod
    def _exit_code(run):
        if not run.is_reconciled:
            _say("Files and records differ.")
            return DIFFERENT
        if run.refused_count:
            _say(f"Files and records agree; {run.refused_count} rows were refused.")
            return REFUSED
        _say("Files and records agree.")
        return OK


def _line(*cells):
    return f"{cells[0]:16}" + "".join(f"{cell:>10}" for cell in cells[1:])


def _say(text, end="\n"):
    sys.stdout.write(text + end)
    sys.stdout.flush()
