-- What is the newest version of each row in an append-only change feed, up to an LSN; deleted rows left out?
-- Engine: DuckDB. The parts in braces are filled in, quoted.
(SELECT * FROM (
    SELECT * FROM {feed}
    WHERE {change} <> 'update_preimage' AND {lsn} <= {until}
    QUALIFY row_number() OVER (PARTITION BY {key} ORDER BY {lsn} DESC, {order} DESC) = 1)
 WHERE {change} <> 'delete')
