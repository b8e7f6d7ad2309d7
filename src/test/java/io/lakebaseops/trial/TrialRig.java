package io.lakebaseops.trial;

import io.lakebaseops.agents.provisioning.migration.GateRig;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.LakebaseConnectionProvider;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.local.api.SdkFixture;
import io.lakebaseops.postgres.ConnectionProviders;
import io.lakebaseops.postgres.PooledTargets;
import io.lakebaseops.postgres.SqlLibrary;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A project on Local Lakebase, the console's own way to it, and a gate that carries plans out.
public final class TrialRig implements AutoCloseable {
    public final SdkFixture lakebase;
    public final SdkControlPlane plane;
    public final PooledTargets targets;
    public final SqlLibrary sql = SqlLibrary.fromClassPath();
    public final TargetId production = new TargetId("local", "shop", "production");
    public final GateRig gate;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public TrialRig(Path dir) {
        lakebase = new SdkFixture(dir);
        lakebase.project("shop");
        plane =
                SdkControlPlane.ofHost(
                        lakebase.lakebase().host(), lakebase.lakebase()::token, threads);
        var door = new LakebaseConnectionProvider("local", plane, Clock.systemUTC());
        targets =
                new PooledTargets(
                        ConnectionProviders.of(Map.of("local", door)),
                        sql,
                        threads,
                        Clock.systemUTC());
        gate = new GateRig(targets, _ -> Optional.of(plane));
    }

    public BranchTrial trial() {
        return new BranchTrial(
                targets,
                sql,
                _ -> Optional.of(plane),
                gate.desk,
                () -> gate.state,
                Clock.systemUTC());
    }

    public void run(String branch, String... statements) {
        var endpoint = "projects/shop/branches/" + branch + "/endpoints/primary";
        try (var c = lakebase.connect(endpoint, lakebase.token(endpoint));
                var s = c.createStatement()) {
            for (var sql : statements) {
                s.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    public boolean exists(String branch) {
        return plane.branch("shop", branch, soon()).isPresent();
    }

    public static Deadline soon() {
        return Deadline.in(Duration.ofMinutes(3));
    }

    @Override
    public void close() {
        targets.close();
        gate.close();
        lakebase.close();
        threads.shutdownNow();
    }
}
