-- Step matching/11: begin anew.
-- Grain:      all rows
-- Writes:     match_pair (temporary)
-- Idempotent: yes.
truncate table match_pair
