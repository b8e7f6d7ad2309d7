package io.lakebaseops.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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
        }
        if (pair.back()) {
            assertThat(o.back().complete()).as(o.back().text()).isTrue();
            assertReached(o.reachedBack(), o.before(), o.back());
        }
    }

    private static void assertReached(DatabaseSchema reached, DatabaseSchema wanted, Ddl ddl) {
        assertThat(SchemaDiff.between(reached, wanted).text())
                .as(ddl.text())
                .isEqualTo("no difference");
        assertThat(reached.objects()).isEqualTo(wanted.objects());
    }
}
