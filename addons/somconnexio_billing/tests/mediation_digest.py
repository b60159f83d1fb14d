# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""What usage has come to, without ids and instants of work: to compare two worlds.

The version of rated usage is left out: it counts how often the result changed on the
way, not what it is.
"""

from odoo.tools import SQL

DIGEST = {
    "files": """
        SELECT
            content_sha256, state, row_count, event_count, suspended_count,
            duplicate_count, rejected_count, discarded_count
        FROM telecom_usage_file
        WHERE company_id = %(company_id)s AND state <> 'backed_out'
        ORDER BY 1
    """,
    "events": """
        SELECT
            file.content_sha256, event.line_number, event.event_key, event.state,
            event.reason, event.subscription_id, event.quantity, event.served_number
        FROM telecom_usage_event AS event
        JOIN telecom_usage_file AS file ON file.id = event.file_id
        WHERE event.company_id = %(company_id)s
        ORDER BY 1, 2
    """,
    "rejections": """
        SELECT
            file.content_sha256, row.line_number, row.state, row.reason, row.raw_line,
            won.content_sha256, row.duplicate_line_number
        FROM telecom_usage_rejection AS row
        JOIN telecom_usage_file AS file ON file.id = row.file_id
        LEFT JOIN telecom_usage_file AS won ON won.id = row.duplicate_file_id
        WHERE row.company_id = %(company_id)s
        ORDER BY 1, 2
    """,
    "rated": """
        SELECT
            event.event_key, rated.subscription_id, rated.rate_id,
            rated.allowance_id, rated.allowance_quantity, rated.charged_quantity,
            rated.allowance_used_before, rated.amount
        FROM telecom_rated_usage AS rated
        LEFT JOIN telecom_usage_event AS event
            ON event.id = rated.event_id AND event.started_at = rated.started_at
        WHERE rated.company_id = %(company_id)s
        ORDER BY 1
    """,
}


def usage_digest(env, company):
    """Return ``{part: rows}`` of all that usage has come to in a company."""
    env.flush_all()
    return {
        part: env.execute_query(SQL(statement, company_id=company.id))
        for part, statement in DIGEST.items()
    }
