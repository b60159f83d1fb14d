# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a format makes of a sample -> the page that people read in the form."""

from datetime import datetime

from odoo import fields

from ...mediation.spec import START_HALVES
from .messages import file_error_text

TEMPLATE = "somconnexio_billing.usage_format_trial"
SHOWN_CHARACTERS = 60


class FormatTrialPage:
    """Draw a trial of one ``telecom.usage.format``.

    Each wrong cell is marked in the table, and told below it in full: line, column,
    text, reason and remedy.
    """

    def __init__(self, usage_format):
        self.env = usage_format.env
        self.format = usage_format
        lines = usage_format.field_ids.filtered(lambda line: line.line_kind == "record")
        self.lines = {line.target: line for line in lines}
        reasons = self.env["telecom.usage.rejection"]._fields["reason"]
        self.reasons = dict(reasons._description_selection(self.env))

    def of_error(self, message):
        """Return the page of a sample or a format that cannot be used at all."""
        return self._render(error=message, rows=[], columns=[], faults=[], summary="")

    def of_trial(self, trial):
        """Return the page of a ``Trial``."""
        error = trial.error and file_error_text(self.env, trial.error)
        return self._render(
            error=error or "",
            columns=[self._label(target) for target in self.lines],
            rows=[self._row(line) for line in trial.lines],
            faults=[fault for line in trial.lines for fault in self._faults(line)],
            summary=self._summary(trial),
        )

    def _render(self, **values):
        return self.env["ir.qweb"]._render(TEMPLATE, values)

    def _summary(self, trial):
        values = {
            "rows": trial.tally.row_count,
            "good": trial.tally.row_count - trial.tally.rejected_count,
            "rejected": trial.tally.rejected_count,
        }
        if trial.is_whole or trial.error:
            return self.env._(
                "%(rows)s lines: %(good)s can be read, %(rejected)s cannot.", **values
            )
        return self.env._(
            "The first %(rows)s lines: %(good)s can be read, %(rejected)s cannot.",
            **values,
        )

    def _row(self, line):
        cells = [self._cell(target, line.cells.get(target)) for target in self.lines]
        return {
            "number": line.number,
            "cells": cells,
            "is_wrong": bool(line.fault),
            "text": line.text[:SHOWN_CHARACTERS],
        }

    def _cell(self, target, cell):
        if cell is None:
            return {"text": "", "is_wrong": False}
        if cell.error:
            return {"text": cell.error.found or cell.found or "∅", "is_wrong": True}
        if target in START_HALVES:
            return {"text": cell.found, "is_wrong": False}
        return {"text": self._value_text(cell.value), "is_wrong": False}

    def _value_text(self, value):
        if value is None:
            return ""
        if isinstance(value, datetime):
            local = fields.Datetime.context_timestamp(self.format, value)
            return local.strftime("%Y-%m-%d %H:%M:%S")
        return str(value)[:SHOWN_CHARACTERS]

    def _faults(self, line):
        """Yield each fault of a line as a dictionary of what people read."""
        for target, cell in line.cells.items():
            if cell.error:
                yield self._fault(line.number, target, cell.error)
        if line.fault:
            target = line.fault.field_name
            fault = line.fault._replace(detail=line.fault.detail or line.text)
            yield self._fault(line.number, target, _AsError(fault))

    def _fault(self, number, target, error):
        source = self.lines[target].source if target in self.lines else ""
        return {
            "number": number,
            "column": self._label(target),
            "source": source or "",
            "found": error.found[:SHOWN_CHARACTERS],
            "reason": self.reasons[error.reason],
            "expected": error.expected,
            "remedy": self._remedy(target, error.reason),
        }

    def _label(self, target):
        return self.env["telecom.usage.format.field"]._target_label(target)

    def _remedy(self, target, reason):
        line = self.lines.get(target)
        value_type = line.value_type if line else ""
        if reason == "bad_value":
            return self._remedy_of_type(value_type)
        remedies = {
            "encoding": self.env._("Choose another encoding."),
            "structure": self.env._(
                "Correct the container's settings: delimiter, quotes, length, markers."
            ),
            "missing_value": self.env._("Correct the source, or give a default value."),
            "unknown_usage_type": self.env._(
                "Add it to the choices, as written=usage type."
            ),
            "out_of_range": self.env._(
                "Correct the pattern, the time zone or the factor; usage older than 12"
                " months is never accepted."
            ),
        }
        return remedies.get(reason, "")

    def _remedy_of_type(self, value_type):
        if value_type in ("date", "time", "datetime"):
            return self.env._("Correct the pattern, or the source.")
        if value_type == "choice":
            return self.env._("Add it to the choices, as written=meaning.")
        if value_type == "number":
            return self.env._(
                "Correct the source, or the country code and international prefix."
            )
        return self.env._(
            "Choose another type, another decimal separator, or another source."
        )


class _AsError:
    """A rejection of a whole line, told as an error of a cell."""

    def __init__(self, rejection):
        self.reason = rejection.reason
        self.found = rejection.detail
        self.expected = rejection.expected
