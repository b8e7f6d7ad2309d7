package io.lakebaseops.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.change.audit.SettingChanges;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.state.Autonomy;
import io.lakebaseops.state.Autonomy.LeftAlone;
import io.lakebaseops.testing.AuditChains;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;

/// What a person narrows is in the database and in the audit chain at once, and so is taking it
/// back.
final class StoredAutonomyPgTest {
    private static final TargetId SHOP = new TargetId("p", "shop", "production");
    private static final Actor ANNA = Actor.human("anna");

    @Test
    void a_switch_and_a_table_are_kept_told_and_taken_back() {
        var clock = Clock.systemUTC();
        try (var db = StateDatabases.open("stored_autonomy")) {
            var chain = AuditChains.of(db, clock);
            long before = entries(chain);
            var desk =
                    new StoredAutonomy(() -> db, new SettingChanges(() -> db, () -> chain), clock);
            var act = RoutineAct.values()[0];
            var orders =
                    new LeftAlone(
                            SHOP.key(),
                            "shop.orders",
                            "an import runs",
                            "anna",
                            Instant.parse("2026-03-01T12:00:00Z"),
                            null);

            desk.byItself(act, false, ANNA);
            desk.leaveAlone(orders, ANNA);

            assertThat(desk.read().asks(act).orElseThrow().by()).isEqualTo("anna");
            assertThat(desk.read().leftAlone()).containsExactly(orders);

            desk.byItself(act, true, ANNA);
            desk.proposeAgain(orders, ANNA);

            assertThat(desk.read()).isEqualTo(Autonomy.UNLIMITED);
            assertThat(entries(chain) - before).isEqualTo(4);
            assertThat(chain.verifyAll()).isInstanceOf(AuditLog.ChainState.Intact.class);
        }
    }

    private static long entries(AuditLog chain) {
        return chain.verifyAll() instanceof AuditLog.ChainState.Intact intact
                ? intact.entries()
                : -1;
    }
}
