-- What do all rows of a table add up to, bucket by bucket?
-- since: 14
-- timeout: 5min
-- params: none
-- units: rows; sums of 64-bit hashes
-- idents: table, bucket, row
select {bucket} as bucket,
       count(*) as row_count,
       sum(('x' || substr(md5(concat_ws('|', {row})), 1, 16))::bit(64)::int8) as total
  from {table} as t
 group by 1
