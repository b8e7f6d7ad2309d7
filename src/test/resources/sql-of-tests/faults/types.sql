-- Do values of all types arrive as they were given?
-- since: 14
-- timeout: 10s
-- params: t text, n int8, ts timestamptz, names text[], ids int4[], i interval, b bool, x bytea
-- units: none
select :t as t, :n as n, :ts as ts, :names as names, :ids as ids, :i as i, :b as b, :x as x,
       ':not a marker' as s, $$:nor this {one}$$ as d, 'a'::text as c, /* :nor this */
       '{"a": 1}'::jsonb ? 'a' as q, E'\':esc' as e, U&'\0041' as u
  -- :nor this
