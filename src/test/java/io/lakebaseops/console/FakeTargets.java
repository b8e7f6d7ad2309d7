package io.lakebaseops.console;

import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.Rows;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.postgres.Capabilities;
import io.lakebaseops.postgres.OwnLoad;
import io.lakebaseops.postgres.ReadSession;
import io.lakebaseops.postgres.RecordMapper;
import io.lakebaseops.postgres.SqlName;
import io.lakebaseops.postgres.Targets;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// Servers that answer the few queries a screen sends, with rows a test puts in.
public final class FakeTargets {
    private final Map<String, Rows> answers = new ConcurrentHashMap<>();
    public volatile @Nullable OpsException unreachable;
    public volatile boolean awake = true;
    public volatile OwnLoad load =
            new OwnLoad(
                    List.of(4711, 4712),
                    48_200,
                    Duration.ofSeconds(71),
                    List.of(
                            new OwnLoad.Part("monitoring", 1_440, Duration.ofMillis(1_700)),
                            new OwnLoad.Part("statements", 360, Duration.ofMillis(800)),
                            new OwnLoad.Part("indexes", 120, Duration.ofMillis(400))));
    public final List<TargetId> triedAgain = new CopyOnWriteArrayList<>();
    public volatile List<TargetId> known = List.of(FakeShop.PRODUCTION, FakeShop.STAGING);
    public final Map<TargetId, TargetCondition> conditions = new ConcurrentHashMap<>();
    public volatile TargetCondition condition = new TargetCondition.NotTried();

    /// @param cells names and values in turn, a row each
    public void answer(String query, Object[]... cells) {
        answers.put(query, new Rows(java.util.Arrays.stream(cells).map(FakeTargets::row).toList()));
    }

    private static Map<String, @Nullable Object> row(Object[] cells) {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i += 2) {
            row.put(String.valueOf(cells[i]), cells[i + 1]);
        }
        return row;
    }

    Targets targets(AtomicInteger listings) {
        return proxy(
                Targets.class,
                (method, args) ->
                        switch (method) {
                            case "known" -> {
                                listings.incrementAndGet();
                                yield known;
                            }
                            case "condition" ->
                                    conditions.getOrDefault((TargetId) args[0], condition);
                            case "read" -> session();
                            case "awake" -> awake;
                            case "ownLoad" -> load;
                            case "capabilities" -> CAPABLE;
                            case "tryAgain" -> {
                                triedAgain.add((TargetId) args[0]);
                                yield null;
                            }
                            default -> throw new UnsupportedOperationException(method);
                        });
    }

    private ReadSession session() {
        var gone = unreachable;
        if (gone != null) {
            throw gone;
        }
        return proxy(
                ReadSession.class,
                (method, args) ->
                        switch (method) {
                            case "query" -> answer(args);
                            case "capabilities" -> CAPABLE;
                            case "database" -> "databricks_postgres";
                            case "close" -> null;
                            default -> throw new UnsupportedOperationException(method);
                        });
    }

    private Object answer(Object[] args) {
        var name = (SqlName) args[0];
        var rows = answers.getOrDefault(name.path(), Rows.EMPTY);
        return args.length < 3 ? rows : records(name, rows, (Class<?>) args[2]);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static List<?> records(SqlName name, Rows rows, Class<?> type) {
        return RecordMapper.of(
                        (Class) type,
                        (text, wanted) -> {
                            throw new AssertionError(wanted + " from " + text);
                        })
                .all(name, rows);
    }

    private static final Capabilities CAPABLE =
            new Capabilities(
                    170011,
                    "watch",
                    false,
                    false,
                    Set.of("pg_monitor"),
                    Map.of(),
                    Set.of(),
                    Map.of(),
                    Instant.EPOCH,
                    Instant.EPOCH);

    private interface Answer {
        @Nullable Object of(String method, Object[] args);
    }

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, Answer answer) {
        return (T)
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, args) ->
                                answer.of(method.getName(), args == null ? new Object[0] : args));
    }
}
