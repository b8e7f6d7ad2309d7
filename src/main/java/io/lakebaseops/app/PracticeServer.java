package io.lakebaseops.app;

import io.lakebaseops.agents.health.operations.DiagnoseRootCause;
import io.lakebaseops.console.Practice;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.domain.plan.FiledPlan;
import io.lakebaseops.domain.plan.Verification;
import io.lakebaseops.framework.ToolReport;
import io.lakebaseops.gameday.GameDay;
import io.lakebaseops.gameday.Injection;
import io.lakebaseops.gameday.Scenario;
import io.lakebaseops.gameday.Scenarios;
import io.lakebaseops.state.Alerts.Alert;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/// Practice on a branch of Local Lakebase: made for it, measured, given a scenario of the game day,
/// and deleted with its project.
final class PracticeServer implements Practice {
    private static final State OFF = new State.Off();
    private static final int RECENT = 200;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(30);

    private final Wiring wiring;
    private final Supplier<Scenario> choice;
    private final RandomGenerator random;
    private final Duration measured;
    private final AtomicReference<State> state = new AtomicReference<>(OFF);
    private volatile @Nullable Running running;

    /// @param since the fault is being put on; null while it is about to come
    private record Running(
            Scenario scenario,
            GameDayGround ground,
            GameDay.Place place,
            TargetId target,
            Injection injection,
            AtomicReference<@Nullable Instant> since) {}

    /// @param measured how long the server is measured before the fault comes
    PracticeServer(
            Wiring wiring, Supplier<Scenario> choice, RandomGenerator random, Duration measured) {
        this.wiring = wiring;
        this.choice = choice;
        this.random = random;
        this.measured = measured;
    }

    /// Any of the game day's that can be had in a minute, on a server without a standby.
    static Scenario any(RandomGenerator random) {
        var fit =
                Scenarios.all().stream()
                        .filter(s -> s.unavailable() == null && !s.standby())
                        .filter(s -> s.warmUp().compareTo(LONGEST_WARM_UP) <= 0)
                        .toList();
        return fit.get(random.nextInt(fit.size()));
    }

    @Override
    public State state() {
        return Objects.requireNonNull(state.get());
    }

    @Override
    public TargetId begin() {
        if (!state.compareAndSet(OFF, new State.Busy("Making a server to practise on"))) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT, "Practice", "one goes on already", "end it first");
        }
        boolean begun = false;
        try {
            var made = made(choice.get());
            running = made;
            state.set(new State.On(made.target(), Instant.now()));
            wiring.aside("practice", () -> inject(made));
            begun = true;
            return made.target();
        } finally {
            if (!begun) {
                state.set(OFF);
            }
        }
    }

    private Running made(Scenario scenario) {
        var ground = GameDayGround.practice(wiring);
        GameDay.Place place;
        try {
            place = ground.open(scenario);
        } catch (RuntimeException e) { // boundary: nothing of it may be left behind
            ground.end();
            throw e;
        }
        var injection = new Injection(scenario, place.site(), scenario.chosen(random));
        try {
            injection.prepare();
        } catch (RuntimeException e) { // boundary: as above
            injection.close();
            place.end().run();
            ground.end();
            throw e;
        }
        return new Running(
                scenario,
                ground,
                place,
                ground.target(scenario),
                injection,
                new AtomicReference<>());
    }

    /// At a moment nobody knows.
    private void inject(Running made) {
        var warm = made.scenario().warmUp();
        var least = warm.compareTo(measured) > 0 ? warm : measured;
        var wait = least.plusMillis(random.nextLong(measured.toMillis() + 1));
        Deadline.in(wait.plusMinutes(1)).pause("Practice", wait);
        synchronized (made) {
            if (made == running) {
                made.since().set(Instant.now());
                made.injection().inject();
            }
        }
    }

    @Override
    public Result end() {
        var made = running;
        if (made == null || !(state.get() instanceof State.On)) {
            throw new OpsException(
                    OpsException.Kind.CONFLICT, "Practice", "none goes on", "begin one");
        }
        state.set(new State.Busy("Looking what was done, and throwing the server away"));
        // A fault that is being put on is there before it is told.
        synchronized (made) {
            running = null;
        }
        try {
            return result(made);
        } finally {
            made.injection().close();
            made.place().end().run();
            made.ground().end();
            state.set(OFF);
        }
    }

    private Result result(Running made) {
        var since = Objects.requireNonNullElseGet(made.since().get(), Instant::now);
        var scenario = made.scenario();
        var alert = alert(made, since);
        var right = diagnosis(made, since);
        var repair = repair(made, since);
        var last = made.place().product().diagnose();
        return new Result(
                scenario.title(),
                scenario.fault(),
                scenario.expected(),
                alert.map(a -> Duration.between(since, a.openedAt())).orElse(null),
                alert.map(Alert::message).orElse(null),
                right.map(r -> Duration.between(since, ended(r))).orElse(null),
                last.named() ? last.cause() : null,
                repair.map(p -> Duration.between(since, Objects.requireNonNull(p.finishedAt())))
                        .orElse(null),
                repair.map(p -> p.plan().title()).orElse(null),
                last.words());
    }

    private Optional<Alert> alert(Running made, Instant since) {
        return wiring.alerts().history(made.target(), RECENT).stream()
                .filter(a -> !a.openedAt().isBefore(since))
                .min(Comparator.comparing(Alert::openedAt));
    }

    /// The first that named the fault, or called a look-alike healthy; whoever asked for it.
    private Optional<ToolReport> diagnosis(Running made, Instant since) {
        return wiring.framework().recent(RECENT).stream()
                .filter(r -> r.target().equals(made.target()) && !ended(r).isBefore(since))
                .filter(
                        r ->
                                r.data() instanceof DiagnoseRootCause.Output o
                                        && right(made.scenario(), o))
                .min(Comparator.comparing(PracticeServer::ended));
    }

    private static Instant ended(ToolReport report) {
        return report.startedAt().plus(report.duration());
    }

    private static boolean right(Scenario scenario, DiagnoseRootCause.Output said) {
        return scenario.fault()
                ? !said.causes().isEmpty()
                        && scenario.expected().contains(said.causes().getFirst().cause())
                : said.causes().isEmpty();
    }

    private Optional<FiledPlan> repair(Running made, Instant since) {
        return wiring.approvals().history(made.target(), RECENT).stream()
                .filter(p -> !p.filedAt().isBefore(since) && p.finishedAt() != null)
                .filter(p -> p.verification() instanceof Verification.Confirmed)
                .min(Comparator.comparing((FiledPlan p) -> Objects.requireNonNull(p.finishedAt())));
    }
}
