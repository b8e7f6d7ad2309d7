package io.lakebaseops.explain;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.regex.Pattern;

/// Line about one parallel worker: `Worker 0:  actual time=0.3..0.5 rows=3 loops=1`, or what it
/// sorted.
final class WorkerLine {
    private static final Pattern WORKER = Pattern.compile("^Worker (\\d+):\\s*(.*)$");

    private WorkerLine() {}

    /// @return the worker, to take the lines below it
    static ObjectNode read(ObjectNode node, String said) {
        var line = WORKER.matcher(said);
        if (!line.matches()) {
            return node;
        }
        int number = Integer.parseInt(line.group(1));
        var workers = node.withArray("Workers");
        ObjectNode worker = null;
        for (var known : workers) {
            if (known.path("Worker Number").asInt(-1) == number && known instanceof ObjectNode o) {
                worker = o;
            }
        }
        if (worker == null) {
            worker = workers.addObject();
            worker.put("Worker Number", number);
        }
        var rest = line.group(2).strip();
        if (rest.startsWith("actual")) {
            NodeHeading.actual(worker, rest);
        } else if (!rest.isEmpty()) {
            PropertyLine.read(worker, rest);
        }
        return worker;
    }
}
