# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
from io import BytesIO

import xlsxwriter

from odoo import http
from odoo.http import content_disposition, request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIELDS = (
    ("subscription_id", 28),
    ("partner_id", 36),
    ("offering_id", 28),
    ("event_count", 10),
    ("unrated_count", 14),
    ("old_amount", 14),
    ("new_amount", 14),
    ("difference", 14),
)
BATCH = 1_000


class SimulationController(http.Controller):
    """Hands out simulations as workbooks to whoever may read them."""

    @http.route(
        "/telecom/simulation/<int:simulation_id>.xlsx",
        type="http",
        auth="user",
        readonly=True,
    )
    def workbook(self, simulation_id):
        """Return a simulation's subscriptions, those that lose most first."""
        simulation = request.env["telecom.rating.simulation"].browse(simulation_id)
        simulation = simulation.exists()
        if not simulation:
            raise request.not_found()
        simulation.check_access("read")
        content = _workbook(simulation)
        filename = f"{simulation.name}.xlsx"
        return request.make_response(
            content,
            [
                ("Content-Type", XLSX),
                ("Content-Length", len(content)),
                ("Content-Disposition", content_disposition(filename)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )


def _workbook(simulation):
    """Return the bytes of the workbook; rows are written one by one."""
    target = BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet()
        Line = simulation.env["telecom.rating.simulation.line"]
        for column, (name, width) in enumerate(FIELDS):
            sheet.set_column(column, column, width)
            label = Line._fields[name]._description_string(simulation.env)
            sheet.write(0, column, label, bold)
        sheet.freeze_panes(1, 0)
        for number, cells in enumerate(_rows(simulation), start=1):
            sheet.write_row(number, 0, cells)
    return target.getvalue()


def _rows(simulation):
    """Yield the cells of each subscription, some hundred read at a time."""
    Line = simulation.env["telecom.rating.simulation.line"]
    ids = Line.search([("simulation_id", "=", simulation.id)]).ids
    for start in range(0, len(ids), BATCH):
        for line in Line.browse(ids[start : start + BATCH]):
            yield [_cell(line[name]) for name, _width in FIELDS]
        simulation.env.invalidate_all()


def _cell(value):
    """Return what a cell shows: a record by its name."""
    return getattr(value, "display_name", value) or (0 if value == 0 else "")
