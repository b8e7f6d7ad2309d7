package io.lakebaseops.postgres;

import java.time.Duration;
import java.util.List;

/// What we ourselves cost a server, so that it can be left out of its figures and shown apart.
///
/// @param pids server processes of our open connections
/// @param statements sent since the program started, each a transaction of its own
/// @param waited time they took, by our clock
public record OwnLoad(List<Integer> pids, long statements, Duration waited) {
    public static final OwnLoad NONE = new OwnLoad(List.of(), 0, Duration.ZERO);

    public OwnLoad {
        pids = List.copyOf(pids);
    }
}
