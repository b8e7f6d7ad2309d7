package io.lakebaseops.app;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.gameday.GameDay;
import io.lakebaseops.gameday.Scenario;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakebase.ControlPlane.EndpointConfig;
import io.lakebaseops.local.compute.ComputeHost.Faults;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Map;

/// Gives every scenario a branch of its own on a Local Lakebase, measured from the start by the
/// product, and deletes it afterwards.
final class GameDayGround implements GameDay.Ground {
    private static final Logger log = LoggerFactory.getLogger(GameDayGround.class);

    private static final String PROJECT = "game-day";
    private static final double CU = 0.5;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Wiring wiring;
    private final ControlPlane plane;

    /// Makes the project, and puts the agents on duty.
    GameDayGround(Wiring wiring) {
        this.wiring = wiring;
        wiring.connections().local();
        plane = wiring.connections().of(target("production")).orElseThrow();
        plane.createProject(
                new ControlPlane.NewProject(PROJECT, "Game day", CU, CU, null, false, Map.of()),
                Deadline.in(LIMIT),
                _ -> {});
        wiring.startAgents();
    }

    private static TargetId target(String branch) {
        return new TargetId(Connections.LOCAL, PROJECT, branch);
    }

    @Override
    public GameDay.Place open(Scenario scenario) {
        var branch = "gd-" + scenario.name().replace('_', '-');
        var target = target(branch);
        plane.createBranch(
                new ControlPlane.NewBranch(PROJECT, branch, "production", null, false),
                Deadline.in(LIMIT),
                _ -> {});
        var primary = endpoint(branch, true);
        // A new branch has a compute of the usual size; a small one has few connections to use up.
        shape(branch, primary.id(), true, scenario.settings());
        if (scenario.standby()) {
            shape(branch, "replica", false, Map.of());
        }
        var door = wiring.connections().door(target.profile()).orElseThrow();
        var site =
                new LocalFaultSite(
                        door,
                        target,
                        faults(primary),
                        scenario.standby() ? faults(endpoint(branch, false)) : null);
        var measuring = wiring.look(target);
        return new GameDay.Place(
                site,
                new WiredProduct(wiring, target),
                () -> {
                    measuring.close();
                    site.close();
                    wiring.targets().forget(target);
                    delete(branch);
                });
    }

    private void shape(String branch, String id, boolean readWrite, Map<String, String> settings) {
        plane.shapeEndpoint(
                PROJECT,
                branch,
                id,
                new EndpointConfig(readWrite, CU, CU, null, false, settings),
                Deadline.in(LIMIT));
    }

    private Endpoint endpoint(String branch, boolean readWrite) {
        return plane.endpoints(PROJECT, branch, Deadline.in(LIMIT)).stream()
                .filter(e -> e.readWrite() == readWrite)
                .findFirst()
                .orElseThrow();
    }

    private Faults faults(Endpoint endpoint) {
        return wiring.connections().local().faults(endpoint.name());
    }

    private void delete(String branch) {
        try {
            plane.deleteBranch(PROJECT, branch, Deadline.in(LIMIT));
            plane.purgeBranch(PROJECT, branch, Deadline.in(LIMIT));
        } catch (RuntimeException e) { // boundary: it goes with the whole server at the end
            log.warn("Branch {} is not deleted", branch, e);
        }
    }
}
