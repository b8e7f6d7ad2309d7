-- When the first reading beyond the limit was taken, since when an alert is critical, and how often it came
-- back before its cooldown was over. Alerts raised by former versions do not know the first two.
alter table alerts
    add column breached_at timestamptz,
    add column critical_at timestamptz,
    add column returns     integer not null default 0;
