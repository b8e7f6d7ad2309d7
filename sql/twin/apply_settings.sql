-- Makes a session of the twin plan by the settings of the watched server.
-- since: 17
-- timeout: 10s
-- params: names text[], settings text[]
-- units: none
select pg_catalog.set_config(v.name, v.value, false) as value
  from unnest(:names::text[], :settings::text[]) as v(name, value)
  join pg_catalog.pg_settings s on s.name = v.name and s.context = 'user'
