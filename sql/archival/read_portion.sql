-- Reads the cold rows of one portion: each as the text of its columns, with its hash.
-- since: 13
-- timeout: 10min
-- params: before timestamptz, first_key text, last_key text
-- units: none
-- idents: table, t_columns, time_column, t_keys, l_keys, h_keys
select row({t_columns})::text as row_text,
       left(encode(sha256(convert_to(row({t_columns})::text, 'UTF8')), 'hex'), 32) as row_hash
  from {table} as t,
       json_populate_record(null::{table}, :first_key::json) as l,
       json_populate_record(null::{table}, :last_key::json) as h
 where {time_column} < :before
   and row({t_keys}) >= row({l_keys})
   and row({t_keys}) <= row({h_keys})
 order by {t_keys}
