-- Step 11: what was wrong with read rows.
-- Grain:      one row per fault.
-- Reads:      COPY text, columns as takeover/staged_text.py writes them.
-- Writes:     telecom_migration_issue.
-- Idempotent: no; written together with the rows of step 10.
copy telecom_migration_issue (
    run_id,
    file_id,
    kind,
    line_number,
    external_id,
    column_name,
    value,
    code,
    expected,
    severity
) from stdin
