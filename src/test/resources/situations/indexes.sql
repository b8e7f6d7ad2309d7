-- An older unique index that a foreign key refers to, beside the primary key made later.
create schema refs;
create table refs.buyer (no bigint not null, title text);
create unique index buyer_no_uq on refs.buyer (no);
alter table refs.buyer add constraint buyer_pk primary key (no);
create table refs.bill (id bigint primary key, buyer_no bigint not null constraint bill_buyer_fk references refs.buyer (no) on delete cascade);
create index bill_buyer_ix on refs.bill (buyer_no);
create table refs.maker (no bigint not null, title text);
create unique index maker_no_uq on refs.maker (no);
alter table refs.maker add constraint maker_pk primary key (no);
create table refs.parcel (id bigint primary key, maker_no bigint not null constraint parcel_maker_fk references refs.maker);
create index parcel_maker_ix on refs.parcel (maker_no);
-- Equal columns, but only two of these indexes do the same.
create schema alike;
create table alike.stay (id bigint generated always as identity primary key, room int, seat int, guest text, starts timestamptz);
create index stay_room on alike.stay (room);
create index stay_room_again on alike.stay (room);
create index stay_room_wide on alike.stay (room) include (guest);
create unique index stay_rs on alike.stay (room, seat);
create unique index stay_rs_strict on alike.stay (room, seat) nulls not distinct;
create index stay_starts_d on alike.stay (starts desc);
create index stay_starts_dl on alike.stay (starts desc nulls last);
create index stay_guest on alike.stay (guest);
create index stay_guest_c on alike.stay (guest collate "C");
create index stay_guest_tp on alike.stay (guest text_pattern_ops);
create index stay_lower on alike.stay (lower(guest));
create index stay_lower_c on alike.stay (lower(guest) collate "C");
create index stay_open on alike.stay (seat) where starts > '2026-01-01';
create index stay_open_later on alike.stay (seat) where starts > '2027-01-01';
insert into alike.stay (room, seat, guest, starts) select g, case when g % 10 = 0 then null else g end, 'g' || g, now() from generate_series(1, 500) g;
-- A duplicate on a partitioned table, and one of a partition alone.
create schema parts;
create table parts.gauge (device int not null, taken date not null, val numeric) partition by range (taken);
create table parts.gauge_25 partition of parts.gauge for values from ('2025-01-01') to ('2026-01-01');
create table parts.gauge_26 partition of parts.gauge for values from ('2026-01-01') to ('2027-01-01');
create index gauge_device on parts.gauge (device);
create index gauge_device_two on parts.gauge (device);
create index gauge_25_alone on parts.gauge_25 (device);
insert into parts.gauge select g % 50, date '2025-06-01' + g % 500, g from generate_series(1, 5000) g;
-- Which index finds the rows of a foreign key: a partial one on "not null" does, on a value it does not.
create schema covers;
create table covers.plan (id uuid primary key);
create table covers.person (id int primary key);
create table covers.place (land text, site int, primary key (land, site));
create table covers.job (id bigint primary key, plan_id uuid constraint job_plan_fk references covers.plan, checker int constraint job_checker_fk references covers.person, owner int constraint job_owner_fk references covers.person, land text, site int, state text not null default 'open', constraint job_place_fk foreign key (land, site) references covers.place);
create index job_plan_set on covers.job (plan_id) where plan_id is not null;
create index job_checker_open on covers.job (checker) where state = 'open';
create index job_owner_hash on covers.job using hash (owner);
create index job_place_back on covers.job (site, land);
-- A payload column cannot be searched, and an index whose build failed is not used.
create schema lame;
create table lame.member (club int, no int, primary key (club, no));
insert into lame.member select g % 3, g from generate_series(1, 300) g;
create table lame.visit (id bigint generated always as identity primary key, club int, no int, constraint visit_member_fk foreign key (club, no) references lame.member);
create index visit_club on lame.visit (club) include (no);
create table lame.card (id bigint generated always as identity primary key, club int, no int, constraint card_member_fk foreign key (club, no) references lame.member);
insert into lame.card (club, no) select g % 3, g from generate_series(1, 300) g;
insert into lame.card (club, no) values (1, 1);
