# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Queries of what was taken over: no ids, no instants, no codes of sequences.

Two databases that took the same files over agree in all of it, however often one of
them was stopped: a record is named by its id of the source.
"""

#: How many there are of each, also of what no row of a file names.
COUNTED = (
    "res_partner",
    "res_partner_bank",
    "telecom_partner_key",
    "telecom_partner_duplicate",
    "cooperative_membership",
    "cooperative_share_movement",
    "telecom_billing_account",
    "contract_contract",
    "telecom_subscription_transition",
    "contract_line",
    "telecom_resource",
    "telecom_resource_assignment",
    "telecom_bill_history",
    "telecom_external_id",
    "telecom_migration_row",
    "telecom_migration_issue",
    "telecom_migration_ledger",
    "account_move",
    "telecom_notice",
    "telecom_outbox",
)
_NAMED = """
    FROM telecom_external_id AS link
    JOIN {table} AS record ON record.id = link.res_id
    {joins}
    WHERE link.res_model = '{model}' AND link.system LIKE 'sample_erp%%'
    ORDER BY link.system, link.external_id
"""


def _named(table, model, columns, joins=""):
    source = _NAMED.format(table=table, model=model, joins=joins)
    return f"SELECT link.system, link.external_id, {columns} {source}"


STATE = {
    table: f"SELECT count(*) FROM {table}"  # noqa: S608 - names above
    for table in COUNTED
} | {
    "customers": _named(
        "res_partner",
        "res.partner",
        "record.name, record.vat, record.email, record.phone, record.street,"
        " record.zip, record.city, record.is_company, record.type, parent.name",
        "LEFT JOIN res_partner AS parent ON parent.id = record.parent_id",
    ),
    "memberships": _named(
        "cooperative_membership",
        "cooperative.membership",
        "record.number, record.state, record.joined_date, record.left_date,"
        " (SELECT sum(share_count) FROM cooperative_share_movement"
        " WHERE membership_id = record.id)",
    ),
    "accounts": _named(
        "telecom_billing_account",
        "telecom.billing.account",
        "partner.name, bank.sanitized_acc_number, record.collection_method,"
        " record.mandate_reference, record.mandate_signed_date,"
        " record.mandate_last_debit_date",
        "JOIN res_partner AS partner ON partner.id = record.partner_id"
        " LEFT JOIN res_partner_bank AS bank ON bank.id = record.partner_bank_id",
    ),
    "subscriptions": _named(
        "contract_contract",
        "contract.contract",
        "partner.name, record.telecom_state, record.activation_date,"
        " record.suspension_date, record.termination_date,"
        " (SELECT string_agg(to_state, ' ' ORDER BY id)"
        " FROM telecom_subscription_transition WHERE subscription_id = record.id)",
        "JOIN res_partner AS partner ON partner.id = record.partner_id",
    ),
    "lines": _named(
        "contract_line",
        "contract.line",
        "product.default_code, record.date_start, record.date_end,"
        " record.specific_price",
        "JOIN product_product AS product ON product.id = record.product_id",
    ),
    "resources": _named(
        "telecom_resource", "telecom.resource", "record.name, record.state"
    ),
    "assignments": _named(
        "telecom_resource_assignment",
        "telecom.resource.assignment",
        "resource.name, record.start_at, record.end_at",
        "JOIN telecom_resource AS resource ON resource.id = record.resource_id",
    ),
    "bills": _named(
        "telecom_bill_history",
        "telecom.bill.history",
        "record.number, record.amount_total, record.amount_residual",
    ),
    "rows": """
        SELECT row.kind, row.line_number, row.external_id, row.state, row.facts
        FROM telecom_migration_row AS row
        ORDER BY row.kind, row.line_number
    """,
    "faults": """
        SELECT issue.kind, issue.line_number, issue.column_name, issue.code
        FROM telecom_migration_issue AS issue
        ORDER BY issue.kind, issue.line_number, issue.column_name, issue.code
    """,
    "ledger": """
        SELECT kind, external_id, row_hash, facts
        FROM telecom_migration_ledger
        ORDER BY kind, external_id
    """,
    "reconciliation": """
        SELECT
            kind, source_count, refused_count, taken_count, database_count,
            source_amount, database_amount, source_hash, database_hash,
            difference_count
        FROM telecom_migration_total
        ORDER BY kind
    """,
    "steps": """
        SELECT
            kind, state, row_count, open_count, created_count, updated_count,
            unchanged_count, refused_count
        FROM telecom_migration_step
        ORDER BY kind
    """,
    "runs": "SELECT state FROM telecom_migration_run",
}
