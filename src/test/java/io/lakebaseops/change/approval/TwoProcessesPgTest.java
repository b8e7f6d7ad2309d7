package io.lakebaseops.change.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lakebaseops.change.audit.AuditLog;
import io.lakebaseops.change.execution.Receipt;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.FiledPlan.State;
import io.lakebaseops.testing.Pg17;
import io.lakebaseops.testing.StateDatabases;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Real processes, as two consoles of a team are.
class TwoProcessesPgTest {
    private final Pg17.Database state = StateDatabases.fresh("gate_state");
    private final Pg17.Database shop = Pg17.shared().database("shop");
    private DeskRig rig;

    @BeforeEach
    void open() {
        rig = new DeskRig(state.url(), shop);
        shop.asDba(
                "create table t (a int)",
                "create table runs (at timestamptz default clock_timestamp())");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void threeProcessesApprovingTheSamePlanRunItOnce() throws Exception {
        var plan = file("insert into runs select from pg_sleep(1)");
        try (var one = new OtherProcess(plan);
                var other = new OtherProcess(plan);
                var third = new OtherProcess(plan)) {
            one.go();
            other.go();
            third.go();
            var decisions = List.of(one.line(), other.line(), third.line());
            assertThat(decisions).filteredOn(d -> d.startsWith("Granted")).hasSize(1);
            assertThat(decisions)
                    .filteredOn(d -> d.startsWith("Declined"))
                    .hasSize(2)
                    .allMatch(
                            d ->
                                    d.contains("kim decided first")
                                            || d.contains("deciding about it right now"));
        }
        assertThat(shop.scalar("select count(*) from runs")).isEqualTo("1");
        assertThat(rig.found(plan).state()).isEqualTo(State.DONE);
        assertThat(rig.audit.verify()).isInstanceOf(AuditLog.ChainState.Intact.class);
    }

    @Test
    void aKilledProcessLeavesAPlanThatFailsWithAnUnknownOutcomeAndIsNotRunAgain() throws Exception {
        var plan = file("insert into runs select from pg_sleep(15)");
        try (var victim = new OtherProcess(plan)) {
            victim.go();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !new PlanHistory(rig.state).receipts(plan.id()).isEmpty());
            assertThat(rig.desk.settleAbandoned()).as("it is still alive").isZero();
            victim.process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
        }
        await().atMost(Duration.ofSeconds(60)).until(() -> rig.desk.settleAbandoned() == 1);
        var failed = rig.found(plan);
        assertThat(failed.state()).isEqualTo(State.FAILED);
        assertThat(failed.reason())
                .contains("unknown outcome", "step 1 (Insert) was running since");
        assertThat(rig.approve(plan)).isInstanceOf(Decision.Declined.class);
        // Whatever the server made of it, the step was sent once.
        assertThat(new PlanHistory(rig.state).receipts(plan.id()))
                .singleElement()
                .extracting(Receipt::outcome)
                .isEqualTo(Receipt.Outcome.STARTED);
        assertThat(rig.audit.entries(1).getFirst().kind()).isEqualTo("abandoned");
        assertThat(rig.audit.verify()).isInstanceOf(AuditLog.ChainState.Intact.class);
    }

    private FiledPlan file(String sql) {
        var subject = Subject.table(shop.name(), "public", "t");
        return rig.desk.file(rig.plan(subject, rig.step("Insert", sql)));
    }

    /// One more console, waiting for the word.
    private final class OtherProcess implements AutoCloseable {
        private final Process process;
        private final BufferedReader out;

        OtherProcess(FiledPlan plan) throws IOException {
            process =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-Xmx200m",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Approver.class.getName(),
                                    state.url(),
                                    shop.url(),
                                    plan.id().toString(),
                                    plan.fingerprint().hex())
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            out = process.inputReader();
            line("ready");
        }

        void go() throws IOException {
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
        }

        String line() throws IOException {
            return line("");
        }

        /// The next line that is no log line.
        private String line(String start) throws IOException {
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(start) && line.matches("(ready|Granted|Declined|Expired).*")) {
                    return line;
                }
            }
            return "the process ended without an answer";
        }

        @Override
        public void close() throws IOException {
            process.getOutputStream().close();
            process.destroy();
        }
    }
}
