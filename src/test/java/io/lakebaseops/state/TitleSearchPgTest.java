package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.TitleSearch.Title;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class TitleSearchPgTest {
    private static final TargetId TARGET = new TargetId("p", "shop", "production");
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final Pg17.Database pg = StateDatabases.fresh("titles");
    private final StateDb db = StateDb.open(StateDatabases.settings(pg.url()));
    private final TitleSearch search = new StoredTitleSearch(db);

    @AfterEach
    void close() {
        db.close();
    }

    @Test
    void allWordsMustOccurAndWhatIsOpenComesFirst() {
        plan(1, TARGET, "Drop index orders_status_idx", "DONE");
        plan(2, TARGET, "Build index on shop.orders (status)", "WAITING");
        plan(3, new TargetId("p", "shop", "staging"), "Drop index orders_status_idx", "WAITING");
        alert("a", MetricName.MAX_DEAD_TUPLE_RATIO, "14 % dead rows in shop.Orders", null);
        alert("b", MetricName.LOCK_WAIT_SECONDS, "orders wait", AT.plusSeconds(5));

        assertThat(titles("ORDERS"))
                .containsExactly("PLAN 2", "ALERT max_dead_tuple_ratio", "PLAN 1");
        assertThat(titles("index", "status")).containsExactly("PLAN 2", "PLAN 1");
        assertThat(titles("waiting")).as("the state, too").containsExactly("PLAN 2");
        assertThat(titles()).as("no word, all of them").hasSize(3);
        assertThat(titles("100%")).isEmpty();
        assertThat(titles("%")).as("no pattern").containsExactly("ALERT max_dead_tuple_ratio");
        assertThat(titles("o'r\"d")).isEmpty();
        assertThat(search.matching(TARGET, List.of("o"), 2)).hasSize(2);
    }

    private List<String> titles(String... words) {
        return search.matching(TARGET, List.of(words), 10).stream().map(this::brief).toList();
    }

    private String brief(Title title) {
        return title.kind() == TitleSearch.Kind.PLAN
                ? "PLAN " + Integer.parseInt(title.id().substring(30))
                : title.kind() + " " + title.id();
    }

    private void plan(int number, TargetId target, String title, String state) {
        pg.asDba(
                """
                insert into lakebaseops.change_plans (id, fingerprint, target_key, tool, title, body,
                                                      risk, risk_level, state, filed_at, expires_at)
                values ('00000000-0000-0000-0000-%012d', '%d', '%s', 'tool', '%s', '{}', '{}', 'LOW',
                        '%s', '%s', '%s')
                """
                        .formatted(
                                number,
                                number,
                                target.key(),
                                title,
                                state,
                                AT.plusSeconds(number),
                                AT.plusSeconds(3600)));
    }

    private void alert(String id, MetricName metric, String message, @Nullable Instant recovered) {
        new AlertStore(db)
                .save(
                        new Alert(
                                id,
                                TARGET,
                                metric,
                                Severity.WARNING,
                                1,
                                1,
                                Subject.branch("production"),
                                message,
                                AT.plusSeconds(2),
                                AT,
                                recovered,
                                null,
                                null));
    }
}
