package io.lakebaseops.agents.health.connections;

import io.lakebaseops.agents.MaskedStatements;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.postgres.ReadSession;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The tree of sessions that block each other. A root waits for nobody; those behind it wait for it
/// or for each other.
public record BlockingTree(List<Node> nodes) {
    public BlockingTree {
        nodes = List.copyOf(nodes);
    }

    /// Stands for whatever prepared transaction blocks: it has no session.
    public static final int PREPARED = 0;

    /// @param pid 0 for a prepared transaction
    /// @param depth 0 for a root
    /// @param behind how many wait for it, directly or not
    public record Node(
            int pid,
            @Nullable Integer waitsFor,
            int depth,
            int behind,
            @Nullable String user,
            String application,
            @Nullable String state,
            @Nullable String lockMode,
            @Nullable String relation,
            @Nullable Double waitingSeconds,
            @Nullable Double transactionSeconds,
            @Nullable String query) {}

    /// As it is now.
    public static BlockingTree read(ReadSession session) {
        return of(MaskedStatements.in(session.query(ConnectionSql.BLOCKING)));
    }

    /// @param rows of `connections/blocking`
    public static BlockingTree of(Rows rows) {
        var byPid = new LinkedHashMap<Integer, Map<String, @Nullable Object>>();
        var waiting = new HashMap<Integer, Set<Integer>>();
        var children = new LinkedHashMap<Integer, List<Integer>>();
        for (var row : rows.list()) {
            int pid = (int) number(row.get("pid"));
            byPid.put(pid, row);
            var blockers = new HashSet<Integer>();
            if (row.get("blocked_by") instanceof List<?> list) {
                list.forEach(b -> blockers.add((int) number(b)));
            }
            blockers.remove(pid);
            waiting.put(pid, blockers);
        }
        if (waiting.values().stream().anyMatch(b -> b.contains(PREPARED))) {
            byPid.put(PREPARED, Map.of("state", "prepared transaction", "application", ""));
        }
        waiting.forEach(
                (pid, blockers) ->
                        blockers.forEach(
                                b -> children.computeIfAbsent(b, _ -> new ArrayList<>()).add(pid)));
        var nodes = new ArrayList<Node>();
        var seen = new HashSet<Integer>();
        for (var pid : byPid.keySet()) {
            if (waiting.getOrDefault(pid, Set.of()).isEmpty()) {
                add(pid, null, 0, byPid, children, nodes, seen);
            }
        }
        // A ring without a root: a deadlock the server has not broken yet.
        for (var pid : byPid.keySet()) {
            if (!seen.contains(pid)) {
                add(pid, null, 0, byPid, children, nodes, seen);
            }
        }
        return new BlockingTree(nodes);
    }

    public List<Node> roots() {
        return nodes.stream().filter(n -> n.depth() == 0 && n.behind() > 0).toList();
    }

    private static void add(
            int pid,
            @Nullable Integer waitsFor,
            int depth,
            Map<Integer, Map<String, @Nullable Object>> byPid,
            Map<Integer, List<Integer>> children,
            List<Node> nodes,
            Set<Integer> seen) {
        var row = byPid.get(pid);
        if (row == null || !seen.add(pid)) {
            return;
        }
        int place = nodes.size();
        nodes.add(node(pid, waitsFor, depth, 0, row));
        for (var child : children.getOrDefault(pid, List.of())) {
            add(child, pid, depth + 1, byPid, children, nodes, seen);
        }
        nodes.set(place, node(pid, waitsFor, depth, nodes.size() - place - 1, row));
    }

    private static Node node(
            int pid,
            @Nullable Integer waitsFor,
            int depth,
            int behind,
            Map<String, @Nullable Object> row) {
        return new Node(
                pid,
                waitsFor,
                depth,
                behind,
                text(row.get("user_name")),
                String.valueOf(row.get("application")),
                text(row.get("state")),
                text(row.get("lock_mode")),
                text(row.get("relation")),
                seconds(row.get("waiting_seconds")),
                seconds(row.get("transaction_seconds")),
                text(row.get("query_text")));
    }

    private static @Nullable Double seconds(@Nullable Object value) {
        return value instanceof Number n ? n.doubleValue() : null;
    }

    private static long number(@Nullable Object value) {
        return value instanceof Number n ? n.longValue() : 0;
    }

    /// The session in words, for a sentence.
    public static String words(Node n) {
        return n.pid() == PREPARED
                ? "a prepared transaction"
                : "pid %d (%s, %s)".formatted(n.pid(), n.user(), n.state());
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
