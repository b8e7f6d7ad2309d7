package io.lakebaseops.lakehouse.delta;

import io.delta.kernel.Transaction;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/// What the table's history says of a commit: operation, parameters with the run, and figures,
/// under the names that Spark writes.
///
/// @param blindAppend nothing of the table was read to make it, so no other commit can clash with
///     it
record CommitNote(
        String operation,
        Map<String, String> parameters,
        Map<String, String> metrics,
        boolean blindAppend) {
    private static final String OPERATION = "operation";
    private static final String BLIND = "blindAppend";
    private static final String PARAMETER = "parameter.";
    private static final String METRIC = "metric.";

    CommitNote {
        parameters = Map.copyOf(parameters);
        metrics = Map.copyOf(metrics);
    }

    CommitNote(String operation, Map<String, String> parameters) {
        this(operation, parameters, Map.of(), false);
    }

    CommitNote with(String metric, long value) {
        var all = new TreeMap<>(metrics);
        all.put(metric, Long.toString(value));
        return new CommitNote(operation, parameters, all, blindAppend);
    }

    CommitNote blind() {
        return new CommitNote(operation, parameters, metrics, true);
    }

    /// Sends it along to the committer, as the properties Kernel passes through unseen.
    void attach(Transaction transaction) {
        var all = new HashMap<String, String>();
        all.put(OPERATION, operation);
        all.put(BLIND, Boolean.toString(blindAppend));
        parameters.forEach((name, value) -> all.put(PARAMETER + name, value));
        metrics.forEach((name, value) -> all.put(METRIC + name, value));
        transaction.withCommitterProperties(() -> all);
    }

    static CommitNote attached(Map<String, String> properties) {
        return new CommitNote(
                properties.getOrDefault(OPERATION, ""),
                below(PARAMETER, properties),
                below(METRIC, properties),
                Boolean.parseBoolean(properties.get(BLIND)));
    }

    private static Map<String, String> below(String prefix, Map<String, String> properties) {
        var found = new HashMap<String, String>();
        properties.forEach(
                (name, value) -> {
                    if (name.startsWith(prefix)) {
                        found.put(name.substring(prefix.length()), value);
                    }
                });
        return found;
    }
}
