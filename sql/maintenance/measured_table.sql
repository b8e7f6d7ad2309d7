-- How many bytes of this table are live rows? Reads all of it.
-- since: 16
-- timeout: 60s
-- params: table_oid int8
-- units: rows; bytes
-- extensions: pgstattuple
select table_len as file_bytes, tuple_count as live_rows, tuple_len as live_bytes,
       dead_tuple_len as dead_bytes, free_space as free_bytes
  from {pgstattuple}.pgstattuple((:table_oid::oid)::regclass)
