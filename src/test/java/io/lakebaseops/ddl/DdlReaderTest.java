package io.lakebaseops.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.sqltext.SqlParser;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Objects;

final class DdlReaderTest {
    private static List<DdlAct> read(String sql) {
        return DdlReader.read(Objects.requireNonNull(SqlParser.parse(sql).single(), sql));
    }

    private static String told(String sql) {
        return String.join(
                ", ",
                read(sql).stream().map(a -> a.form() + " " + a.relation().display()).toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "alter table a.t add c int | ADD_COLUMN a.t",
                "alter table t add c int default 3 not null | ADD_COLUMN t",
                "alter table t add c timestamptz default now() | ADD_COLUMN t",
                "alter table t add c timestamptz default mine.now() | ADD_COLUMN_COMPUTED t",
                "alter table t add c int default \"_f\"() | ADD_COLUMN_COMPUTED t",
                "alter table t add c uuid default gen_random_uuid() | ADD_COLUMN_COMPUTED t",
                "alter table t add c bigserial | ADD_COLUMN_COMPUTED t",
                "alter table t add c int generated always as identity | ADD_COLUMN_COMPUTED t",
                "alter table t add c int not null | ADD_COLUMN_NOT_NULL t",
                "alter table t add c int unique | ADD_COLUMN_UNIQUE t",
                "alter table t add c int references s.p | ADD_COLUMN_CHECKED t,"
                        + " ADD_FOREIGN_KEY_NOT_VALID s.p",
                "alter table t add foreign key (a) references p not valid |"
                        + " ADD_FOREIGN_KEY_NOT_VALID t, ADD_FOREIGN_KEY_NOT_VALID p",
                "alter table t add constraint u unique using index i | ADD_UNIQUE_USING_INDEX t",
                "alter table t set (fillfactor = 50), set logged | SET_STORAGE t, REWRITE_TABLE t",
                "alter table t attach partition p default | ATTACH_PARTITION p, PARENT_OF t",
                "alter table t detach partition p concurrently |"
                        + " DETACH_PARTITION_CONCURRENTLY t, DETACH_PARTITION p",
                "alter table t disable trigger all | CREATE_TRIGGER t",
                "alter table t force row level security | ALTER_OTHER t",
                "alter index i attach partition p | ALTER_INDEX i",
                "alter index i rename to j | ALTER_INDEX i",
                "alter table t rename c to d | RENAME t",
                "alter table t rename constraint c to d | ALTER_OTHER t",
                "create table n (a int references s.p, foreign key (a) references q) |"
                        + " CREATE_TABLE n, ADD_FOREIGN_KEY_NOT_VALID s.p, ADD_FOREIGN_KEY_NOT_VALID q",
                "create table n partition of p default | CREATE_TABLE n, CREATE_PARTITION p",
                "create table n () inherits (p) | CREATE_TABLE n, PARENT_OF p",
                "create table n as values (f()) | CREATE_TABLE n",
                "create unique index concurrently i on only t (a) | CREATE_INDEX_CONCURRENTLY t",
                "create index concurrently on t (a) | CREATE_INDEX_CONCURRENTLY t",
                "create index \"concurrently\" on t (a) | CREATE_INDEX t",
                "create policy p on t using (true) | ALTER_OTHER t",
                "drop policy p on s.t | ALTER_OTHER s.t",
                "drop trigger p on t | ALTER_OTHER t",
                "drop index concurrently a.b, c | DROP_INDEX_CONCURRENTLY a.b,"
                        + " DROP_INDEX_CONCURRENTLY c",
                "drop table if exists t, \"U\".u cascade | DROP_TABLE t, DROP_TABLE U.u",
                "reindex table public.concurrently | REINDEX public.concurrently",
                "reindex (concurrently) index i | REINDEX_CONCURRENTLY i",
                "reindex (concurrently off) index i | REINDEX i",
                "vacuum (full, analyze) a, b | VACUUM_FULL a, VACUUM_FULL b",
                "vacuum (full false) a | VACUUM a",
                "analyze a | ANALYZE a",
                "comment on column s.t.c is 'full' | COMMENT s.t",
                "update t set a = 1 | WRITE_ALL_ROWS t",
                "update t set a = 1 where true | ``",
                "delete from t using u where t.a = u.a | ``",
                "select 1 | ``"
            })
    void every_relation_that_is_locked_is_told_with_the_form(String sql, String told) {
        assertThat(told(sql)).isEqualTo(told == null ? "" : told);
    }

    @ParameterizedTest
    @CsvSource({
        "access share, ACCESS_SHARE",
        "row exclusive, ROW_EXCLUSIVE",
        "share, SHARE",
        "access exclusive, ACCESS_EXCLUSIVE"
    })
    void a_lock_taken_by_hand_is_as_strong_as_its_mode(String mode, LockLevel lock) {
        assertThat(read("lock table a in " + mode + " mode"))
                .singleElement()
                .extracting(DdlAct::lock)
                .isEqualTo(lock);
        assertThat(read("lock a").getFirst().lock()).isEqualTo(LockLevel.ACCESS_EXCLUSIVE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "int | integer",
                "varchar(20) | character varying(20)",
                "numeric(10,2) | numeric(10,2)",
                "text[] | text[]",
                "foo.bar | foo.bar",
                "\"char\" | \"char\"",
                "double precision | double precision",
                "timestamp | timestamp without time zone"
            })
    void types_are_written_as_the_server_writes_them(String written, String type) {
        var act = read("alter table t alter c type " + written).getFirst();
        assertThat(act.type()).isEqualTo(type);
        assertThat(act.column()).isEqualTo("c");
    }

    @Test
    void a_type_computed_by_an_expression_is_not_compared() {
        assertThat(read("alter table t alter c type bigint using set(c)").getFirst().type())
                .isNull();
    }
}
