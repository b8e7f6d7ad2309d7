package io.lakebaseops.trial;

import static io.lakebaseops.domain.plan.LockLevel.ACCESS_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.ACCESS_SHARE;
import static io.lakebaseops.domain.plan.LockLevel.EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.NONE;
import static io.lakebaseops.domain.plan.LockLevel.ROW_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE_ROW_EXCLUSIVE;
import static io.lakebaseops.domain.plan.LockLevel.SHARE_UPDATE_EXCLUSIVE;

import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.testing.Pg17;

import java.util.stream.Stream;

/// Forms of DDL with what PostgreSQL 17 does for each, by its manual and source: the table people
/// would keep by hand.
public final class FortyForms {
    private FortyForms() {}

    public enum Rewrite {
        YES,
        NO
    }

    public enum Scan {
        YES,
        NO
    }

    /// @param on the table that must have taken the strongest lock; empty for none
    public record Form(String sql, LockLevel lock, String on, Rewrite rewrite, Scan scan) {
        @Override
        public String toString() {
            return sql;
        }
    }

    private static Form form(String sql, LockLevel lock, String on, Rewrite rewrite, Scan scan) {
        return new Form(sql, lock, on.isEmpty() ? "" : "x." + on, rewrite, scan);
    }

    public static Stream<Form> inTransactions() {
        var yes = Rewrite.YES;
        var no = Rewrite.NO;
        var reads = Scan.YES;
        var none = Scan.NO;
        return Stream.of(
                form("alter table x.t add column c1 int", ACCESS_EXCLUSIVE, "t", no, none),
                form(
                        "alter table x.t add column c2 int default 7",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t add column c3 float8 default random()",
                        ACCESS_EXCLUSIVE,
                        "t",
                        yes,
                        reads),
                form(
                        "alter table x.t add column c4 int not null default 7",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t add column c5 int generated always as (id * 2) stored",
                        ACCESS_EXCLUSIVE,
                        "t",
                        yes,
                        reads),
                form("alter table x.t add column c6 bigserial", ACCESS_EXCLUSIVE, "t", yes, reads),
                form(
                        "alter table x.t add column c7 int check (c7 > 0)",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        reads),
                form("alter table x.t drop column note", ACCESS_EXCLUSIVE, "t", no, none),
                form(
                        "alter table x.t alter column n type bigint",
                        ACCESS_EXCLUSIVE,
                        "t",
                        yes,
                        reads),
                form(
                        "alter table x.t alter column v type varchar(50)",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form("alter table x.t alter column v type text", ACCESS_EXCLUSIVE, "t", no, none),
                form(
                        "alter table x.t alter column v type varchar(15)",
                        ACCESS_EXCLUSIVE,
                        "t",
                        yes,
                        reads),
                form(
                        "alter table x.t alter column n set not null",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        reads),
                form(
                        "alter table x.t alter column k set not null",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t alter column k drop not null",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t alter column n set default 3",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t alter column n set statistics 500",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t set (fillfactor = 80)",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t add constraint ck check (n >= 0)",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        reads),
                form(
                        "alter table x.t add constraint ck check (n >= 0) not valid",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form(
                        "alter table x.t validate constraint later",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        no,
                        reads),
                form(
                        "alter table x.t add constraint fk foreign key (n) references x.p",
                        SHARE_ROW_EXCLUSIVE,
                        "p",
                        no,
                        reads),
                form(
                        "alter table x.t add constraint fk foreign key (n) references x.p not"
                                + " valid",
                        SHARE_ROW_EXCLUSIVE,
                        "p",
                        no,
                        none),
                form("alter table x.t add unique (id)", ACCESS_EXCLUSIVE, "t", no, reads),
                form(
                        "alter table x.t add constraint u unique using index t_u",
                        ACCESS_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form("alter table x.t rename column n to m", ACCESS_EXCLUSIVE, "t", no, none),
                form("alter table x.t rename to t2", ACCESS_EXCLUSIVE, "t2", no, none),
                form("alter table x.t set unlogged", ACCESS_EXCLUSIVE, "t", yes, reads),
                form("alter table x.t enable row level security", ACCESS_EXCLUSIVE, "t", no, none),
                form("alter table x.t disable trigger user", SHARE_ROW_EXCLUSIVE, "t", no, none),
                form("create index on x.t (n)", SHARE, "t", no, reads),
                form("drop index x.t_u", ACCESS_EXCLUSIVE, "t", no, none),
                form("reindex index x.t_u", SHARE, "t", no, reads),
                form("reindex table x.t", SHARE, "t", no, reads),
                form(
                        "create trigger tr before insert on x.t for each row execute function"
                                + " x.f()",
                        SHARE_ROW_EXCLUSIVE,
                        "t",
                        no,
                        none),
                form("create policy po on x.t using (true)", ACCESS_EXCLUSIVE, "t", no, none),
                form("comment on table x.t is 'a'", SHARE_UPDATE_EXCLUSIVE, "t", no, none),
                form(
                        "create table x.c (id int references x.p)",
                        SHARE_ROW_EXCLUSIVE,
                        "p",
                        no,
                        none),
                form("create view x.w as select * from x.t", ACCESS_SHARE, "t", no, none),
                form("truncate x.t", ACCESS_EXCLUSIVE, "t", yes, none),
                form("drop table x.t", ACCESS_EXCLUSIVE, "t", no, none),
                form("cluster x.t using t_u", ACCESS_EXCLUSIVE, "t", yes, reads),
                form("refresh materialized view x.m", ACCESS_EXCLUSIVE, "m", yes, reads),
                form("refresh materialized view concurrently x.m", EXCLUSIVE, "m", no, reads),
                form(
                        "alter table x.parted attach partition x.part for values from (0) to (10)",
                        ACCESS_EXCLUSIVE,
                        "part",
                        no,
                        reads),
                form(
                        "alter table x.parted detach partition x.old",
                        ACCESS_EXCLUSIVE,
                        "parted",
                        no,
                        none),
                form("lock table x.t in share mode", SHARE, "t", no, none),
                form("update x.t set n = n where id = 1", ROW_EXCLUSIVE, "t", no, none),
                form("create type x.e as enum ('a')", NONE, "", no, none));
    }

    /// Locks of these are seen from outside, while somebody's open transaction makes them wait.
    public static Stream<Form> alone() {
        return Stream.of(
                form(
                        "create index concurrently t_n on x.t (n)",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        Rewrite.NO,
                        Scan.YES),
                form(
                        "drop index concurrently x.t_u",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        Rewrite.NO,
                        Scan.NO),
                form(
                        "reindex index concurrently x.t_u",
                        SHARE_UPDATE_EXCLUSIVE,
                        "t",
                        Rewrite.NO,
                        Scan.YES),
                form("vacuum full x.t", ACCESS_EXCLUSIVE, "t", Rewrite.YES, Scan.YES),
                form("vacuum x.t", SHARE_UPDATE_EXCLUSIVE, "t", Rewrite.NO, Scan.NO));
    }

    /// What the forms are about, made anew.
    public static void seed(Pg17.Database db) {
        db.asDba(
                "drop schema if exists x cascade",
                "create schema x",
                "create table x.p (id int primary key)",
                "insert into x.p select g from generate_series(0, 100) g",
                "create table x.t (id int not null, n int, k int, v varchar(20), note text,"
                        + " constraint known check (k is not null))",
                "insert into x.t select g, g % 100, g, 'v' || g from generate_series(1, 3000) g",
                "alter table x.t add constraint later check (n < 1000) not valid",
                "create unique index t_u on x.t (id)",
                "analyze x.t",
                "create function x.f() returns trigger language plpgsql as 'begin return new; end'",
                "create materialized view x.m as select id from x.p",
                "create unique index on x.m (id)",
                "create table x.parted (id int) partition by range (id)",
                "create table x.old partition of x.parted for values from (100) to (200)",
                "create table x.part (id int)",
                "insert into x.part values (1), (2)");
    }
}
