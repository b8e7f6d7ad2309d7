package io.lakebaseops.lakebase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.OpsException.Kind;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.ControlPlane.NewBranch;
import io.lakebaseops.local.LocalLakebase;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.testing.TestTargets;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The control plane against Local Lakebase, through the SDK as in the cloud.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SdkControlPlanePgTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private LocalLakebase lakebase;
    private SdkControlPlane plane;

    @BeforeAll
    void start(@TempDir Path dir) {
        lakebase = LocalLakebase.start(SdkFixture.options(dir).withTokenTtl(Duration.ofSeconds(5)));
        plane = SdkControlPlane.ofHost(lakebase.host(), lakebase::token, threads);
        try (var fixture = new ProjectMaker(lakebase)) {
            fixture.project("shop-prod");
        }
    }

    @AfterAll
    void stop() {
        lakebase.close();
        threads.shutdownNow();
    }

    private static Deadline soon() {
        return Deadline.in(Duration.ofSeconds(60));
    }

    private static OpsException failure(ThrowingCallable work) {
        return catchThrowableOfType(OpsException.class, work);
    }

    private NewBranch branch(String id, String source) {
        return new NewBranch("shop-prod", id, source, Duration.ofHours(4), false);
    }

    @Test
    void projectsBranchesAndEndpointsAreReadWithTheirStatus() {
        assertThat(plane.user()).contains("@");
        assertThat(plane.projects(soon())).anyMatch(p -> p.id().equals("shop-prod"));
        assertThat(plane.project("no-such", soon())).isEmpty();
        var production = plane.branch("shop-prod", "production", soon()).orElseThrow();
        assertThat(production.isDefault()).isTrue();
        assertThat(production.state()).isEqualTo("READY");
        var endpoint = plane.endpoints("shop-prod", "production", soon()).getFirst();
        assertThat(endpoint.readWrite()).isTrue();
        assertThat(endpoint.host()).isEqualTo("127.0.0.1");
        assertThat(endpoint.port()).isBetween(1025, 65535).isNotEqualTo(5432);
    }

    @Test
    void aBranchIsCreatedWithProgressUsedAndDeleted() {
        var said = new ArrayList<String>();
        var made = plane.createBranch(branch("ci-pr-1", "production"), soon(), said::add);
        assertThat(made.state()).isEqualTo("READY");
        assertThat(made.source()).isEqualTo("production");
        assertThat(made.expiresAt()).isNotNull();
        assertThat(said).anyMatch(s -> s.contains("operation"));
        assertThat(plane.endpoints("shop-prod", "ci-pr-1", soon()))
                .allMatch(ControlPlane.Endpoint::settled);
        var taken =
                failure(() -> plane.createBranch(branch("ci-pr-1", "production"), soon(), _ -> {}));
        assertThat(taken.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(taken.remedy()).contains("another name");
        plane.deleteBranch("shop-prod", "ci-pr-1", soon());
        assertThat(plane.branches("shop-prod", soon()).stream().map(ControlPlane.Branch::id))
                .doesNotContain("ci-pr-1");
    }

    @Test
    void aBranchOfThePastIsMadeAndDeleted() {
        var at = plane.branch("shop-prod", "production", soon()).orElseThrow().createdAt();
        var tooOld =
                failure(
                        () ->
                                plane.createBranch(
                                        past("old-1", at.minus(Duration.ofHours(1))),
                                        soon(),
                                        _ -> {}));
        assertThat(tooOld.kind()).isEqualTo(Kind.INVALID_INPUT);
        assertThat(tooOld.why()).contains("before the history of the branch");
        var made = plane.createBranch(past("old-1", Instant.now()), soon(), _ -> {});
        assertThat(made.state()).isEqualTo("READY");
        plane.deleteBranch("shop-prod", "old-1", soon());
    }

    private static NewBranch past(String id, Instant at) {
        return new NewBranch("shop-prod", id, "production", Duration.ofHours(4), false, at, null);
    }

    @Test
    void aMissingParentAndWrongInputAreToldApart() {
        assertThat(failure(() -> plane.createBranch(branch("x-1", "gone"), soon(), _ -> {})).kind())
                .isEqualTo(Kind.NOT_FOUND);
        assertThat(
                        failure(
                                        () ->
                                                plane.createBranch(
                                                        branch("Not_A_Label", "production"),
                                                        soon(),
                                                        _ -> {}))
                                .kind())
                .isEqualTo(Kind.INVALID_INPUT);
    }

    @Test
    void aCancelledCreationStopsWaitingAtOnce() {
        var deadline = Deadline.in(Duration.ofSeconds(60));
        long start = System.nanoTime();
        var e =
                failure(
                        () ->
                                plane.createBranch(
                                        branch("ci-pr-9", "production"),
                                        deadline,
                                        _ -> deadline.cancel()));
        assertThat(e.kind()).isEqualTo(Kind.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void aWrongTokenIsDeniedAndNobodyListeningUnreachable() {
        var stranger = SdkControlPlane.ofHost(lakebase.host(), () -> "wrong", threads);
        assertThat(failure(() -> stranger.projects(soon())).kind()).isEqualTo(Kind.DENIED);
        var nobody = SdkControlPlane.ofHost("http://127.0.0.1:1", () -> "x", threads);
        long start = System.nanoTime();
        assertThat(failure(() -> nobody.projects(soon())).kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(40));
    }

    @Test
    void tokensOfFiveSecondsServeEveryCycle() throws Exception {
        var door = new LakebaseConnectionProvider("local", plane, Clock.systemUTC());
        var target = new TargetId("local", "shop-prod", "production");
        assertThat(door.known(soon()))
                .as("known, of %s", plane.branches("shop-prod", soon()))
                .contains(target);
        try (var rig = TestTargets.of(door, target)) {
            // Two minutes by -Dlakebaseops.soak=120; a few token lives otherwise.
            long until =
                    System.nanoTime()
                            + Duration.ofSeconds(Integer.getInteger("lakebaseops.soak", 6))
                                    .toNanos();
            int cycles = 0;
            var tokens = new java.util.HashSet<String>();
            // However slow the machine: several tokens, and one that served more than once.
            while (System.nanoTime() < until || tokens.size() < 3 || tokens.size() == cycles) {
                try (var session = rig.read()) {
                    assertThat(session.query(SqlName.of("connections/connection_states")).size())
                            .isPositive();
                }
                tokens.add(door.entry(target, soon()).password());
                // A fresh pool now and then, so that logins really happen with old tokens.
                rig.targets().forget(target);
                cycles++;
                Thread.sleep(150);
            }
            assertThat(tokens.size()).isGreaterThan(2).isLessThan(cycles);
            System.out.println(cycles + " cycles, " + tokens.size() + " tokens, none failed");
            assertThat(door.awake(target, soon())).isTrue();
            assertThat(rig.targets().capabilities(target, soon()).superuser()).isFalse();
        }
    }
}
