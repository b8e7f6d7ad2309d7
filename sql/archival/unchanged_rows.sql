-- Counts the rows of a partition, and those that nobody has changed since they were read.
-- since: 14
-- timeout: 60min
-- params: horizon text, table_name text
-- units: none
-- idents: table
select count(*) as row_count,
       count(*) filter (where age(t.xmin) > age(:horizon::xid8::xid)) as unchanged,
       pg_relation_filenode(to_regclass(:table_name))::bigint as file_node
  from {table} as t
