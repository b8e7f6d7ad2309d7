package io.lakebaseops.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.PostponedVacuums.Postponed;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;

class PostponedVacuumsPgTest {
    private static final TargetId TARGET = new TargetId("p", "shop", "production");
    private static final TargetId OTHER = new TargetId("p", "shop", "staging");
    private static final Instant T0 = Instant.parse("2026-01-01T03:00:00Z");

    private final StateDb db = StateDatabases.open("postponed");
    private final PostponedVacuumStore store = new PostponedVacuumStore(db);

    @AfterEach
    void close() {
        db.close();
    }

    private static Postponed vacuum(TargetId target, String table, Instant notBefore) {
        return new Postponed(target, "shop", "s \"1\"", table, "mira", notBefore);
    }

    @Test
    void eachIsTakenOnceWhenItsHourHasCome() {
        store.add(vacuum(TARGET, "orders", T0));
        store.add(vacuum(TARGET, "orders", T0.plusSeconds(9_000)));
        store.add(vacuum(TARGET, "items", T0.plusSeconds(3_600)));
        store.add(vacuum(OTHER, "orders", T0));

        assertThat(store.waiting(TARGET))
                .as("one that waits keeps its place")
                .containsExactly(
                        vacuum(TARGET, "orders", T0),
                        vacuum(TARGET, "items", T0.plusSeconds(3_600)));
        assertThat(store.takeDue(T0.minusSeconds(1))).isEmpty();
        assertThat(store.takeDue(T0.plusSeconds(60)))
                .containsExactlyInAnyOrder(
                        vacuum(TARGET, "orders", T0), vacuum(OTHER, "orders", T0));
        assertThat(store.takeDue(T0.plusSeconds(60))).as("nobody gets it twice").isEmpty();
        store.withdraw(TARGET, "shop", "s \"1\"", "items");
        assertThat(store.waiting(TARGET)).isEmpty();
    }
}
