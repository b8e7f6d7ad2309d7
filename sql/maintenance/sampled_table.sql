-- How many bytes of this table are live rows? Reads only the pages that are not all visible.
-- since: 16
-- timeout: 60s
-- params: table_oid int8
-- units: rows; bytes; of pages not read, what is no free space counts as live
-- extensions: pgstattuple
select table_len as file_bytes, approx_tuple_count::int8 as live_rows, approx_tuple_len::int8 as live_bytes,
       dead_tuple_len as dead_bytes, approx_free_space::int8 as free_bytes
  from {pgstattuple}.pgstattuple_approx((:table_oid::oid)::regclass)
