-- Counts the rows of a partition and adds up their hashes.
-- since: 13
-- timeout: 60min
-- params: none
-- units: none
-- idents: table, t_columns
select count(*) as row_count,
       coalesce(sum(('x' || left(left(encode(sha256(convert_to(row({t_columns})::text, 'UTF8')), 'hex'), 32), 15))::bit(60)::bigint), 0)::text as hash_sum
  from {table} as t
