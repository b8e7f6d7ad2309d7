package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan.State;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Optional;

/// Plans whose server is gone close themselves.
class GoneTargetsPgTest {
    private DeskRig rig;

    @BeforeEach
    void open() {
        rig = new DeskRig();
        rig.shop.asDba("create table t (a int)");
    }

    @AfterEach
    void close() {
        assertThat(rig.audit.verifyAll()).isInstanceOf(AuditLog.ChainState.Intact.class);
        rig.close();
    }

    @Test
    void theyAreClosedWithTheReasonOnceItWasMissingTwice() {
        var plan =
                rig.desk.file(
                        rig.plan(
                                Subject.table(rig.shop.name(), "public", "t"),
                                rig.step("Build", "create index i on t (a)")));
        var why = Optional.of("the connection profile shop was removed");
        assertThat(rig.desk.closeGone(t -> t.equals(rig.target()) ? why : Optional.empty()))
                .isZero();
        assertThat(rig.found(plan).state()).isEqualTo(State.WAITING);
        // It is there again: the count begins anew.
        assertThat(rig.desk.closeGone(_ -> Optional.empty())).isZero();
        assertThat(rig.desk.closeGone(_ -> why)).isZero();
        assertThat(rig.desk.closeGone(_ -> why)).isEqualTo(1);
        assertThat(rig.found(plan).state()).isEqualTo(State.SUPERSEDED);
        assertThat(rig.found(plan).reason()).isEqualTo(why.get());
        assertThat(rig.desk.waiting()).isEmpty();
        assertThat(rig.desk.closeGone(_ -> why)).isZero();
    }

    @Test
    void whoCannotBeAskedIsNotGone() {
        rig.desk.file(
                rig.plan(
                        Subject.table(rig.shop.name(), "public", "t"),
                        rig.step("Build", "create index i on t (a)")));
        for (int look = 0; look < 3; look++) {
            assertThat(
                            rig.desk.closeGone(
                                    _ -> {
                                        throw new OpsException(
                                                OpsException.Kind.UNREACHABLE, "Ask", "no", "wait");
                                    }))
                    .isZero();
        }
        assertThat(rig.desk.waiting()).hasSize(1);
    }
}
