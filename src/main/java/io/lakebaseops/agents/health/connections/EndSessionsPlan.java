package io.lakebaseops.agents.health.connections;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.Evidence;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.Subject;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.ExpectedEffect;
import io.lakebaseops.domain.plan.LockLevel;
import io.lakebaseops.domain.plan.Postcondition;
import io.lakebaseops.domain.plan.Precondition;
import io.lakebaseops.domain.plan.Reversibility;
import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.domain.plan.Undo;
import io.lakebaseops.framework.ToolContext;
import io.lakebaseops.postgres.SqlLibrary;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The plan that ends exactly the named sessions. Each statement names pid, start and last change
/// of the session, so one that did anything meanwhile is left alone.
///
/// @param inTransaction they left a transaction open: what they did in it is rolled back
public record EndSessionsPlan(
        SqlLibrary sql,
        String tool,
        String database,
        boolean inTransaction,
        @Nullable String alertId) {
    private static final Duration LIFE = Duration.ofMinutes(30);
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    ChangePlan of(List<ServerSession> sessions, Rows maySignal, ToolContext context) {
        var now = context.clock().instant();
        var what = inTransaction ? "idle transactions" : "idle sessions";
        var longest = sessions.stream().mapToDouble(ServerSession::inState).max().orElse(0);
        var longestWords = Format.duration(Duration.ofMillis((long) (longest * 1000)));
        return new ChangePlan(
                context.target(),
                tool,
                context.actor(),
                inTransaction ? "End transactions" : "End sessions",
                "End %d %s".formatted(sessions.size(), what),
                Subject.branch(context.target().branch()),
                "%d %s, the longest for %s".formatted(sessions.size(), what, longestWords),
                sessions.stream().map(this::step).toList(),
                Undo.none("an ended session cannot be brought back; its client connects again"),
                new ExpectedEffect(
                        "%d connection slots freed%s"
                                .formatted(
                                        sessions.size(),
                                        inTransaction ? ", their locks and row versions too" : ""),
                        "under a second",
                        null),
                List.of(
                        new Precondition.SqlRows(
                                "the right to end sessions is unchanged",
                                database,
                                ConnectionSql.MAY_SIGNAL.path(),
                                List.of(),
                                maySignal)),
                List.of(
                        new Postcondition.SqlFigure(
                                "none of them is still there idling",
                                database,
                                ConnectionSql.STILL_IDLE.path(),
                                List.of(new SqlParam("sessions", "text", list(sessions))),
                                "sessions",
                                Postcondition.Comparison.EQUAL,
                                0)),
                List.of(new Evidence(ConnectionSql.SESSIONS.path(), Map.of(), rows(sessions), now)),
                null,
                alertId,
                now,
                now.plus(LIFE));
    }

    private Step step(ServerSession s) {
        var name = inTransaction ? ConnectionSql.END_IDLE_TRANSACTION : ConnectionSql.END_IDLE;
        return new Step.SqlStep(
                "End " + s.who(),
                database,
                sql.render(name, Map.of()).text(),
                List.of(
                        new SqlParam("pid", "int4", Integer.toString(s.pid())),
                        new SqlParam(
                                "backend_start", "timestamptz", String.valueOf(s.backendStart())),
                        new SqlParam(
                                "state_change", "timestamptz", String.valueOf(s.stateChange()))),
                LockLevel.NONE,
                Reversibility.RECOVERABLE,
                false,
                SHORT,
                SHORT,
                0);
    }

    private static String list(List<ServerSession> sessions) {
        var list = new ArrayList<Map<String, String>>();
        for (var s : sessions) {
            var one = new TreeMap<String, String>();
            one.put("pid", Integer.toString(s.pid()));
            one.put("backend_start", String.valueOf(s.backendStart()));
            one.put("state_change", String.valueOf(s.stateChange()));
            list.add(one);
        }
        try {
            return JSON.writeValueAsString(list);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A list of strings always has a JSON form", e);
        }
    }

    private static Rows rows(List<ServerSession> sessions) {
        return new Rows(
                sessions.stream()
                        .map(
                                s -> {
                                    Map<String, @Nullable Object> row = new LinkedHashMap<>();
                                    row.put("pid", s.pid());
                                    row.put("user_name", s.userName());
                                    row.put("application", s.application());
                                    row.put("state", s.state());
                                    row.put("state_seconds", s.inState());
                                    return row;
                                })
                        .toList());
    }
}
