package io.lakebaseops.agents.performance.indexes;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.agents.performance.indexes.RelationSearch.Relation;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.Test;

import java.util.List;

final class RelationSearchPgTest {
    @Test
    void tables_and_indexes_are_found_by_words_of_their_names() {
        var database = Pg17.shared().database("relation_search");
        database.asDba(
                "create schema shop",
                "create table shop.orders (id int primary key, customer_id int)",
                "create index orders_customer_idx on shop.orders (customer_id)",
                "create table shop.\"Old orders\" (id int)",
                "create view shop.orders_view as select 1 as one");
        try (var targets = TestTargets.of(database)) {
            var search = new RelationSearch(targets.targets());
            assertThat(search.named(targets.target(), List.of("ORDERS"), 10))
                    .extracting(Relation::kind, Relation::schema, Relation::table, Relation::name)
                    .containsExactly(
                            tuple("table", "orders", "orders"),
                            tuple("index", "orders", "orders_pkey"),
                            tuple("index", "orders", "orders_customer_idx"),
                            tuple("table", "Old orders", "Old orders"));
            assertThat(search.named(targets.target(), List.of("shop", "customer"), 10))
                    .extracting(Relation::name)
                    .containsExactly("orders_customer_idx");
            assertThat(search.named(targets.target(), List.of("orders"), 2)).hasSize(2);
            assertThat(search.named(targets.target(), List.of("%", "_"), 2)).isEmpty();
        }
    }

    private static org.assertj.core.groups.Tuple tuple(String kind, String table, String name) {
        return org.assertj.core.groups.Tuple.tuple(kind, "shop", table, name);
    }
}
