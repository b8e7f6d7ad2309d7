-- Remembers the last certificate of an index that is proposed for dropping.
-- since: 13
-- timeout: 15s
-- params: target text, database text, schema text, index text, at timestamptz, basis text, body text
-- units: none
insert into drop_certificates (target_key, database_name, schema_name, index_name, at, basis, voided, body)
values (:target, :database, :schema, :index, :at, :basis, null, :body)
on conflict (target_key, database_name, schema_name, index_name)
do update set at = excluded.at, basis = excluded.basis, voided = null, body = excluded.body
 where excluded.at >= drop_certificates.at;
