-- Filters of the fleet that a person keeps under a name.
create table fleet_views (
    owner    text not null,
    name     text not null,
    filter   text not null,
    grouping text not null,
    primary key (owner, name)
);
