package io.lakebaseops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.domain.ConnectionProvider;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.TestTargets;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// Who opens the first connection to a suspended compute learns how long it took to wake.
final class WakePgTest {
    private final List<Duration> woken = new CopyOnWriteArrayList<>();

    @Test
    void theFirstConnectionToASuspendedComputeIsAWakeAndTheNextIsNone() {
        read(() -> woken.isEmpty());
        assertThat(woken).singleElement().satisfies(took -> assertThat(took).isPositive());
    }

    @Test
    void aComputeThatRunsIsNotWokenAndOneThatCannotBeAskedAboutIsConnectedToAllTheSame() {
        read(() -> false);
        read(
                () -> {
                    throw new OpsException(
                            OpsException.Kind.UNREACHABLE, "Ask", "no control plane", "");
                });
        assertThat(woken).isEmpty();
    }

    /// One statement of each of two sessions, one after another over new connections.
    private void read(BooleanSupplier asleep) {
        var database = Pg17.shared().database("wake");
        var plain =
                JdbcConnectionProvider.ofUrl(
                        "test", database.url(), Pg17.DBA, () -> Pg17.DBA_PASSWORD);
        var target = plain.target();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var targets =
                        new PooledTargets(
                                ConnectionProviders.of(
                                        Map.of(target.profile(), new Sleeping(plain, asleep))),
                                SqlLibrary.fromClassPath(),
                                threads,
                                Clock.systemUTC(),
                                (_, took) -> woken.add(took))) {
            for (var db : List.of(database.name(), "postgres")) {
                assertThat(targets.databases(target, TestTargets.deadline())).contains(db);
                try (var session = targets.read(target, db, TestTargets.deadline())) {
                    assertThat(session.database()).isEqualTo(db);
                }
            }
        }
    }

    private record Sleeping(ConnectionProvider door, BooleanSupplier asleep)
            implements ConnectionProvider {
        @Override
        public List<TargetId> known(Deadline deadline) {
            return door.known(deadline);
        }

        @Override
        public String defaultDatabase(TargetId target) {
            return door.defaultDatabase(target);
        }

        @Override
        public boolean awake(TargetId target, Deadline deadline) {
            return !asleep.getAsBoolean();
        }

        @Override
        public ConnectionInfo entry(TargetId target, Deadline deadline) {
            return door.entry(target, deadline);
        }

        @Override
        public void refused(TargetId target) {
            door.refused(target);
        }
    }
}
