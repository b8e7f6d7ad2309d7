-- Which transactions have ended by now, and which file is the table's?
-- since: 14
-- timeout: 15s
-- params: table_name text
-- units: none
select pg_snapshot_xmin(pg_current_snapshot())::text as horizon,
       pg_relation_filenode(to_regclass(:table_name))::bigint as file_node
