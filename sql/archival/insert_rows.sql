-- Puts rows back with the values they had; a row whose key is there already is left alone.
-- since: 13
-- timeout: 5min
-- params: rows text
-- units: none
-- idents: table, columns, r_columns, r_keys, t_keys
-- As texts of whole rows: as JSON the document null could not be told from no document.
insert into {table} ({columns}) overriding system value
select {r_columns}
  from unnest(array(select x.row_text::{table} from json_array_elements_text(:rows::json) as x(row_text))) as r
 where not exists (select 1 from {table} as t where row({t_keys}) = row({r_keys}))
on conflict do nothing
