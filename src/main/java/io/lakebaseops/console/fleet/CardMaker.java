package io.lakebaseops.console.fleet;

import io.lakebaseops.agents.health.monitoring.HealthBoard;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Round;
import io.lakebaseops.agents.health.monitoring.MetricDefinition.Watched;
import io.lakebaseops.agents.provisioning.branching.BranchBoard.Listed;
import io.lakebaseops.console.ConsoleServices;
import io.lakebaseops.console.Texts;
import io.lakebaseops.console.fleet.ServerCard.About;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.lakebase.ControlPlane.Endpoint;
import io.lakebaseops.lakehouse.history.FleetHistory.Server;
import io.lakebaseops.state.Alerts.Alert;
import io.lakebaseops.state.Alerts.Mute;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/// Judges one server from what is known of it and makes its card.
final class CardMaker {
    /// Three rounds of the live rhythm.
    private static final Duration OLD = Duration.ofSeconds(15);

    /// Three rounds of the collector: a compute that may suspend is left alone in between.
    private static final Duration OLD_WHEN_QUIET = Duration.ofMinutes(15);

    private static final Duration LOAD_NOW = Duration.ofMinutes(1);

    /// From here on the life left is worth a word on the card.
    private static final Duration ENDS_SOON = Duration.ofHours(1);

    private final ConsoleServices services;
    private final HealthBoard board;
    private final List<Watched> watched;
    private final Instant now;

    CardMaker(ConsoleServices services, Instant now) {
        this.services = services;
        this.now = now;
        board = services.health().board();
        watched = services.health().metrics().watched();
    }

    ServerCard card(
            TargetId target,
            List<Alert> open,
            List<Mute> mutes,
            int plans,
            Server past,
            String owner) {
        var listed = services.provisioning().branches().listed(target);
        var about = about(target, listed, owner);
        var round = board.latest(target).orElse(null);
        var condition = services.targets().condition(target);
        var outage = board.outage(target);
        var loud = open.stream().filter(a -> mutes.stream().noneMatch(m -> m.covers(a))).toList();
        var limit = about.suspends() ? OLD_WHEN_QUIET : OLD;
        boolean old = round == null || round.at().plus(limit).isBefore(now);
        boolean asleep = (old || outage != null) && asleep(listed.compute());
        boolean blind = !asleep && (outage != null || old && failed(condition));
        var lights = lights(target, round, blind || asleep, open, mutes, past);
        var state = state(lights, round, blind, asleep);
        double load = round == null || blind || asleep ? Double.NaN : loadNow(target);
        var card =
                new ServerCard(
                        target,
                        about,
                        state,
                        since(state, loud, outage, condition, listed.compute()),
                        condition,
                        "",
                        lights,
                        load(past.load(), load),
                        load,
                        loud.size(),
                        loud.stream()
                                .map(Alert::severity)
                                .max(Comparator.naturalOrder())
                                .orElse(null),
                        plans,
                        measuredAt(round, past),
                        old && !asleep && !blind && round != null);
        return worded(card, outage);
    }

    private About about(TargetId target, Listed listed, String owner) {
        var branch = listed.branch();
        var compute = listed.compute();
        return new About(
                target.plain()
                        ? Texts.of("server")
                        : services.provisioning().branches().policy().typeOf(target.branch()),
                owner,
                branch != null && branch.isProtected(),
                compute == null ? 0 : compute.maxCu(),
                compute != null && compute.suspendAfter() != null,
                branch == null ? null : branch.expiresAt());
    }

    /// Believed only where no figures came: the listing may be older than a connection that woke
    /// it.
    private static boolean asleep(@Nullable Endpoint compute) {
        return compute != null && compute.state().equals("IDLE");
    }

    private static boolean failed(TargetCondition condition) {
        return !condition.answers() && !(condition instanceof TargetCondition.NotTried);
    }

    private List<Light> lights(
            TargetId target,
            @Nullable Round round,
            boolean dark,
            List<Alert> open,
            List<Mute> mutes,
            Server past) {
        var lights = new ArrayList<Light>();
        for (var w : watched) {
            var metric = w.rule().metric();
            if (dark) {
                lights.add(Light.none(w, Texts.of("not measured")));
            } else if (round == null) {
                lights.add(Light.stored(w, past.last().get(metric)));
            } else {
                var severity =
                        board.severity(round, w.rule())
                                .or(
                                        () ->
                                                open.stream()
                                                        .filter(a -> a.metric() == metric)
                                                        .map(Alert::severity)
                                                        .findFirst())
                                .orElse(null);
                var subject = board.subject(target, metric);
                boolean muted =
                        mutes.stream()
                                .anyMatch(m -> m.metric() == metric && m.subject().equals(subject));
                lights.add(Light.measured(w, round.metrics().get(metric), severity, muted));
            }
        }
        return lights;
    }

