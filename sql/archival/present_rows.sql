-- Says which of the named rows are in the table, and what each hashes to.
-- since: 13
-- timeout: 5min
-- params: keys text
-- units: none
-- idents: table, t_columns, t_keys, k_keys
select row({t_columns})::text as row_text,
       left(encode(sha256(convert_to(row({t_columns})::text, 'UTF8')), 'hex'), 32) as row_hash
  from {table} as t
  join json_populate_recordset(null::{table}, :keys::json) as k on row({t_keys}) = row({k_keys})
