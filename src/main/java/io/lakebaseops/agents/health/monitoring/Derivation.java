package io.lakebaseops.agents.health.monitoring;

import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Metric.Condition;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// The rule by which one metric follows from the columns of `monitoring/server_round`.
///
/// @param counters columns that only grow until the server's statistics are reset
record Derivation(List<String> counters, Function<ReadingInterval, Derived> rule) {
    /// Below this many blocks or transactions a ratio is noise, not a measurement.
    private static final double ANY_TRAFFIC = 50;

    Derivation {
        counters = List.copyOf(counters);
    }

    static Derivation of(Function<ReadingInterval, Derived> rule) {
        return new Derivation(List.of(), rule);
    }

    /// The column as it is.
    static Derivation gauge(String column) {
        return of(
                i -> {
                    var value = i.now().number(column);
                    return value.isPresent()
                            ? Derived.value(value.getAsDouble(), i.now().at(), "")
                            : new Derived.Missing(Condition.NOT_READ, "the server gave no figure");
                });
    }

    /// A figure about other sessions, which a login without pg_monitor may not see.
    Derivation needsMonitor() {
        return new Derivation(
                counters,
                i ->
                        i.now().canMonitor()
                                ? rule.apply(i)
                                : new Derived.Missing(
                                        Condition.NOT_PERMITTED,
                                        "the login may not see other sessions (needs pg_monitor)"));
    }

    /// A figure the server only counts while a setting is on.
    Derivation needsSetting(String column, String setting) {
        return new Derivation(
                counters,
                i ->
                        i.now().flag(column)
                                ? rule.apply(i)
                                : new Derived.Missing(Condition.SWITCHED_OFF, setting + " is off"));
    }

    /// Transactions per second; each statement of ours is one of its own and left out.
    static Derivation transactions() {
        return new Derivation(
                List.of("commits", "rollbacks"),
                i -> {
                    var all = i.delta("commits", "rollbacks");
                    if (all.isEmpty() || i.seconds() <= 0) {
                        return i.noRate();
                    }
                    double ours = i.delta("own_statements").orElse(0);
                    return Derived.value(
                            Math.max(0, all.getAsDouble() - ours) / i.seconds(),
                            i.now().at(),
                            "%.1f / s more ours".formatted(ours / i.seconds()));
                });
    }

    /// What a counter grew by since the round before.
    static Derivation counted(String column) {
        return new Derivation(
                List.of(column),
                i -> {
                    var delta = i.delta(column);
                    return delta.isEmpty()
                            ? i.noRate()
                            : Derived.value(
                                    delta.getAsDouble(),
                                    i.now().at(),
                                    "in %.0f s".formatted(i.seconds()));
                });
    }

    /// The share of one counter in the sum of it and another, over the last minute.
    ///
    /// @param of what is counted, `blocks`
    /// @param enough with fewer in the window the share is shown, but not judged
    static Derivation share(String part, String rest, String of, double enough) {
        return new Derivation(
                Arrays.asList(part, rest),
                i -> {
                    var some = i.windowDelta(part);
                    var all = i.windowDelta(part, rest);
                    if (some.isEmpty() || all.isEmpty()) {
                        return i.noRate();
                    }
                    double whole = all.getAsDouble();
                    if (whole < ANY_TRAFFIC) {
                        return new Derived.Missing(Condition.NO_TRAFFIC, "no traffic");
                    }
                    var about =
                            "of %s %s in %d s"
                                    .formatted(Format.grouped(whole), of, i.windowSeconds());
                    var cold = i.warmingUp();
                    var detail =
                            cold != null
                                    ? cold
                                    : whole < enough ? about + ", too few to judge" : about;
                    return new Derived.Value(
                            some.getAsDouble() / whole,
                            i.now().at(),
                            detail,
                            null,
                            condition(cold != null, whole >= enough));
                });
    }

    private static Condition condition(boolean cold, boolean enough) {
        if (cold) {
            return Condition.WARMING_UP;
        }
        return enough ? Condition.MEASURED : Condition.LITTLE_TRAFFIC;
    }
}
