-- Deletes the cold rows between two places of a table that nobody has changed since they were read.
-- since: 14
-- timeout: 60min
-- params: horizon text, table_name text
-- units: none
-- idents: table, time_column
-- A row that is there now and whose transaction had ended by then is the very row that was read: a change
-- would have made it another one.
with gone as (
    delete from {table} as t
     where t.ctid >= current_setting('lakebaseops.first_row')::tid
       and t.ctid < current_setting('lakebaseops.end_row')::tid
       and {time_column} < (select current_setting('lakebaseops.cold_before')::timestamptz)
       and age(t.xmin) > age(:horizon::xid8::xid)
 returning 1
)
select count(*) as row_count,
       pg_relation_filenode(to_regclass(:table_name))::bigint as file_node
  from gone
