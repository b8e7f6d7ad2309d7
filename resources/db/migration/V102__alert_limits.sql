-- Limits of alerts that people changed, for one branch or, with an empty target, for all servers; and the changes of
-- settings in the audit chain found without reading all of it.
create table alert_limits (
    metric        text not null,
    target_key    text not null default '',
    warning       double precision not null,
    critical      double precision not null,
    open_seconds  double precision not null check (open_seconds >= 0),
    margin        double precision not null check (margin >= 0),
    changed_by    text not null,
    changed_at    timestamptz not null,
    primary key (metric, target_key)
);
create index audit_chain_settings on audit_chain (seq) where kind = 'setting';
