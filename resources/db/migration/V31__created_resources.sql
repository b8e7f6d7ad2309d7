-- The projects and branches that plans of ours made, by the uid the control plane gave them. Not
-- bound to change_plans: a branch stays ours when its plan was purged from the history.
create table created_resources (
    profile      text not null,
    uid          text not null,
    project      text not null,
    branch       text,
    ttl_seconds  bigint,
    trial        boolean not null,
    plan_id      uuid not null,
    tool         text not null,
    recorded_at  timestamptz not null,
    primary key (profile, uid)
);
create index created_resources_by_plan on created_resources (plan_id);
