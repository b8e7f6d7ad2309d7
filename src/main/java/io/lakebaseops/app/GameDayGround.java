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
import java.util.UUID;
import java.util.function.Function;

/// Gives every scenario a branch of its own on a Local Lakebase, measured from the start by the
/// product, and deletes it afterwards.
final class GameDayGround implements GameDay.Ground {
    private static final Logger log = LoggerFactory.getLogger(GameDayGround.class);

    private static final String PRACTICE = "Practice, thrown away at its end";
    private static final double CU = 0.5;
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Wiring wiring;
    private final ControlPlane plane;
    private final String project;
    private final Function<Scenario, String> branches;

    private GameDayGround(
            Wiring wiring, String project, String title, Function<Scenario, String> branches) {
        this.wiring = wiring;
        this.project = project;
        this.branches = branches;
        wiring.connections().local();
        plane = wiring.connections().of(target("production")).orElseThrow();
        plane.createProject(
                new ControlPlane.NewProject(project, title, CU, CU, null, false, Map.of()),
                Deadline.in(LIMIT),
                _ -> {});
    }

    /// With a branch for each scenario, and the agents on duty.
    static GameDayGround graded(Wiring wiring) {
        var ground =
                new GameDayGround(
                        wiring, "game-day", "Game day", s -> "gd-" + s.name().replace('_', '-'));
        wiring.startAgents();
        return ground;
    }

    /// With names that give nothing away.
    static GameDayGround practice(Wiring wiring) {
        var name = "practice-" + UUID.randomUUID().toString().substring(0, 6);
        return new GameDayGround(wiring, name, PRACTICE, _ -> "patient");
    }

    TargetId target(Scenario scenario) {
        return target(branches.apply(scenario));
    }

    private TargetId target(String branch) {
        return new TargetId(Connections.LOCAL, project, branch);
    }

    /// Deletes the project with all that is left of it.
    void end() {
        try {
            wiring.targets().forget(target("production"));
            plane.deleteProject(project, Deadline.in(LIMIT));
        } catch (RuntimeException e) { // boundary: what was learnt is told all the same
            log.warn("Project {} is not deleted", project, e);
        }
    }

    @Override
    public GameDay.Place open(Scenario scenario) {
        var branch = branches.apply(scenario);
        var target = target(branch);
        plane.createBranch(
                new ControlPlane.NewBranch(project, branch, "production", null, false),
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
                project,
                branch,
                id,
                new EndpointConfig(readWrite, CU, CU, null, false, settings),
                Deadline.in(LIMIT));
    }

    private Endpoint endpoint(String branch, boolean readWrite) {
        return plane.endpoints(project, branch, Deadline.in(LIMIT)).stream()
                .filter(e -> e.readWrite() == readWrite)
                .findFirst()
                .orElseThrow();
    }

    private Faults faults(Endpoint endpoint) {
        return wiring.connections().local().faults(endpoint.name());
    }

    private void delete(String branch) {
        try {
            plane.deleteBranch(project, branch, Deadline.in(LIMIT));
            plane.purgeBranch(project, branch, Deadline.in(LIMIT));
        } catch (RuntimeException e) { // boundary: it goes with the whole server at the end
            log.warn("Branch {} is not deleted", branch, e);
        }
    }
}
