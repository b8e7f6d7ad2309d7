-- What do the rows of some buckets hold, in the form that is compared and in one for people?
-- Engine: DuckDB. The parts in braces are filled in, quoted.
SELECT [{canonical}]::VARCHAR[] AS canonical,
       [{shown}]::VARCHAR[] AS shown
FROM {source} AS t
WHERE {bucket} IN (SELECT unnest(string_split(:buckets, ',')::BIGINT[]))
