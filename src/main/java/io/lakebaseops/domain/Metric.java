package io.lakebaseops.domain;

/// One measured figure at one moment; rates and ratios are over the interval since the round
/// before.
///
/// @param detail what it is about (`shop.inventory`, a pid, a limit), in words for the tile
/// @param condition whether the value may be judged, or what kind of reason there is for its
///     absence
public record Metric(MetricName name, Observed<Double> value, String detail, Condition condition) {

    /// How far a figure may be relied on.
    public enum Condition {
        /// There is a value, and it may be judged by its limits.
        MEASURED,
        /// There is a value, but soon after a start of the server: shown, not judged.
        WARMING_UP,
        /// There is a value, but of too little traffic: shown, not judged.
        LITTLE_TRAFFIC,
        FIRST_ROUND,
        /// The server's counters began anew since the last round.
        COUNTERS_RESET,
        NO_TRAFFIC,
        NOT_PERMITTED,
        SWITCHED_OFF,
        /// There is no such thing to measure: no standby, no slot, no table large enough.
        NOTHING_THERE,
        NOT_READ
    }

    public Metric {
        if (hasValue(condition) != value.available()) {
            throw new IllegalArgumentException(name + " is " + condition + " with " + value);
        }
    }

    private static boolean hasValue(Condition condition) {
        return switch (condition) {
            case MEASURED, WARMING_UP, LITTLE_TRAFFIC -> true;
            case FIRST_ROUND,
                    COUNTERS_RESET,
                    NO_TRAFFIC,
                    NOT_PERMITTED,
                    SWITCHED_OFF,
                    NOTHING_THERE,
                    NOT_READ ->
                    false;
        };
    }

    /// Will there be a figure to judge soon, only by waiting?
    public boolean pending() {
        return condition == Condition.FIRST_ROUND
                || condition == Condition.COUNTERS_RESET
                || condition == Condition.WARMING_UP;
    }

    public boolean judgeable() {
        return condition == Condition.MEASURED;
    }
}
