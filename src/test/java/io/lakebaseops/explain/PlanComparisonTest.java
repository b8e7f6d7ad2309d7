package io.lakebaseops.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.explain.PlanComparison.Kind;

import org.junit.jupiter.api.Test;

final class PlanComparisonTest {
    private static PlanComparison compare(String before, String after) {
        return PlanComparison.of(ExplainedPlan.read(before), ExplainedPlan.read(after));
    }

    private static final String INDEX_SCAN =
            """
            Index Scan using customers_email_idx on customers  (cost=0.41..8.43 rows=1 width=21)
              Index Cond: (email = $1)
            """;

    @Test
    void anotherWayToReadATableIsNamedWithRowsAndCosts() {
        var change =
                compare(
                        INDEX_SCAN,
                        """
                        Seq Scan on customers  (cost=0.00..1243.00 rows=1 width=21)
                          Filter: (email = $1)
                        """);
        assertThat(change.differences())
                .extracting(PlanComparison.Difference::kind)
                .containsExactly(Kind.SCAN);
        assertThat(change.words())
                .isEqualTo(
                        "customers is read by Seq Scan instead of Index Scan using customers_email_idx"
                                + " (rows expected 1 → 1, cost 8.4 → 1,243). The expected cost of the"
                                + " whole went from 8.4 to 1,243.");
        assertThat(change.differences().getFirst().before().type()).isEqualTo("Index Scan");
    }

    @Test
    void figuresAloneAreNoDifference() {
        var same =
                compare(
                        INDEX_SCAN,
                        INDEX_SCAN.replace("8.43", "80.43").replace("rows=1", "rows=90"));
        assertThat(same.same()).isTrue();
        assertThat(same.words()).isEqualTo("Both go the same way.");
    }

    @Test
    void anotherIndexAndABitmapOfTwoAreTold() {
        assertThat(
                        compare(
                                        INDEX_SCAN,
                                        INDEX_SCAN.replace(
                                                "customers_email_idx", "customers_low_idx"))
                                .words())
                .startsWith("customers is read by Index Scan using customers_low_idx instead of");
        var bitmap =
                """
                Bitmap Heap Scan on customers  (cost=9.00..20.00 rows=4 width=21)
                  ->  BitmapAnd  (cost=9.00..9.00 rows=4 width=0)
                        ->  Bitmap Index Scan on b_idx  (cost=0.00..4.30 rows=40 width=0)
                        ->  Bitmap Index Scan on a_idx  (cost=0.00..4.30 rows=40 width=0)
                """;
        assertThat(compare(INDEX_SCAN, bitmap).differences())
                .singleElement()
                .satisfies(
                        d ->
                                assertThat(d.words())
                                        .contains(
                                                "Bitmap Heap Scan using a_idx and b_idx instead"));
    }

    private static final String NESTED =
            """
            Nested Loop  (cost=0.42..30.00 rows=2 width=8)
              ->  Index Scan using o_pk on orders o  (cost=0.42..8.44 rows=1 width=8)
              ->  Index Scan using i_idx on order_items i  (cost=0.42..20.00 rows=2 width=8)
            """;

    @Test
    void anotherJoinIsToldByTheTablesItJoins() {
        var hash =
                """
                Hash Join  (cost=10.00..5000.00 rows=200000 width=8)
                  Hash Cond: (i.order_id = o.id)
                  ->  Seq Scan on order_items i  (cost=0.00..4000.00 rows=400000 width=8)
                  ->  Hash  (cost=8.44..8.44 rows=1 width=8)
                        ->  Index Scan using o_pk on orders o  (cost=0.42..8.44 rows=1 width=8)
                """;
        var words = compare(NESTED, hash).words();
        assertThat(words)
                .contains("order_items i is read by Seq Scan instead of Index Scan using i_idx")
                .contains(
                        "i and o are joined by Hash Join instead of Nested Loop (rows expected 2 → 200,000,")
                .doesNotContain("Hash is new");
    }

    @Test
    void anotherOrderOfJoinsIsTold() {
        var ab =
                """
                Nested Loop  (cost=0.00..9.00 rows=1 width=8)
                  ->  Nested Loop  (cost=0.00..5.00 rows=1 width=8)
                        ->  Seq Scan on a  (cost=0.00..1.00 rows=1 width=8)
                        ->  Seq Scan on b  (cost=0.00..1.00 rows=1 width=8)
                  ->  Seq Scan on c  (cost=0.00..1.00 rows=1 width=8)
                """;
        var bc =
                """
                Nested Loop  (cost=0.00..9.00 rows=1 width=8)
                  ->  Nested Loop  (cost=0.00..5.00 rows=1 width=8)
                        ->  Seq Scan on b  (cost=0.00..1.00 rows=1 width=8)
                        ->  Seq Scan on c  (cost=0.00..1.00 rows=1 width=8)
                  ->  Seq Scan on a  (cost=0.00..1.00 rows=1 width=8)
                """;
        assertThat(compare(ab, bc).words())
                .startsWith(
                        "The tables are joined in another order: b and c first instead of a and b.");
    }

    @Test
    void nodesThatCameOrWentAndTablesNoLongerReadAreTold() {
        var sorted =
                """
                Limit  (cost=90.00..90.02 rows=10 width=8)
                  ->  Sort  (cost=90.00..91.00 rows=900 width=8)
                        Sort Key: created_at DESC
                        ->  Seq Scan on events_2026_10 events_1  (cost=0.00..50.00 rows=900 width=8)
                        ->  Seq Scan on events_2026_11 events_2  (cost=0.00..50.00 rows=900 width=8)
                """;
        var ordered =
                """
                Limit  (cost=0.30..1.02 rows=10 width=8)
                  ->  Index Scan Backward using at_idx on events_2026_11 events_2  (cost=0.30..70.00 rows=900 width=8)
                """;
        var change = compare(sorted, ordered);
        assertThat(change.differences())
                .extracting(PlanComparison.Difference::words)
                .contains(
                        "events_2026_10 events_1 is not read any more.",
                        "Sort by created_at DESC is gone.");
        assertThat(change.words()).contains("Index Scan Backward using at_idx instead of Seq Scan");
    }

    @Test
    void ofManyDifferencesTheRestIsCounted() {
        var many =
                """
                Nested Loop  (cost=0.42..30.00 rows=2 width=8)
                  ->  Seq Scan on orders o  (cost=0.42..8.44 rows=1 width=8)
                  ->  Materialize  (cost=0.42..20.00 rows=2 width=8)
                        ->  Sort  (cost=0.42..20.00 rows=2 width=8)
                              Sort Key: i.id
                              ->  Seq Scan on order_items i  (cost=0.42..20.00 rows=2 width=8)
                """;
        var change = compare(NESTED, many);
        assertThat(change.differences()).hasSize(4);
        assertThat(change.words()).contains("1 further difference.");
    }
}
