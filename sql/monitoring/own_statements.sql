-- Which statements did this console send under the login it uses?
-- since: 17
-- timeout: 10s
-- params: none
-- units: none
-- extensions: pg_stat_statements
-- The comment alone proves nothing, anybody can write it: another role's statements are never ours.
select distinct queryid
from {pg_stat_statements}.pg_stat_statements(true)
where query like '/* lakebaseops:%' and queryid is not null
  and userid = (select oid from pg_catalog.pg_roles where rolname = current_user)
