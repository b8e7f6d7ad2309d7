-- How much WAL was written, and why?
-- since: 16
-- timeout: 5s
-- params: none
-- units: bytes
select wal_bytes::int8 as wal_bytes, wal_records as records, wal_fpi as full_page_images,
       wal_bytes::float8 / nullif(extract(epoch from clock_timestamp() - stats_reset), 0) as per_second_bytes,
       stats_reset as since_at, pg_catalog.current_setting('max_wal_size') as max_wal_size
  from pg_catalog.pg_stat_wal
