package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.agents.ExecutionPlan;
import io.lakebaseops.agents.ExecutionPlanHistory;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.ToolContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// Keeps the plans of slow statements that a server wrote into its log, where that can be read.
/// They are those that really ran: a generic plan knows no values.
public final class LoggedPlanCapture implements PlanCapture {
    private static final Logger LOG = LoggerFactory.getLogger(LoggedPlanCapture.class);

    /// Of a log that grew faster the newest part is read.
    private static final int MOST_BYTES = 4 << 20;

    private final Function<TargetId, Optional<Path>> logs;
    private final ExecutionPlanHistory history;
    private final Map<TargetId, Long> read = new ConcurrentHashMap<>();

    /// @param logs where the log of a server is; empty where it cannot be read
    public LoggedPlanCapture(
            Function<TargetId, Optional<Path>> logs, ExecutionPlanHistory history) {
        this.logs = logs;
        this.history = history;
    }

    @Override
    public void capture(Map<String, Map<Long, Double>> running, ToolContext context) {
        logs.apply(context.target())
                .filter(Files::isReadable)
                .ifPresent(log -> capture(log, context));
    }

    private void capture(Path log, ToolContext context) {
        var latest = new HashMap<Long, LoggedPlan>();
        try {
            LoggedPlan.in(unread(log, context.target())).forEach(p -> latest.put(p.queryId(), p));
        } catch (IOException e) {
            LOG.warn("The log of {} cannot be read: {}", context.target(), e.getMessage());
        }
        latest.values()
                .forEach(
                        p ->
                                history.keep(
                                        p.queryId(),
                                        ExecutionPlan.of(p.json()),
                                        p.millis(),
                                        "auto_explain",
                                        context));
    }

    /// What was written since the last time; a log that is shorter than before was begun anew. The
    /// last message may still be written: unless it ends as a plan does, it waits.
    private String unread(Path log, TargetId target) throws IOException {
        try (var file = new RandomAccessFile(log.toFile(), "r")) {
            long size = file.length();
            long known = read.getOrDefault(target, 0L);
            long from = Math.max(known > size ? 0 : known, size - MOST_BYTES);
            var bytes = new byte[(int) (size - from)];
            file.seek(from);
            file.readFully(bytes);
            // One character a byte, so that places in the text are places in the file.
            int whole = settled(new String(bytes, StandardCharsets.ISO_8859_1));
            read.put(target, from + whole);
            return new String(bytes, 0, whole, StandardCharsets.UTF_8);
        }
    }

    private static int settled(String text) {
        if (text.isEmpty() || text.endsWith("\n\t}\n")) {
            return text.length();
        }
        int line = text.length();
        do {
            line = text.lastIndexOf('\n', line - 2) + 1;
        } while (line > 0 && text.charAt(line) == '\t');
        return line;
    }
}
