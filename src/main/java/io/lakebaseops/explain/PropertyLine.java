package io.lakebaseops.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Line of a text plan that says something of a node, put under the name the JSON format has for
/// it.
final class PropertyLine {
    private static final Pattern LINE =
            Pattern.compile("^([A-Z][A-Za-z/0-9 -]*?):\\s*(.*)$", Pattern.DOTALL);
    private static final Pattern PAIR =
            Pattern.compile("([A-Z][A-Za-z -]*): +(\\S+(?: \\S+)*?)(?=  +[A-Z(]|$|  +\\()");
    private static final Pattern ORIGINALLY = Pattern.compile("^(\\d+) \\(originally (\\d+)\\)$");
    private static final Pattern SIZE = Pattern.compile("^(\\d+)(?:kB)?$");
    private static final Pattern NUMBER = Pattern.compile("^-?\\d+(?:\\.\\d+)?$");
    private static final Pattern FIGURE =
            Pattern.compile("(shared|local|temp)?\\s*((?:[a-z]+=[\\d.]+\\s*)+)");
    private static final Pattern ASSIGNED = Pattern.compile("([a-z]+(?: [a-z]+)?)=([\\d.]+)");

    /// Properties that EXPLAIN prints on a line of their own; what else looks like one is taken for
    /// the rest of a condition.
    private static final Set<String> KNOWN =
            Set.of(
                    "Output",
                    "Filter",
                    "Index Cond",
                    "Recheck Cond",
                    "TID Cond",
                    "Hash Cond",
                    "Merge Cond",
                    "Join Filter",
                    "One-Time Filter",
                    "Order By",
                    "Sort Key",
                    "Presorted Key",
                    "Group Key",
                    "Hash Key",
                    "Grouping Sets",
                    "Sort Method",
                    "Buckets",
                    "Batches",
                    "Planned Partitions",
                    "Full-sort Groups",
                    "Pre-sorted Groups",
                    "Buffers",
                    "I/O Timings",
                    "WAL",
                    "Rows Removed by Filter",
                    "Rows Removed by Join Filter",
                    "Rows Removed by Index Recheck",
                    "Rows Removed by Conflict Filter",
                    "Heap Fetches",
                    "Heap Blocks",
                    "Index Searches",
                    "Task Count",
                    "Tasks Shown",
                    "Tuple data received from nodes",
                    "Tuple data received from node",
                    "Node",
                    "Subplan Duration",
                    "Intermediate Data Size",
                    "Result destination",
                    "Order",
                    "Chunks excluded during startup",
                    "Chunks excluded during runtime",
                    "Vectorized Filter",
                    "Workers Planned",
                    "Workers Launched",
                    "Single Copy",
                    "Params Evaluated",
                    "Cache Key",
                    "Cache Mode",
                    "Hits",
                    "Estimates",
                    "Storage",
                    "Window",
                    "Run Condition",
                    "Conflict Resolution",
                    "Conflict Arbiter Indexes",
                    "Conflict Filter",
                    "Tuples Inserted",
                    "Conflicting Tuples",
                    "Tuples",
                    "Subplans Removed",
                    "Remote SQL",
                    "Relations",
                    "Function Call",
                    "Table Function Call",
                    "Sampling",
                    "Repeatable Seed",
                    "Disabled",
                    "Inner Unique",
                    "Subplan Name",
                    "Foreign File",
                    "Foreign File Size",
                    "Memory Usage",
                    "Disk Usage",
                    "Replaces",
                    "Workers",
                    "Peak Memory Usage");

