package io.lakebaseops.agents.performance.metrics;

import io.lakebaseops.agents.HistoryRow;
import io.lakebaseops.agents.performance.metrics.StatementSnapshot.KnownText;
import io.lakebaseops.domain.Sha256;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.sqltext.SqlMask;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The texts of statements that are new, and which of them are our own: those with our comment that
/// no login but ours ran. Fetched only for queryids not seen before, masked, and stored again
/// before retention would take a text in use.
///
/// @param rows for `query_text`
/// @param caveat why texts are missing
record StatementTexts(
        Map<Long, KnownText> known,
        List<Map<String, @Nullable Object>> rows,
        @Nullable String caveat) {
    private static final String OURS = "/* lakebaseops:";
    private static final long DAY_SECONDS = 86_400;

    /// Rows are kept 90 days.
    private static final long REWRITE_AFTER_DAYS = 80;

    static StatementTexts fetch(
            ReadSession session,
            StatementTextReader reader,
            StatementSnapshot now,
            Map<Long, KnownText> before) {
        long today = now.at().getEpochSecond() / DAY_SECONDS;
        var known = new HashMap<Long, KnownText>();
        var wanted = new LinkedHashSet<Long>();
        var users = users(now);
        for (var key : now.entries().keySet()) {
            var text = before.get(key.queryid());
            // Somebody else runs what was ours alone: our comment is no reason to leave that out.
            boolean shared =
                    text != null
                            && text.ours()
                            && users.getOrDefault(key.queryid(), Set.of()).size() > 1;
            if (text != null && !shared && today - text.storedOn() < REWRITE_AFTER_DAYS) {
                known.put(key.queryid(), text);
            } else {
                wanted.add(key.queryid());
            }
        }
        // Texts of statements thrown out meanwhile stay known: they tend to come back.
        before.forEach(
                (id, text) -> {
                    if (today - text.storedOn() < REWRITE_AFTER_DAYS) {
                        known.putIfAbsent(id, text);
                    }
                });
        var rows = new ArrayList<Map<String, @Nullable Object>>();
        if (wanted.isEmpty()) {
            return new StatementTexts(known, rows, null);
        }
        var found = reader.read(session, List.copyOf(wanted));
        for (var text : found.list()) {
            boolean ours = text.query().startsWith(OURS) && text.onlyOurLogin();
            known.put(text.queryid(), new KnownText(today, ours));
            if (!ours) {
                rows.add(row(text.queryid(), text.query(), now.at(), reader.context()));
            }
        }
        return new StatementTexts(known, rows, found.caveat());
    }

    private static Map<Long, Set<Long>> users(StatementSnapshot now) {
        return now.entries().keySet().stream()
                .collect(
                        Collectors.groupingBy(
                                StatementEntry.Key::queryid,
                                Collectors.mapping(
                                        StatementEntry.Key::userid, Collectors.toSet())));
    }

    private static Map<String, @Nullable Object> row(
            long queryid, String query, Instant at, ToolContext context) {
        var masked = query.equals(StatementTextReader.NOT_READABLE) ? query : SqlMask.mask(query);
        var row = HistoryRow.of(context.target(), at, context.runId().toString());
        row.put("queryid", queryid);
        row.put("query", masked);
        row.put("first_seen", at);
        row.put("fingerprint", fingerprint(masked));
        return row;
    }

    /// Blanks do not matter.
    static String fingerprint(String masked) {
        return Sha256.hex(masked.replaceAll("\\s+", " ").strip()).substring(0, 24);
    }
}
