# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What a month came to, as plain data."""

COUNTERS = (
    "file_count",
    "row_count",
    "event_count",
    "duplicate_count",
    "rejected_count",
    "suspended_count",
    "rated_count",
    "allowance_count",
    "account_count",
)
AMOUNTS = (
    "charged_amount",
    "amount_untaxed",
    "amount_tax",
    "amount_total",
    "invoiced_untaxed",
    "invoiced_tax",
    "invoiced_total",
)


def collect(run, quarantined):
    """Return the summary of a run.

    :param run: telecom.bill.run
    :param quarantined: telecom.usage.file that contradict themselves
    :return: dict of texts, numbers and lists, ready for JSON; amounts are texts with
        all their digits
    """
    accounts = run.account_ids
    return {
        "run": run.name,
        "company": run.company_id.name,
        "period_start": run.period_start.isoformat(),
        "period_end": run.period_end.isoformat(),
        "state": run.state,
        "steps": [_step(step) for step in run.step_ids],
        "counters": {name: run[name] for name in COUNTERS}
        | {
            "bill_count": len(run.move_ids),
            "held_count": len(accounts.filtered(lambda a: a.state == "held")),
            "pdf_count": len(accounts.filtered(lambda a: a.state == "delivered")),
        },
        "amounts": {name: _amount(run, name) for name in AMOUNTS},
        "checks": [_check(check) for check in run.check_ids],
        "quarantined": [
            {"file": file.name, "reason": file.error_message} for file in quarantined
        ],
        "held": [
            {"account": a.billing_account_id.code, "reason": a.hold_reason}
            for a in accounts
            if a.state == "held"
        ],
    }


def is_green(summary):
    """Tell whether no control is red and no account is held; warnings may stand."""
    is_red = any(
        check["state"] == "fail" and check["severity"] != "warn"
        for check in summary["checks"]
    )
    return not is_red and not summary["held"]


def lines(summary):
    """Yield the month as a table for people and logs, line by line."""
    yield f"\n{summary['run']} · {summary['period_start']} · {summary['state']}"
    for name, value in [*summary["counters"].items(), *summary["amounts"].items()]:
        yield f"  {name.replace('_', ' '):<20}{value:>16}"
    for check in summary["checks"]:
        if check["state"] == "fail":
            yield f"  {check['severity']}: {check['name']} ({check['rows']} rows)"
    for item in summary["quarantined"]:
        yield f"  quarantined: {item['file']}: {item['reason']}"
    for item in summary["held"]:
        yield f"  held: {item['account']}: {item['reason']}"


def _step(step):
    seconds = step.seconds
    if step.code == "load":
        # Files are loaded one by one before the step counts them in.
        files = step.run_id.usage_file_ids
        seconds += sum(files.mapped("load_seconds"))
    return {
        "code": step.code,
        "state": step.state,
        "seconds": round(seconds, 2),
        "rows": step.row_count,
        "message": step.message or "",
    }


def _check(check):
    return {
        "code": check.code,
        "name": check.name,
        "severity": check.severity,
        "state": check.state,
        "rows": check.row_count,
    }


def _amount(run, name):
    digits = 6 if name == "charged_amount" else run.currency_id.decimal_places
    return f"{run[name]:.{digits}f}"
