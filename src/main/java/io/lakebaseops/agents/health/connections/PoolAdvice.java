package io.lakebaseops.agents.health.connections;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Advice about a connection pool. Many sessions that mostly wait for their client say so.
final class PoolAdvice {
    /// Fewer sessions are no burden worth a pooler.
    private static final int FEW = 20;

    private static final double MOSTLY_IDLE = 0.8;
    private static final double FILLING_UP = 0.5;

    private PoolAdvice() {}

    static @Nullable String of(List<ServerSession> sessions, int limit) {
        var idle = sessions.stream().filter(ServerSession::idle).toList();
        boolean many =
                sessions.size() >= FEW || (limit > 0 && sessions.size() > limit * FILLING_UP);
        if (!many || idle.size() < sessions.size() * MOSTLY_IDLE) {
            return null;
        }
        var largest =
                idle.stream()
                        .collect(
                                Collectors.groupingBy(
                                        s ->
                                                s.application().isBlank()
                                                        ? String.valueOf(s.userName())
                                                        : s.application(),
                                        Collectors.counting()))
                        .entrySet()
                        .stream()
                        .max(Comparator.comparingLong(Map.Entry::getValue));
        return "%d of %d sessions are idle, most of them (%s) from %s: a transaction pool of %d would do"
                .formatted(
                        idle.size(),
                        sessions.size(),
                        largest.map(e -> e.getValue().toString()).orElse("0"),
                        largest.map(Map.Entry::getKey).orElse("nobody"),
                        Math.max(4, 2 * (sessions.size() - idle.size())));
    }
}
