package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.state.ModelRequests.ModelRequest;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

class ModelRequestsPgTest {
    private static final Instant T0 = Instant.parse("2026-01-01T03:00:00Z");

    private final Pg17.Database pg = StateDatabases.fresh("model_requests");
    private final StateDb db = StateDb.open(StateDatabases.settings(pg.url()));
    private final ModelRequestStore store = new ModelRequestStore(db);

    @AfterEach
    void close() {
        db.close();
    }

    private static ModelRequest request(int id, String by, int round) {
        return new ModelRequest(
                new UUID(0, id),
                by,
                "question " + id,
                "https://models.example",
                "m",
                round,
                "{\"round\":" + round + "}",
                100L * round,
                10L * round,
                T0.plusSeconds(60L * id + round));
    }

    @Test
    void a_later_round_takes_the_place_of_the_one_before() {
        store.put(request(1, "mira", 1));
        store.put(request(1, "mira", 2));
        store.put(request(2, "mira", 1));
        store.put(request(3, "tom", 1));
        assertThat(store.of("mira", 10))
                .containsExactly(request(2, "mira", 1), request(1, "mira", 2));
        assertThat(store.of("mira", 1)).containsExactly(request(2, "mira", 1));
        assertThat(store.of("nobody", 10)).isEmpty();
        assertThat(store.of(new UUID(0, 1))).contains(request(1, "mira", 2));
        assertThat(store.of(new UUID(0, 9))).isEmpty();
    }

    @Test
    void it_is_gone_after_a_week() {
        store.put(request(1, "mira", 1));
        var retention = new StateRetention(db);
        retention.prune(T0.plus(Duration.ofDays(6)));
        assertThat(store.of("mira", 1)).hasSize(1);
        retention.prune(T0.plus(Duration.ofDays(8)));
        assertThat(store.of("mira", 1)).isEmpty();
    }
}
