-- A mute is about one object, not about a metric of a whole server; it has a beginning and a reason.
alter table alert_mutes
    add column subject  text not null default '',
    add column muted_at timestamptz not null default now(),
    add column reason   text not null default '',
    drop constraint alert_mutes_pkey;
delete from alert_mutes;
alter table alert_mutes
    alter column subject drop default,
    add primary key (target_key, metric, subject);
create index alerts_by_recovery on alerts (target_key, recovered_at desc);
