-- What do the rows of a Delta table add up to, bucket by bucket?
-- Engine: DuckDB. The parts in braces are filled in, quoted.
SELECT {bucket} AS bucket,
       count(*) AS row_count,
       sum(('0x' || substr(md5(concat_ws('|', {row})), 1, 16))::UBIGINT) AS total
FROM {source} AS t
WHERE {where}
GROUP BY 1