    private static FleetState state(
            List<Light> lights, @Nullable Round round, boolean blind, boolean asleep) {
        if (asleep) {
            return FleetState.ASLEEP;
        }
        if (blind) {
            return FleetState.NOT_WATCHED;
        }
        if (round == null) {
            return FleetState.PENDING;
        }
        var worst =
                lights.stream()
                        .filter(Light::loud)
                        .map(Light::mark)
                        .max(Comparator.comparingInt(Light.Mark::weight))
                        .orElse(Light.Mark.OK);
        return switch (worst) {
            case CRITICAL -> FleetState.CRITICAL;
            case WARNING -> FleetState.WARNING;
            case OK, UNJUDGED, NONE -> FleetState.OK;
        };
    }

    private static @Nullable Instant since(
            FleetState state,
            List<Alert> loud,
            HealthBoard.@Nullable Outage outage,
            TargetCondition condition,
            @Nullable Endpoint compute) {
        return switch (state) {
            case ASLEEP -> compute == null ? null : compute.lastActive();
            case NOT_WATCHED ->
                    outage != null
                            ? outage.since()
                            : condition instanceof TargetCondition.Lost lost ? lost.since() : null;
            case CRITICAL ->
                    loud.stream()
                            .filter(a -> a.severity() == Severity.CRITICAL)
                            .map(a -> Objects.requireNonNullElse(a.criticalAt(), a.openedAt()))
                            .min(Comparator.naturalOrder())
                            .orElse(null);
            case WARNING ->
                    loud.stream().map(Alert::openedAt).min(Comparator.naturalOrder()).orElse(null);
            case PENDING, OK -> null;
        };
    }

    /// What was stored, and what is measured now as the last slice.
    private static List<Double> load(List<Double> stored, double now) {
        if (Double.isNaN(now)) {
            return stored;
        }
        var load = new ArrayList<>(stored);
        load.set(load.size() - 1, now);
        // The slice before is stored only when it is over.
        if (load.size() > 2 && load.get(load.size() - 2).isNaN()) {
            load.set(load.size() - 2, load.get(load.size() - 3));
        }
        return load;
    }

    private double loadNow(TargetId target) {
        return board.series(target, MetricName.ACTIVE_CONNECTIONS, LOAD_NOW).stream()
                .mapToDouble(HealthBoard.Point::value)
                .average()
                .orElse(Double.NaN);
    }

    private static @Nullable Instant measuredAt(@Nullable Round round, Server past) {
        return round != null
                ? round.at()
                : past.last().values().stream()
                        .map(s -> s.at())
                        .max(Comparator.naturalOrder())
                        .orElse(null);
    }

    private ServerCard worded(ServerCard c, HealthBoard.@Nullable Outage outage) {
        var words =
                switch (c.state()) {
                    case CRITICAL, WARNING -> c.worst().map(Light::words).orElse("");
                    case NOT_WATCHED -> unwatched(c.condition(), outage);
                    case PENDING -> Texts.of("Not measured yet");
                    case ASLEEP -> Texts.of("Asleep");
                    case OK -> loadWords(c) + ending(c.about());
                };
        return new ServerCard(
                c.target(),
                c.about(),
                c.state(),
                c.since(),
                c.condition(),
                words,
                c.lights(),
                c.load(),
                c.loadNow(),
                c.alerts(),
                c.worstAlert(),
                c.plans(),
                c.measuredAt(),
                c.old());
    }

    private static String unwatched(
            TargetCondition condition, HealthBoard.@Nullable Outage outage) {
        return switch (condition) {
            case TargetCondition.LoginRefused r -> Texts.of("Login refused for %s", r.user());
            case TargetCondition.TooOld o ->
                    Texts.of("PostgreSQL %s: needs %d", o.version(), TargetCondition.TooOld.OLDEST);
            case TargetCondition.NeverReached n -> Texts.of("No answer from %s", n.address());
            case TargetCondition.Lost l -> Texts.of("No answer from %s", l.address());
            case TargetCondition.NotTried _,
                    TargetCondition.Reachable _,
                    TargetCondition.Restarted _,
                    TargetCondition.Slow _ ->
                    outage == null
                            ? Texts.of("No answer")
                            : Texts.of("No answer: %s", outage.reason());
        };
    }

    /// `0.3 of 1 CU`, or active sessions where nobody knows the size.
    static String loadWords(ServerCard c) {
        double units = c.about().computeUnits();
        if (Double.isNaN(c.loadNow())) {
            return Texts.of("Load not known");
        }
        var number = Format.digits(c.loadNow());
        if (units > 0) {
            return Texts.of(
                    "%s active of %s CU",
                    c.loadNow() == 0 ? Texts.of("idle, 0") : number, Format.digits(units));
        }
        return c.loadNow() == 0 ? Texts.of("idle") : Texts.of("%s active", number);
    }

    private String ending(About about) {
        var end = about.expiresAt();
        if (end == null || end.isAfter(now.plus(ENDS_SOON))) {
            return "";
        }
        return Texts.of(" · %s left", Format.briefly(Duration.between(now, end)));
    }
}
