package io.lakebaseops.agents.provisioning.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.sqltext.SqlScript;

import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class MigrationFileTest {
    @Test
    void namesGiveVersionAndDescriptionAsFlywayHasThem() {
        var file = MigrationFile.of("V1_2__add_customers.sql", "select 1");
        assertThat(file.version()).isEqualTo(MigrationVersion.fromVersion("1.2"));
        assertThat(file.description()).isEqualTo("add customers");
        assertThat(MigrationFile.of("R__customer_view.sql", "select 1").version()).isNull();
        assertThatThrownBy(() -> MigrationFile.of("customers.sql", ""))
                .hasMessageContaining("rename");
    }

    @Test
    void lineEndsAndByteOrderMarkDoNotChangeTheChecksum() {
        var unix = MigrationFile.of("V1__a.sql", "select 1;\nselect 2;\n");
        var dos = MigrationFile.of("V1__a.sql", "\uFEFFselect 1;\r\nselect 2;\r\n");
        assertThat(dos.checksum()).isEqualTo(unix.checksum());
        assertThat(dos.statements()).hasSize(2);
        assertThat(dos.statements().getFirst().text()).isEqualTo("select 1");
        assertThat(MigrationFile.of("V1__a.sql", "select 1;\nselect 3;\n").checksum())
                .isNotEqualTo(unix.checksum());
    }

    /// A body of SQL has semicolons of its own, and other words contain BEGIN, END and ATOMIC.
    @Test
    void bodiesEndWhereTheyEndWhateverNamesLookLike() {
        var file =
                MigrationFile.of(
                        "V2__routines.sql",
                        """
                        /* outer; /* inner; */ still; */
                        create table atomic_queue (id int, pending bool, legend text default ';end');
                        create function grade(n int) returns int language sql
                          begin atomic
                            select case when n > 10 then 2 else 1 end; -- end;
                          end;
                        create procedure close_all() language sql
                          begin atomic
                            update atomic_queue set pending = false where legend <> 'begin';
                            delete from atomic_queue where id < 0;
                          end;
                        create function fn_atomic() returns int language plpgsql as
                          $end$ begin return 1; end; $end$;
                        create table "begin" (id int);
                        """);
        assertThat(file.statements())
                .extracting(SqlScript.Part::line)
                .containsExactly(2, 3, 7, 12, 14);
        assertThat(file.alone()).isFalse();
    }

    @Test
    void aFolderIsReadInTheOrderOfVersionsAndUndoFilesAreLeftAlone(@TempDir Path dir)
            throws IOException {
        for (var name :
                List.of("V10__c.sql", "V2__b.sql", "V1_9__a.sql", "U2__b.sql", "R__v.sql")) {
            Files.writeString(dir.resolve(name), "select 1;");
        }
        Files.writeString(dir.resolve("notes.sql"), "not a migration '");
        Files.writeString(dir.resolve("README.md"), "");
        var folder = MigrationFolder.of(List.of(dir));
        assertThat(folder.files())
                .extracting(MigrationFile::name)
                .containsExactly("V1_9__a.sql", "V2__b.sql", "V10__c.sql", "R__v.sql");
        assertThat(folder.whole()).isTrue();
        Files.writeString(dir.resolve("V2_0__again.sql"), "select 1;");
        assertThatThrownBy(() -> MigrationFolder.of(List.of(dir)))
                .hasMessageContaining("same migration");
    }

    @Test
    void whatARunnerCannotDoIsRefusedWithAdvice() {
        refuses("copy t from stdin;\n1\tit's\n\\.\n", "COPY with rows", "INSERT");
        refuses("\\i other.sql\n", "psql", "list the other file");
        refuses("select 1;\nselect 2 \\gset\n", "line 2", "psql");
        refuses("begin;\nselect 1;\ncommit;", "line 1", "a file is one transaction");
        refuses("create table t(); vacuum t;", "refuses to run in a transaction", "own");
        refuses("set standard_conforming_strings = off;", "how the rest of the file is read");
        refuses("select '${schema}'", "placeholder");
        refuses("select 1;\nselect 'open", "line 2", "never closed");
        refuses("select 1;\n\\restrict abc\nselect 2;", "line 2", "delete it");
    }

    /// As pg_dump writes them into every file.
    @Test
    void settingsThatAreTheDefaultAnywayAreNoObstacle() {
        var file =
                MigrationFile.of(
                        "V1__dump.sql",
                        "set standard_conforming_strings = on; set client_encoding = 'UTF8';"
                                + " create table t (a int)");
        assertThat(file.statements()).hasSize(3);
    }

    private static void refuses(String text, String... words) {
        assertThatThrownBy(() -> MigrationFile.of("V7__x.sql", text))
                .hasMessageContainingAll(words)
                .hasMessageContaining("V7__x.sql");
    }

    @Test
    void statementsOutsideTransactionsAreTold() {
        for (var sql :
                List.of(
                        "create index concurrently i on t (a)",
                        "create unique index concurrently i on t (a)",
                        "drop index concurrently i",
                        "reindex table concurrently t",
                        "vacuum full t",
                        "alter table t detach partition p concurrently",
                        "alter system set work_mem = '4MB'")) {
            assertThat(MigrationFile.of("V1__a.sql", sql).alone()).as(sql).isTrue();
        }
        for (var sql :
                List.of(
                        "create index i on t (a)",
                        "create index \"concurrently\" on t (a)",
                        "refresh materialized view concurrently m",
                        "reindex table t",
                        "alter type e add value 'x'")) {
            assertThat(MigrationFile.of("V1__a.sql", sql).alone()).as(sql).isFalse();
        }
    }

    /// A dump has several lines a migration cannot hold; all are named, and nothing else is.
    @Test
    void everyLineOfADumpThatMustGoIsNamedAtOnce() {
        assertThatThrownBy(
                        () ->
                                MigrationFile.of(
                                        "V1__dump.sql",
                                        """
                                        \\restrict abc
                                        SET standard_conforming_strings = on;
                                        create table n (i int, t text);
                                        COPY n (i, t) FROM stdin;
                                        1\tx
                                        \\.
                                        \\unrestrict abc
                                        """))
                .hasMessageContaining("line 1 is a command of psql")
                .hasMessageContaining("line 4 is COPY with rows")
                .hasMessageContaining("line 7 is a command of psql")
                .hasMessageNotContaining("line 2 ");
    }
}
