package io.lakebaseops.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// Each pair of databases: seen to differ, equal to themselves, and led from one to the other.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaDiffPgTest {
    private final SchemaRig rig = new SchemaRig();

    @BeforeAll
    void base() {
        rig.start();
    }

    @AfterAll
    void stop() {
        rig.stop();
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
    void theDifferenceIsSeenAndTheStatementsLeadThere(SchemaPairs.Pair pair) throws SQLException {
        var left = rig.database("l", pair.before());
        var right = rig.database("r", pair.after());
        try (var before = rig.targets(left);
                var after = rig.targets(right)) {
            var a = read(before);
            var b = read(after);
            assertThat(SchemaDiff.between(a, read(before)).changes()).isEmpty();
            assertThat(a.objects()).isEqualTo(read(before).objects());
            var diff = SchemaDiff.between(a, b);
            assertThat(diff.isEmpty()).as("seen to differ").isFalse();
            assertThat(SchemaDiff.between(b, a).isEmpty()).isFalse();

            var ddl = Ddl.between(a, b);
            assertThat(ddl.complete()).as(ddl.text()).isEqualTo(pair.derived());
            if (pair.derived()) {
                apply(left, ddl);
                var reached = read(before);
                assertThat(SchemaDiff.between(reached, b).text())
                        .as(ddl.text())
                        .isEqualTo("no difference");
                assertThat(reached.objects()).isEqualTo(b.objects());
            }
        } finally {
            rig.drop(left, right);
        }
    }

    private static DatabaseSchema read(TestTargets targets) {
        try (var session = targets.read()) {
            return Schema.read(session);
        }
    }

    private static void apply(Pg17.Database database, Ddl ddl) throws SQLException {
        try (Connection c = database.admin();
                var s = c.createStatement()) {
            s.setEscapeProcessing(false);
            for (var statement : ddl.statements()) {
                try {
                    s.execute(String.valueOf(statement.sql()));
                } catch (SQLException e) {
                    throw new AssertionError(e.getMessage() + "\n" + ddl.text(), e);
                }
            }
        }
    }
}
