package io.lakebaseops.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.sql.SQLException;
import java.util.List;

/// Each pair of databases: seen to differ, equal to themselves, and led from one to the other.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaDiffPgTest {
    private final SchemaRig rig = new SchemaRig();

    @BeforeAll
    void carryOut() {
        rig.run(pairs());
    }

    static List<SchemaPairs.Pair> pairs() {
        return SchemaPairs.all();
    }

    @Test
    void thereAreEnoughPairs() {
        assertThat(pairs()).hasSizeGreaterThan(80);
        assertThat(pairs()).extracting(SchemaPairs.Pair::what).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theDifferenceIsSeenAndTheStatementsLeadThere(SchemaPairs.Pair pair) {
        var o = rig.of(pair);
        assertThat(o.again().objects()).isEqualTo(o.before().objects());
        assertThat(SchemaDiff.between(o.before(), o.again()).changes()).isEmpty();
        assertThat(SchemaDiff.between(o.before(), o.after()).isEmpty()).isFalse();
        assertThat(SchemaDiff.between(o.after(), o.before()).isEmpty()).isFalse();

        assertThat(o.ddl().complete()).as(o.ddl().text()).isEqualTo(pair.derived());
        assertThat(o.failure()).isNull();
        if (pair.derived()) {
            assertReached(o.reached(), o.after(), o.ddl());
            assertThat(o.unlike()).as(o.ddl().text()).isEmpty();
        }
        if (pair.back()) {
            assertThat(o.back().complete()).as(o.back().text()).isTrue();
            assertReached(o.reachedBack(), o.before(), o.back());
        }
    }

    /// What of which pair's script is marked and said how.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    both ends of a key            | ADD CONSTRAINT "kid_p_fkey"     | LOSSY | fails on rows that do not hold it
                    both ends of a key            | ALTER COLUMN "id" TYPE          | SAFE  | its statistics are gone
                    table and the key it refers to| DROP CONSTRAINT "lab_code_key"  | SAFE  | its index is dropped
                    options of views that decide about rights | SET ("security_invoker"         | SAFE  | with the rights of who asks
                    options of views that decide about rights | RESET ("security_barrier")      | SAFE  | rows the view leaves out
                    collation of a parent         | COLLATE                         | SAFE  | indexes on it may be rebuilt
                    serial to identity            | setval                          | SAFE  | moves the counter
                    column of a row filter        | DROP TABLE                      | SAFE  | is not published
                    generated column and its base | SET EXPRESSION AS (NULL         | SAFE  | empty until
                    label of an enum that is in use | "h" TYPE s                    | LOSSY | a label that is gone
                    sequence bounds that hold the counter | ALTER SEQUENCE          | LOSSY | the counter stands outside
                    identity of a smaller type    | ALTER SEQUENCE                  | LOSSY | the counter stands outside
                    identity of a smaller type    | TYPE smallint                   | LOSSY | fails or cuts values
                    column of a child that its parent had | ALTER TABLE ONLY        | LOSSY | its values are gone
                    not null                      | SET NOT NULL                    | LOSSY | fails on rows without a value
                    column not null with default  | ADD COLUMN "n"                  | SAFE  | rewrites the table if the default is volatile
                    column of a domain that checks | ADD COLUMN "n"                 | LOSSY | rows the domain refuses
                    check                         | ADD CONSTRAINT "k"              | LOSSY | NOT VALID and a later VALIDATE
                    unique                        | ADD CONSTRAINT "u"              | LOSSY | fails on rows that are equal
                    primary key                   | PRIMARY KEY                     | LOSSY | builds an index under the lock
                    foreign key                   | ADD CONSTRAINT "fk"             | LOSSY | on both tables
                    index unique                  | CREATE UNIQUE INDEX             | LOSSY | fails on rows that are equal
                    domain rules                  | SET NOT NULL                    | LOSSY | every table that uses the domain
                    domain rules                  | ADD CONSTRAINT                  | LOSSY | every table that uses the domain
                    domain validated              | VALIDATE CONSTRAINT             | LOSSY | every table that uses the domain
                    key to a partitioned table    | ATTACH PARTITION                | LOSSY | fails on rows outside its bounds
                    partition beside a default    | ATTACH PARTITION                | LOSSY | lock on the default partition
                    unlogged                      | SET UNLOGGED                    | SAFE  | emptied after a crash
                    replica identity full         | REPLICA IDENTITY FULL           | SAFE  | subscribers find rows by it
                    policy                        | CREATE POLICY                   | SAFE  | which rows roles may see
                    policy condition              | ALTER POLICY                    | SAFE  | which rows roles may see
                    policy command                | DROP POLICY                     | SAFE  | which rows roles may see
                    row level security            | FORCE ROW LEVEL SECURITY        | SAFE  | bind its owner too
                    table grant                   | GRANT                           | SAFE  | gives rights
                    grant option gone             | REVOKE                          | SAFE  | takes rights away
                    table owner                   | OWNER TO                        | SAFE  | ACCESS EXCLUSIVE
                    default                       | SET DEFAULT                     | SAFE  | ACCESS EXCLUSIVE
                    compression                   | SET COMPRESSION                 | SAFE  | ACCESS EXCLUSIVE
                    foreign key deferrable        | ALTER CONSTRAINT                | SAFE  | ACCESS EXCLUSIVE
                    identity kind                 | SET GENERATED                   | SAFE  | ACCESS EXCLUSIVE
                    function body                 | CREATE OR REPLACE FUNCTION      | SAFE  | keep the old results
                    under another name            | DROP COLUMN "i"                 | LOSSY | looks like a rename to column
                    under another name            | DROP INDEX                      | SAFE  | looks like a rename to index
                    """)
    void whatAStatementDoesIsSaid(String pair, String sql, Ddl.Mark mark, String hazard) {
        var outcome = rig.of(named(pair));
        assertThat(outcome.ddl().statements())
                .as(outcome.ddl().text())
                .anySatisfy(
                        s -> {
                            assertThat(s.sql()).contains(sql);
                            assertThat(s.mark()).isEqualTo(mark);
                            assertThat(String.join("; ", s.hazards())).contains(hazard);
                        });
    }

    @Test
    void anExtensionThatMovesTakesItsTypesAlong() {
        var ddl = rig.of(named("extension moved under its types")).ddl();
        assertThat(ddl.statements())
                .as(ddl.text())
                .singleElement()
                .satisfies(s -> assertThat(s.sql()).contains("SET SCHEMA \"public\""));
    }

    @Test
    void newLabelsAreATransactionOfTheirOwnBeforeWhatUsesThem() throws SQLException {
        var type = "create type hue as enum (%s)";
        var table = "create table n (h hue default '%s')";
        var left = Pg17.shared().database("labels_left");
        var right = Pg17.shared().database("labels_right");
        left.asDba(
                type.formatted("'shipped'"),
                table.formatted("shipped"),
                "insert into n default values");
        right.asDba(
                type.formatted("'draft', 'checked', 'shipped', 'on hold'"),
                table.formatted("draft"),
                "create index on n (h) where h = 'draft'");
        try (var l = TestTargets.of(left);
                var r = TestTargets.of(right);
                var session = l.read();
                var other = r.read();
                var c = left.admin();
                var s = c.createStatement()) {
            var ddl = Comparison.of(session, other, l.threads()).ddl();
            assertThat(ddl.before()).as(ddl.text()).isEqualTo(3);
            var parts = ddl.text().split("\n" + Ddl.CUT + "\n");
            assertThat(parts).hasSize(2);
            c.setAutoCommit(false);
            assertThatThrownBy(() -> s.execute(String.join("\n", parts)))
                    .hasMessageContaining("unsafe use of new value");
            c.rollback();
            for (var part : parts) {
                s.execute(part);
                c.commit();
            }
            assertThat(Comparison.of(session, other, l.threads()).diff().text())
                    .isEqualTo("no difference");
        }
    }

    private static SchemaPairs.Pair named(String what) {
        return pairs().stream().filter(p -> p.what().equals(what)).findFirst().orElseThrow();
    }

    private static void assertReached(DatabaseSchema reached, DatabaseSchema wanted, Ddl ddl) {
        assertThat(SchemaDiff.between(reached, wanted).text())
                .as(ddl.text())
                .isEqualTo("no difference");
        assertThat(reached.objects()).isEqualTo(wanted.objects());
    }

    @Test
    void aLockedTableKeepsItsViewsFromBeingComparedAndNothingElse() throws SQLException {
        var database = Pg17.shared().database("locked_views");
        database.asDba(
                "create table held (i int)",
                "create view on_held as select i from held",
                "create rule r as on insert to held where new.i < 0 do instead nothing",
                "create table free (i int)",
                "create view on_free as select i from free");
        var other = Pg17.shared().database("locked_views_other");
        other.asDba("create table held (i int)", "create table free (i int)");
        try (var targets = TestTargets.of(database);
                var others = TestTargets.of(other);
                var locker = database.admin();
                var statement = locker.createStatement();
                var session = targets.read();
                var second = others.read()) {
            locker.setAutoCommit(false);
            statement.execute("lock table held in access exclusive mode");
            var found = Comparison.of(session, second, targets.threads());
            assertThat(found.source().unreadable().keySet())
                    .extracting(ObjectId::toString)
                    .containsExactly("view public.on_held", "rule public.held.r");
            assertThat(found.diff().text()).isEqualTo("- view public.on_free");
            assertThat(found.ddl().complete()).isFalse();
            assertThat(found.ddl().text())
                    .contains("could not be read: session", "has locked held")
                    .contains("DROP VIEW \"public\".\"on_free\"");
            locker.rollback();
        }
    }

    @Test
    void whatNoReadingCoversIsCounted() throws SQLException {
        var database = Pg17.shared().database("unseen");
        try (var targets = TestTargets.of(database);
                var session = targets.read()) {
            assertThat(Schema.read(session).unseen()).isEmpty();
            try (var c = database.admin();
                    var s = c.createStatement()) {
                s.execute(
                        "create function pg_catalog.added() returns int language sql as 'select 1'");
                s.execute("select lo_create(0)");
                s.execute("alter database " + database.name() + " set app.api_key = 'hush'");
                s.execute("create extension seg; create table t (s seg)");
                s.execute(
                        "create foreign data wrapper w; create server srv foreign data wrapper w");
                s.execute("create user mapping for postgres server srv options (password 'hush')");
                s.execute(
                        "create foreign table ft (i int options (api_key 'hush', key 'true')) server srv"
                                + " options (auth_token 'hush', table_name 'x')");
                s.execute(
                        "alter operator family integer_ops using btree add function 1 (int, text)"
                                + " btint4cmp(int, int)");
            }
            assertThat(Schema.read(session).unseen().keySet())
                    .containsExactly(
                            "large object",
                            "member added to an operator family of the system or an extension",
                            "object in a schema of the system",
                            "secret among the settings of the database",
                            "secret option of a foreign table or its columns",
                            "secret option of a user mapping, or options this role may not read");
            assertThat(Schema.read(session).objects().toString())
                    .contains("table_name=x", "key=true")
                    .doesNotContain("hush");
        }
    }
}
