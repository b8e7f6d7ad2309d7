-- Which ends of the audit chain of a state database were seen, each once?
-- Engines: DuckDB, SQL warehouse. Timeout: 20 s.
-- Parameters: :database
-- Units: none
SELECT entry_number, entry_hash, min(recorded_at) AS first_seen
FROM {audit_heads}
WHERE state_database = :database
GROUP BY entry_number, entry_hash
