-- What do the rows of some ranges of keys hold, in the form that is compared and in one for people?
-- since: 14
-- timeout: 2min
-- params: lows int8[], highs int8[]
-- units: none
-- idents: table, key, canonical, shown
select array[{canonical}]::text[] as canonical,
       array[{shown}]::text[] as shown,
       t.xmin::text as xmin,
       case when pg_catalog.current_setting('track_commit_timestamp')::bool
            then pg_catalog.pg_xact_commit_timestamp(t.xmin) end as committed_at
  from unnest(:lows, :highs) as r (low, high)
  join {table} as t on t.{key} between r.low and r.high
