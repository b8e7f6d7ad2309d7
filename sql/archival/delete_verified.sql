-- Deletes the named rows as far as each is still exactly what was verified in the archive.
-- since: 13
-- timeout: 5min
-- params: keys text, hashes text[]
-- units: none
-- idents: table, t_columns, t_keys, k_keys
delete from {table} as t
 using json_populate_recordset(null::{table}, :keys::json) as k
 where row({t_keys}) = row({k_keys})
   and left(encode(sha256(convert_to(row({t_columns})::text, 'UTF8')), 'hex'), 32) = any (:hashes::text[])
returning row({t_columns})::text as row_text
