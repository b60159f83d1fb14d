# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl)
"""Queries of what a billed month is to the business: no ids, no instants, no order.

Two databases with the same members and files that were billed agree in all of it.
Which account got which bill number is left to chance: slices are posted side by side.
"""

BILL_NUMBERS = """
    SELECT sequence_number
    FROM account_move
    WHERE state = 'posted'
    ORDER BY sequence_prefix, sequence_number
"""

STATE = {
    "run": """
        SELECT
            state, kind, period_start, period_end, invoice_date, file_count, row_count,
            event_count, duplicate_count, rejected_count, suspended_count, rated_count,
            allowance_count, charged_amount, account_count, amount_untaxed, amount_tax,
            amount_total, invoiced_untaxed, invoiced_tax, invoiced_total
        FROM telecom_bill_run
    """,
    "accounts": """
        SELECT
            partner.name, account.state, account.hold_reason, account.amount_untaxed,
            account.amount_tax, account.amount_total
        FROM telecom_bill_run_account AS account
        JOIN telecom_billing_account AS holder
            ON holder.id = account.billing_account_id
        JOIN res_partner AS partner ON partner.id = holder.partner_id
        ORDER BY partner.name
    """,
    "lines": """
        SELECT
            subscription.code, line.kind, product.default_code, line.name,
            line.period_from, line.period_to, line.quantity, line.price_unit,
            line.amount_untaxed, line.event_count, line.charged_quantity
        FROM telecom_bill_run_line AS line
        JOIN contract_contract AS subscription
            ON subscription.id = line.subscription_id
        JOIN product_product AS product ON product.id = line.product_id
        ORDER BY subscription.code, line.kind, product.default_code
    """,
    "bills": """
        SELECT
            partner.name, move.move_type, move.state, move.invoice_date,
            move.amount_untaxed, move.amount_tax, move.amount_total,
            (
                SELECT count(*)
                FROM ir_attachment AS pdf
                WHERE
                    pdf.res_model = 'account.move'
                    AND pdf.res_id = move.id
                    AND pdf.mimetype = 'application/pdf'
            )
        FROM account_move AS move
        JOIN res_partner AS partner ON partner.id = move.partner_id
        ORDER BY partner.name
    """,
    "entries": """
        SELECT
            partner.name, item.display_type, item.name, item.quantity, item.price_unit,
            item.debit, item.credit, account.name
        FROM account_move_line AS item
        JOIN account_move AS move ON move.id = item.move_id
        JOIN res_partner AS partner ON partner.id = move.partner_id
        JOIN account_account AS account ON account.id = item.account_id
        WHERE item.display_type != 'payment_term'
        ORDER BY partner.name, item.display_type, item.name, item.debit, item.credit
    """,
    "files": """
        SELECT
            name, state, row_count, event_count, duplicate_count, rejected_count,
            suspended_count, error_message
        FROM telecom_usage_file
        ORDER BY name
    """,
    "events": """
        SELECT
            file.name, event.line_number, event.state, event.reason,
            subscription.code, event.quantity
        FROM telecom_usage_event AS event
        JOIN telecom_usage_file AS file ON file.id = event.file_id
        LEFT JOIN contract_contract AS subscription
            ON subscription.id = event.subscription_id
        ORDER BY file.name, event.line_number
    """,
    "rejections": """
        SELECT file.name, row.line_number, row.state, row.reason
        FROM telecom_usage_rejection AS row
        JOIN telecom_usage_file AS file ON file.id = row.file_id
        ORDER BY file.name, row.line_number
    """,
    "rated": """
        SELECT
            file.name, event.line_number, category.code, rated.charged_quantity,
            rated.allowance_quantity, rated.amount, rated.version
        FROM telecom_rated_usage AS rated
        JOIN telecom_usage_event AS event
            ON event.id = rated.event_id AND event.started_at = rated.started_at
        JOIN telecom_usage_file AS file ON file.id = event.file_id
        JOIN telecom_usage_category AS category ON category.id = rated.category_id
        ORDER BY file.name, event.line_number
    """,
    "controls": """
        SELECT code, state, row_count FROM telecom_bill_run_check ORDER BY code
    """,
}
