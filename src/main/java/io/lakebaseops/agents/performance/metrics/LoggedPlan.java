package io.lakebaseops.agents.performance.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The execution plan of a statement that was slow, as auto_explain writes it into a server's log.
///
/// @param json in the form of EXPLAIN (FORMAT JSON), with the values the statement had
record LoggedPlan(long queryId, double millis, String json) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /// Nothing that a client wrote stands before the first colon with two spaces behind it: a
    /// statement that is printed cannot pass for a plan.
    private static final Pattern HEAD =
            Pattern.compile(
                    "^[^\\t](?:(?!:  ).)*LOG:  duration: (\\d+(?:\\.\\d+)?) ms  plan:\\s*$");

    /// Those in a piece of a log, oldest first. One that is cut off, or of a statement the server
    /// gave no identifier, is left out.
    static List<LoggedPlan> in(String log) {
        var plans = new ArrayList<LoggedPlan>();
        var lines = log.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var head = HEAD.matcher(lines.get(i));
            if (head.find()) {
                var body = new StringBuilder();
                // The server begins each further line of a message with a tab.
                while (i + 1 < lines.size() && lines.get(i + 1).startsWith("\t")) {
                    body.append(lines.get(++i), 1, lines.get(i).length()).append('\n');
                }
                read(Double.parseDouble(head.group(1)), body.toString()).ifPresent(plans::add);
            }
        }
        return plans;
    }

    private static Optional<LoggedPlan> read(double millis, String body) {
        try {
            var plan = JSON.readTree(body);
            long id = plan.path("Query Identifier").asLong();
            return id != 0 && plan.path("Plan").isObject()
                    ? Optional.of(new LoggedPlan(id, millis, "[" + body + "]"))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            // Written in another format, or cut off: there is no plan in it.
            return Optional.empty();
        }
    }
}
