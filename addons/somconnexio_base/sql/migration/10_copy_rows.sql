-- Step 10: read rows of one file are staged.
-- Grain:      one row per row of the file, refused ones too.
-- Reads:      COPY text, columns as takeover/staged_text.py writes them.
-- Writes:     telecom_migration_row.
-- Idempotent: no; UNIQUE (file_id, line_number) guards it.
copy telecom_migration_row (
    run_id,
    file_id,
    kind,
    line_number,
    external_id,
    content,
    row_hash,
    unique_key,
    facts,
    amount,
    state
) from stdin
