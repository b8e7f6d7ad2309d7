-- What do the rows of some buckets hold, in the form that is compared and in one for people?
-- since: 14
-- timeout: 5min
-- params: buckets int8[]
-- units: none
-- idents: table, bucket, canonical, shown
select array[{canonical}]::text[] as canonical,
       array[{shown}]::text[] as shown,
       t.xmin::text as xmin,
       case when pg_catalog.current_setting('track_commit_timestamp')::bool
            then pg_catalog.pg_xact_commit_timestamp(t.xmin) end as committed_at
  from {table} as t
 where {bucket} = any (:buckets)
