-- How many rows with these keys does the table have?
-- since: 14
-- timeout: 1min
-- params: schema_name text, table_name text, rows jsonb
-- units: rows
-- The table is named by values, so its text is put together and quoted by the server itself.
select substring(query_to_xml(format(
           'select count(*) as n from jsonb_populate_recordset(null::%I.%I, %L) as r join %I.%I as t on %s',
           :schema_name, :table_name, :rows, :schema_name, :table_name,
           (select string_agg(format('t.%I = r.%I', k, k), ' and ') from jsonb_object_keys(:rows -> 0) as k)),
       false, false, '')::text from '<n>(\d+)</n>')::int8 as found
