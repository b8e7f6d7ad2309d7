-- What do the rows of a range of keys add up to, bucket by bucket?
-- since: 14
-- timeout: 5min
-- params: from_key int8, to_key int8
-- units: rows; sums of 64-bit hashes
-- idents: table, key, bucket, row
select {bucket} as bucket,
       count(*) as row_count,
       sum(('x' || substr(md5(concat_ws('|', {row})), 1, 16))::bit(64)::int8) as total
  from {table} as t
 where t.{key} >= :from_key and t.{key} <= :to_key
 group by 1
