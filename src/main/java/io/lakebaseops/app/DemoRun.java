package io.lakebaseops.app;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.agents.provisioning.project.CreateOpsCatalog;
import io.lakebaseops.cli.TargetChoice;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.framework.work.Ticker;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The five phases, from an empty folder to a repair that was verified and taken back: provision,
/// observe, judge, repair, decide. Everything said is what a tool or the gate returned.
final class DemoRun implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    private final Wiring wiring;
    private final PrintWriter out;
    private @Nullable TargetId target;
    private Ticker.Ticking watching = () -> {};

    DemoRun(Wiring wiring, PrintWriter out) {
        this.wiring = wiring;
        this.out = out;
    }

    /// Null when the first phase did not get as far as a server.
    @Nullable TargetId target() {
        return target;
    }

    List<DemoPhase> run() {
        var phases = new ArrayList<DemoPhase>();
        phases.add(phase("1 provision", this::provision));
        var place = target;
        if (place == null) {
            return phases;
        }
        var steps = new DemoSteps(wiring, place, this);
        phases.add(phase("2 observe", steps::observe));
        phases.add(phase("3 judge", steps::judge));
        phases.add(phase("4 repair", steps::repair));
        phases.add(phase("5 decide", steps::decide));
        return phases;
    }

    private DemoPhase phase(String name, Consumer<DemoPhase> body) {
        out.printf("%n%s%n", name);
        var phase = new DemoPhase(name);
        var started = Instant.now();
        try {
            body.accept(phase);
        } catch (OpsException e) {
            phase.check(false, e.what() + ": " + e.why());
        }
        phase.took(Duration.between(started, Instant.now()));
        phase.missing().forEach(m -> say("NOT AS IT SHOULD BE: %s", m));
        say("%s, %.1f s", phase.ok() ? "done" : "FAILED", phase.report().durationMs() / 1e3);
        return phase;
    }

    private void provision(DemoPhase phase) {
        var started = Instant.now();
        var place = wiring.connections().target(new TargetChoice.Local(null));
        target = place;
        var ready = Duration.between(started, Instant.now());
        phase.figure("ready_ms", ready.toMillis());
        say("Local Lakebase ready in %.1f s: %s", ready.toMillis() / 1e3, place);
        wiring.startAgents();
        var can = wiring.targets().capabilities(place, Deadline.in(Duration.ofSeconds(30)));
        phase.figure("server_version", can.serverVersion());
        phase.figure("login", can.user());
        phase.figure("superuser", can.superuser());
        say(
                "PostgreSQL %d as %s (%s)",
                can.serverVersion(),
                can.user(),
                can.superuser() ? "superuser" : "not a superuser, as on Lakebase");
        phase.check(!can.superuser(), "the login must not be a superuser");

        var catalog = run("create_ops_catalog", empty());
        phase.check(catalog.status() == ToolReport.Status.OK, failed(catalog));
        if (catalog.data() instanceof CreateOpsCatalog.Output made) {
            phase.figure("history_tables", made.tables());
            say("%d history tables ready", made.tables());
        }
        loadShop(phase);
        branch(phase);
    }

    private void loadShop(DemoPhase phase) {
        var local = wiring.connections().local();
        waitFor(
                "the demo shop's data",
                Duration.ofMinutes(2),
                () ->
                        switch (local.demo().phase()) {
                            case LOADING -> Optional.empty();
                            case READY, FAILED, NONE -> Optional.of(local.demo());
                        });
        var demo = local.demo();
        phase.figure("shop_load_ms", demo.took().toMillis());
        phase.check(demo.problem() == null, "the shop was not loaded: " + demo.problem());
        say("Demo shop loaded in %.1f s, its customers are busy", demo.took().toMillis() / 1e3);
        var past = wiring.makePast();
        phase.figure("past_rows", past.rows());
        phase.figure("past_ms", past.took().toMillis());
        phase.check(past.rows() > 0, "the demo got no past");
        say(
                "90 days of history generated in %.1f s: %,d rows, each marked as simulated",
                past.took().toMillis() / 1e3, past.rows());
    }

    private void branch(DemoPhase phase) {
        var started = Instant.now();
        var report =
                run(
                        "create_branch",
                        empty().put("name", "try-it")
                                .put("source", "production")
                                .put("ttl", "4h")
                                .put("reason", "demo"));
        phase.check(report.status() == ToolReport.Status.OK, failed(report));
        if (report.plans().isEmpty()) {
            phase.check(false, "create_branch filed no plan");
            return;
        }
        var done = DemoSteps.settled(wiring, this, report.plans().getFirst().id());
        long ms = Duration.between(started, Instant.now()).toMillis();
        phase.figure("branch", done.plan().subject().name());
        phase.figure("branch_state", done.state().name());
        phase.figure("branch_ms", ms);
        phase.check(DemoSteps.confirmed(done), "the branch was not confirmed: " + done.reason());
        say(
                "Branch %s made through the gate (%s risk, by policy) in %.1f s",
                done.plan().subject().name(),
                done.risk().level().name().toLowerCase(java.util.Locale.ROOT),
                ms / 1e3);
    }

    /// The live view goes on until the pictures are drawn.
    void keep(Ticker.Ticking live) {
        watching = live;
    }

    @Override
    public void close() {
        watching.close();
    }

    void say(String format, @Nullable Object... arguments) {
        out.printf("  " + format + "%n", arguments);
    }

    ToolReport run(String tool, ObjectNode input) {
        var place = target;
        if (place == null) {
            throw new IllegalStateException("no server yet");
        }
        return wiring.framework().run(tool, input, place, wiring.person());
    }

    static ObjectNode empty() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String failed(ToolReport report) {
        return report.tool() + ": " + report.status() + " " + report.error();
    }

    /// Waits with a bound; what never comes is a failure of the phase.
    <T> T waitFor(String what, Duration limit, Supplier<Optional<T>> look) {
        var end = Deadline.in(limit);
        while (true) {
            var found = look.get();
            if (found.isPresent()) {
                return found.get();
            }
            end.check("Waiting for " + what);
            try {
                Thread.sleep(LOOK_AGAIN);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new OpsException(
                        OpsException.Kind.CANCELLED, "Waiting for " + what, "interrupted", "", e);
            }
        }
    }
}
