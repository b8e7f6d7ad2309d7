package io.lakebaseops.postgres;

import java.time.Duration;
import java.util.List;

/// What we ourselves cost a server, so that it can be left out of its figures and shown apart.
///
/// @param pids server processes of our open connections
/// @param statements sent since the program started, each a transaction of its own
/// @param waited time they took, by our clock
/// @param lastHour the same of the last hour by module of the SQL library, most time first
public record OwnLoad(List<Integer> pids, long statements, Duration waited, List<Part> lastHour) {
    /// Connections we may have to one server at most, whatever for.
    public static final int MOST_CONNECTIONS = ConnectionBudget.MOST;

    public static final OwnLoad NONE = new OwnLoad(List.of(), 0, Duration.ZERO, List.of());

    public OwnLoad {
        pids = List.copyOf(pids);
        lastHour = List.copyOf(lastHour);
    }

    /// @param module of the SQL library: what the statements were for
    public record Part(String module, long statements, Duration waited) {}
}
