-- The remedy of a finding that was filed last, and until when it need not be planned again; where the
-- object lies, so that alike findings are counted and paged without reading their bodies.
alter table findings
    add column remedy        text,
    add column remedy_until  timestamptz,
    add column database_name text not null default '',
    add column schema_name   text not null default '';

update findings
   set database_name = coalesce(body::json #>> '{subject,database}', ''),
       schema_name = coalesce(body::json #>> '{subject,schema}', '');

drop index findings_by_target;
create index findings_open on findings (target_key, severity_rank desc, first_seen, fingerprint)
    where state = 'OPEN';
create index findings_by_target on findings (target_key, kind) where state = 'OPEN';
