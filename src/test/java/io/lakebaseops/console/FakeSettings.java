package io.lakebaseops.console;

import io.lakebaseops.agents.health.monitoring.AlertRule;
import io.lakebaseops.agents.health.monitoring.ChangedLimits;
import io.lakebaseops.agents.health.monitoring.HealthBoard.Point;
import io.lakebaseops.agents.health.monitoring.MetricDefinitions;
import io.lakebaseops.change.audit.SettingChanges.Change;
import io.lakebaseops.change.audit.SettingChanges.Made;
import io.lakebaseops.config.NotificationChannel;
import io.lakebaseops.console.settings.ChannelDesk;
import io.lakebaseops.console.settings.Installation;
import io.lakebaseops.console.settings.SettingsServices;
import io.lakebaseops.console.settings.ThresholdDesk;
import io.lakebaseops.domain.Actor;
import io.lakebaseops.domain.MetricName;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Severity;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.state.AlertLimits.Changed;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

/// Settings in memory: limits that are in force at once, channels that answer as a test says.
public final class FakeSettings
        implements ThresholdDesk, ChannelDesk, MetricDefinitions.RulesInForce {
    private final FakeShop shop;
    public final List<Changed> limits = new CopyOnWriteArrayList<>();
    public final List<Made> made = new CopyOnWriteArrayList<>();
    public final List<Line> channels = new CopyOnWriteArrayList<>();
    public final List<String> channelTroubles = new CopyOnWriteArrayList<>();
    public final List<Draft> drafts = new CopyOnWriteArrayList<>();
    public final List<String> asked = new CopyOnWriteArrayList<>();
    public final Map<MetricName, Long> alerts = new EnumMap<>(MetricName.class);
    public volatile @Nullable List<Point> readings;
    public volatile boolean away;
    public final FakeAutonomy autonomy = new FakeAutonomy();
    public volatile String answer = "";

    FakeSettings(FakeShop shop) {
        this.shop = shop;
    }

    SettingsServices services() {
        return new SettingsServices(this, this, autonomy, FakeSettings::installation);
    }

    private static Installation installation() {
        return new Installation(
                "1.0.0",
                "25.0.1",
                new Installation.State(
                        true, "own", "the program itself", "PostgreSQL 17.6", 212L << 20),
                List.of(
                        new Installation.Kept("pg stat history", Duration.ofDays(90), 1_300L << 20),
                        new Installation.Kept("lakebase metrics", Duration.ofDays(90), 410L << 20),
                        new Installation.Kept("wait samples", Duration.ofDays(90), 96L << 20),
                        new Installation.Kept("action audit", Duration.ofDays(365), 38L << 20),
                        new Installation.Kept("state database", Duration.ofDays(90), 212L << 20)),
                List.of(
                        new Installation.Named("data", "~/.lakebaseops"),
                        new Installation.Named("history", "~/.lakebaseops/lakehouse")),
                List.of(new Installation.Named("licence", "Apache-2.0")));
    }

    private void there() {
        if (away) {
            throw new OpsException(
                    OpsException.Kind.UNREACHABLE,
                    "Use the state database",
                    "connection refused",
                    "check that its server runs");
        }
    }

    @Override
    public AlertRule on(TargetId target, AlertRule standard) {
        return ChangedLimits.in(limits, target.key(), standard);
    }

    @Override
    public List<Changed> limits() {
        there();
        return List.copyOf(limits);
    }

    @Override
    public Map<MetricName, Long> alerts(String target, Instant since) {
        there();
        return Map.copyOf(alerts);
    }

    /// A month of dead rows that now and then go over the limits, unless a test says otherwise.
    @Override
    public List<Point> readings(TargetId target, MetricName metric, Duration back) {
        var given = readings;
        if (given != null) {
            return given;
        }
        var random = new Random(metric.ordinal());
        var rule = MetricDefinitions.standard().watched(metric).orElseThrow().rule();
        boolean above = rule.bad() == AlertRule.Bad.ABOVE;
        var points = new ArrayList<Point>();
        var now = shop.clock.instant();
        double peak = 0;
        for (var t = now.minus(back); t.isBefore(now); t = t.plusSeconds(900)) {
            if (random.nextInt(260) == 0) {
                peak = rule.warning() * (above ? 1 : 0.01) * random.nextDouble() * 2.4;
            }
            peak *= 0.82;
            double usual = above ? rule.warning() * (0.45 + random.nextDouble() * 0.4) : 0.996;
            points.add(new Point(t, above ? usual + peak : Math.min(1, usual - peak)));
        }
        return points;
    }

    @Override
    public void save(List<LimitChange> changes, Actor by) {
        there();
        for (var c : changes) {
            limits.removeIf(l -> l.metric() == c.metric() && l.target().equals(c.target()));
            var next = c.limits();
            if (next != null) {
                limits.add(
                        new Changed(
                                c.metric(),
                                c.target(),
                                next.warning(),
                                next.critical(),
                                next.forAtLeast().toMillis() / 1000.0,
                                next.margin(),
                                by.name(),
                                shop.clock.instant()));
            }
            c.words().forEach(w -> note(w, by));
        }
    }

    @Override
    public void note(Change change, Actor by) {
        made.addFirst(new Made(shop.clock.instant(), by.name(), change));
    }

    @Override
    public Changes changed(int limit) {
        return new Changes(made.stream().limit(limit).toList(), made.size());
    }

    @Override
    public Channels read() {
        return new Channels(channels, channelTroubles, "notifications.yaml");
    }

    @Override
    public Result test(String name, Actor by) {
        asked.add("test " + name);
        var result =
                new Result(
                        shop.clock.instant(),
                        true,
                        answer.isEmpty(),
                        answer,
                        Duration.ofMillis(400));
        replace(name, l -> line(l.channel(), l.from(), result));
        return result;
    }

    @Override
    public void save(Draft draft, Actor by) {
        drafts.add(draft);
        channels.removeIf(l -> l.channel().name().equals(draft.replaces()));
        channels.add(line(draft.channel(), draft.from(), null));
    }

    @Override
    public void remove(String name, Actor by) {
        asked.add("remove " + name);
        channels.removeIf(l -> l.channel().name().equals(name));
    }

    @Override
    public void route(String name, @Nullable Severity from, Actor by) {
        asked.add("route " + name + " " + from);
        replace(name, l -> line(l.channel(), from, l.last()));
    }

    private void replace(String name, java.util.function.UnaryOperator<Line> change) {
        channels.replaceAll(l -> l.channel().name().equals(name) ? change.apply(l) : l);
    }

    static Line line(NotificationChannel channel, @Nullable Severity from, @Nullable Result last) {
        return new Line(channel, "hooks.slack.com", from, "", last, null);
    }

    /// As on a day with a channel that refuses.
    void fill() {
        var t = FakeShop.NOW;
        channels.add(
                line(
                        new NotificationChannel.Desktop("screen"),
                        Severity.CRITICAL,
                        new Result(t.minusSeconds(600), false, true, "", null)));
        channels.add(
                line(
                        new NotificationChannel.SlackWebhook("dba-alerts", "channel-dba-alerts"),
                        Severity.WARNING,
                        new Result(t, true, true, "", Duration.ofMillis(400))));
        channels.add(
                line(
                        new NotificationChannel.PagerDuty(
                                "pagerduty-storefront",
                                "pagerduty-key",
                                URI.create(NotificationChannel.PagerDuty.API)),
                        Severity.CRITICAL,
                        new Result(
                                t.minusSeconds(4000),
                                true,
                                false,
                                "the service refused it (403): key revoked",
                                Duration.ofMillis(230))));
        alerts.putAll(
                Map.of(
                        MetricName.CACHE_HIT_RATIO, 3L,
                        MetricName.CONNECTION_UTILIZATION, 6L,
                        MetricName.MAX_DEAD_TUPLE_RATIO, 16L,
                        MetricName.LOCK_WAIT_SECONDS, 2L,
                        MetricName.SLOWEST_QUERY_SECONDS, 6L));
        made.add(
                new Made(
                        t.minusSeconds(650),
                        "anna",
                        new Change("Channel dba-alerts", "slack", "saved")));
        made.add(
                new Made(
                        t.minusSeconds(17_000),
                        "maria",
                        new Change("Mute of Cache hit, demo-acme", null, "until Mon 06:00")));
        made.add(
                new Made(
                        t.minus(Duration.ofDays(2)),
                        "root",
                        new Change("Dead rows, all servers: opens after", "30 s", "60 s")));
    }
}
