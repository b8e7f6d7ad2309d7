-- What do the rows on a range of pages add up to, bucket by bucket?
-- since: 14
-- timeout: 5min
-- params: from_row tid, to_row tid
-- units: rows; sums of 64-bit hashes
-- idents: table, bucket, row
select {bucket} as bucket,
       count(*) as row_count,
       sum(('x' || substr(md5(concat_ws('|', {row})), 1, 16))::bit(64)::int8) as total
  from {table} as t
 where t.ctid >= :from_row and t.ctid < :to_row
 group by 1
