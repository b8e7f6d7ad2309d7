package io.lakebaseops.lakehouse.history;

import io.lakebaseops.domain.WaitClass;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/// How the active session time of a range is shared out among statements, roles, applications,
/// databases or wait events.
///
/// @param shares the largest first, then what remains
/// @param sampledSeconds how long was sampled in the range
public record WaitShares(List<Share> shares, double sampledSeconds) {
    public WaitShares {
        shares = List.copyOf(shares);
    }

    /// By what the load is shared out.
    public enum Dimension {
        STATEMENT,
        ROLE,
        APPLICATION,
        DATABASE,
        EVENT,
        BACKEND_TYPE
    }

    /// @param key the queryid, the role, …; null where the server told none
    /// @param rest true: all the others together
    /// @param seconds session time by class
    public record Share(
            @Nullable String key, boolean rest, Map<WaitClass, Double> seconds, boolean simulated) {
        public Share {
            seconds = Map.copyOf(seconds);
        }

        public double total() {
            return seconds.values().stream().mapToDouble(v -> v).sum();
        }

        /// Share of the time spent in a class, 0 to 1; of a statement, for instance, waiting for
        /// locks.
        public double share(WaitClass of) {
            double total = total();
            return total > 0 ? seconds.getOrDefault(of, 0.0) / total : 0;
        }
    }

    public double total() {
        return shares.stream().mapToDouble(Share::total).sum();
    }

    /// Average active sessions.
    public double sessions(Share share) {
        return sampledSeconds > 0 ? share.total() / sampledSeconds : 0;
    }
}