    private static final Set<String> LISTS =
            Set.of("Output", "Sort Key", "Presorted Key", "Group Key", "Hash Key");

    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("Buckets", "Hash Buckets"),
                    Map.entry("Memory Usage", "Peak Memory Usage"),
                    Map.entry("Hits", "Cache Hits"),
                    Map.entry("Misses", "Cache Misses"),
                    Map.entry("Evictions", "Cache Evictions"),
                    Map.entry("Overflows", "Cache Overflows"));

    private PropertyLine() {}

    static boolean begins(String said) {
        if (said.startsWith("Worker ") && said.matches("^Worker \\d+:.*")) {
            return true;
        }
        var line = LINE.matcher(said);
        return line.matches() && KNOWN.contains(line.group(1));
    }

    static void read(ObjectNode node, String said) {
        var line = LINE.matcher(said);
        if (!line.matches()) {
            unnamed(node, said);
            return;
        }
        var key = line.group(1);
        var value = line.group(2).strip();
        switch (key) {
            case "Buffers" -> buffers(node, value);
            case "I/O Timings" -> timings(node, value);
            case "WAL" -> wal(node, value);
            case "Sort Method" -> sort(node, said);
            case "Heap Blocks" -> heapBlocks(node, value);
            case "Buckets", "Batches", "Hits", "Planned Partitions", "Memory Usage", "Storage" ->
                    pairs(node, said);
            case "Full-sort Groups", "Pre-sorted Groups" -> groups(node, key, said);
            default -> plain(node, key, value);
        }
    }

    private static void unnamed(ObjectNode node, String said) {
        node.withArray("Notes").add(said);
    }

    private static void plain(ObjectNode node, String key, String value) {
        if (LISTS.contains(key)) {
            var list = node.putArray(key);
            TopLevelList.of(value).forEach(list::add);
        } else if (NUMBER.matcher(value).matches()) {
            node.put(key, Double.parseDouble(value));
        } else if (value.equals("true") || value.equals("false")) {
            node.put(key, value.equals("true"));
        } else {
            node.put(key, value);
        }
    }

    private static void pairs(ObjectNode node, String said) {
        var pair = PAIR.matcher(said);
        boolean hash = node.path("Node Type").asText().equals("Hash");
        while (pair.find()) {
            var key = NAMES.getOrDefault(pair.group(1).strip(), pair.group(1).strip());
            if (key.equals("Batches")) {
                key = hash ? "Hash Batches" : "HashAgg Batches";
            }
            var value = pair.group(2).strip();
            var originally = ORIGINALLY.matcher(value);
            var size = SIZE.matcher(value);
            if (originally.matches()) {
                node.put(key, Double.parseDouble(originally.group(1)));
                node.put("Original " + key, Double.parseDouble(originally.group(2)));
            } else if (size.matches()) {
                node.put(key, Double.parseDouble(size.group(1)));
            } else {
                node.put(key, value);
            }
        }
    }

    private static void sort(ObjectNode node, String said) {
        var pair = PAIR.matcher(said);
        while (pair.find()) {
            var key = pair.group(1).strip();
            if (key.equals("Sort Method")) {
                node.put(key, pair.group(2).strip());
            } else {
                var size = SIZE.matcher(pair.group(2).strip());
                if (size.matches()) {
                    node.put("Sort Space Used", Double.parseDouble(size.group(1)));
                    node.put("Sort Space Type", key);
                }
            }
        }
    }

    private static void groups(ObjectNode node, String key, String said) {
        var groups = node.putObject(key);
        var pair = PAIR.matcher(said);
        while (pair.find()) {
            var value = pair.group(2).strip();
            var size = SIZE.matcher(value);
            var name = pair.group(1).strip();
            name = name.equals(key) ? "Group Count" : name;
            if (size.matches()) {
                groups.put(name, Double.parseDouble(size.group(1)));
            } else {
                groups.put(name, value);
            }
        }
    }

    private static void heapBlocks(ObjectNode node, String value) {
        for (var kind : List.of("exact", "lossy")) {
            var blocks = Pattern.compile(kind + "=(\\d+)").matcher(value);
            if (blocks.find()) {
                node.put(
                        (kind.equals("exact") ? "Exact" : "Lossy") + " Heap Blocks",
                        Double.parseDouble(blocks.group(1)));
            }
        }
    }

    private static void wal(ObjectNode node, String value) {
        var figure = ASSIGNED.matcher(value);
        while (figure.find()) {
            var name =
                    switch (figure.group(1)) {
                        case "records" -> "WAL Records";
                        case "fpi" -> "WAL FPI";
                        case "bytes" -> "WAL Bytes";
                        default -> "WAL " + figure.group(1);
                    };
            node.put(name, Double.parseDouble(figure.group(2)));
        }
    }

    private static void buffers(ObjectNode node, String value) {
        for (var property :
                List.of(
                        "Shared Hit Blocks",
                        "Shared Read Blocks",
                        "Shared Dirtied Blocks",
                        "Shared Written Blocks",
                        "Local Hit Blocks",
                        "Local Read Blocks",
                        "Local Dirtied Blocks",
                        "Local Written Blocks",
                        "Temp Read Blocks",
                        "Temp Written Blocks")) {
            node.put(property, 0);
        }
        figures(node, value, "Shared", " Blocks");
    }

    private static void timings(ObjectNode node, String value) {
        var kind = FIGURE.matcher(value);
        while (kind.find()) {
            var where = kind.group(1) == null ? "Shared" : capital(kind.group(1));
            var figure = ASSIGNED.matcher(kind.group(2));
            while (figure.find()) {
                node.put(
                        "%s I/O %s Time".formatted(where, capital(figure.group(1))),
                        Double.parseDouble(figure.group(2)));
            }
        }
    }

    private static void figures(ObjectNode node, String value, String first, String suffix) {
        var kind = FIGURE.matcher(value);
        while (kind.find()) {
            var where = kind.group(1) == null ? first : capital(kind.group(1));
            var figure = ASSIGNED.matcher(kind.group(2));
            while (figure.find()) {
                node.put(
                        where + " " + capital(figure.group(1)) + suffix,
                        Double.parseDouble(figure.group(2)));
            }
        }
    }

    private static String capital(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
