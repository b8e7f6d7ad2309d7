package io.lakebaseops.postgres;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.TargetCondition;
import io.lakebaseops.domain.TargetCondition.Obstacle;
import io.lakebaseops.domain.TargetId;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

import javax.net.ssl.SSLException;

/// How connecting to each target went: the condition it is in, and whether another try is due. A
/// refused login is not repeated by itself, since that locks accounts; other failures are, with
/// growing pauses.
final class ConnectionHistory {
    /// The first failures may be a restart that is over in a second.
    private static final int WITHOUT_PAUSE = 2;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    /// A shorter wait says more about the caller's deadline than about the server.
    private static final Duration REAL_WAIT = Duration.ofSeconds(5);

    private static final Duration RESTART_TOLD = Duration.ofMinutes(10);
    private static final Duration SLOW_TOLD = Duration.ofSeconds(30);

    /// @param login of a refusal: whoever changes it may try again
    private record State(
            @Nullable Instant reachedAt,
            @Nullable Instant postmasterStart,
            @Nullable Instant restarted,
            @Nullable TargetCondition failure,
            @Nullable OpsException told,
            int failures,
            long notBefore,
            int login,
            @Nullable Instant slowAt,
            Duration waited) {
        static final State NEW =
                new State(null, null, null, null, null, 0, 0, 0, null, Duration.ZERO);

        State reached(Instant now, Instant start) {
            boolean again = postmasterStart != null && !postmasterStart.equals(start);
            return new State(
                    now, start, again ? start : restarted, null, null, 0, 0, 0, slowAt, waited);
        }

        State failed(TargetCondition how, OpsException told, int login) {
            int n = failures + 1;
            long pause =
                    n <= WITHOUT_PAUSE
                            ? 0
                            : Math.min(
                                    LONGEST_PAUSE.toMillis(),
                                    1000L << Math.min(10, n - WITHOUT_PAUSE - 1));
            return new State(
                    reachedAt,
                    postmasterStart,
                    restarted,
                    how,
                    told,
                    n,
                    System.nanoTime() + pause * 1_000_000,
                    login,
                    slowAt,
                    waited);
        }

        State slow(Instant now, Duration time) {
            return new State(
                    reachedAt,
                    postmasterStart,
                    restarted,
                    failure,
                    told,
                    failures,
                    notBefore,
                    login,
                    now,
                    time);
        }
    }

    private final Clock clock;
    private final Map<TargetId, State> states = new ConcurrentHashMap<>();

    ConnectionHistory(Clock clock) {
        this.clock = clock;
    }

    /// Throws what was said last when no new try is due.
    void check(Connector connector, Deadline deadline, String what) {
        var state = states.get(connector.target());
        if (state == null || state.told() == null) {
            return;
        }
        var told = state.told();
        boolean refused = state.failure() instanceof TargetCondition.LoginRefused;
        boolean tooSoon = state.failures() > WITHOUT_PAUSE && System.nanoTime() < state.notBefore();
        if (refused ? state.login() == login(connector, deadline) : tooSoon) {
            throw new OpsException(told.kind(), what, told.why(), told.remedy(), told);
        }
    }

    void reached(Connector connector, SessionStart start) {
        states.compute(
                connector.target(),
                (_, s) ->
                        (s == null ? State.NEW : s)
                                .reached(clock.instant(), start.postmasterStart()));
    }

    /// Remembers the failure and says it in words that tell the kinds apart.
    OpsException failed(Connector connector, OpsException e, Duration waited) {
        if (e.kind() == OpsException.Kind.TIMEOUT && waited.compareTo(REAL_WAIT) < 0) {
            return e;
        }
        var target = connector.target();
        var before = states.getOrDefault(target, State.NEW);
        var how = condition(connector, e, before.reachedAt());
        if (how == null) {
            return e;
        }
        var told = new OpsException(e.kind(), e.what(), how.sentence(), how.remedy(), e);
        int login =
                how instanceof TargetCondition.LoginRefused
                        ? login(connector, Deadline.in(REAL_WAIT))
                        : 0;
        states.put(target, before.failed(how, told, login));
        return told;
    }

    void slow(TargetId target, Duration waited) {
        states.computeIfPresent(target, (_, s) -> s.slow(clock.instant(), waited));
    }

    /// A person asks for another try: now, and with the same login if need be.
    void tryAgain(TargetId target) {
        states.computeIfPresent(
                target,
                (_, s) ->
                        new State(
                                s.reachedAt(),
                                s.postmasterStart(),
                                s.restarted(),
                                s.failure(),
                                null,
                                0,
                                0,
                                0,
                                s.slowAt(),
                                s.waited()));
    }

    TargetCondition condition(TargetId target) {
        var s = states.get(target);
        if (s == null) {
            return new TargetCondition.NotTried();
        }
        if (s.failure() != null) {
            return s.failure();
        }
        var now = clock.instant();
        if (s.restarted() != null && s.restarted().plus(RESTART_TOLD).isAfter(now)) {
            return new TargetCondition.Restarted(address(target), s.restarted());
        }
        if (s.slowAt() != null && s.slowAt().plus(SLOW_TOLD).isAfter(now)) {
            return new TargetCondition.Slow(address(target), s.waited());
        }
        return new TargetCondition.Reachable();
    }

    /// Null when it says nothing about the server as a whole.
    private @Nullable TargetCondition condition(
            Connector connector, OpsException e, @Nullable Instant reachedAt) {
        var address = address(connector.target());
        var sql = sqlException(e);
        var state = sql == null ? "" : SqlFailure.state(sql);
        if (sql instanceof ServerTooOldException old) {
            return new TargetCondition.TooOld(address, old.version());
        }
        boolean withoutTls = sql != null && SqlFailure.withoutTls(sql);
        if (state.startsWith("28") || state.equals("08004") && !withoutTls) {
            return new TargetCondition.LoginRefused(
                    address, user(connector), connector.target().profile(), e.why());
        }
        var obstacle = withoutTls ? Obstacle.TLS : obstacle(e, state);
        if (obstacle == null) {
            return null;
        }
        return reachedAt == null
                ? new TargetCondition.NeverReached(address, obstacle, e.why())
                : new TargetCondition.Lost(address, reachedAt, obstacle, e.why());
    }

    private static @Nullable Obstacle obstacle(OpsException e, String state) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            var known =
                    switch (t) {
                        case UnknownHostException _ -> Obstacle.UNKNOWN_HOST;
                        case ConnectException c when !text(c).contains("timed out") ->
                                Obstacle.REFUSED;
                        case ConnectException _,
                                SocketTimeoutException _,
                                NoRouteToHostException _ ->
                                Obstacle.NO_ANSWER;
                        default -> null;
                    };
            if (known != null) {
                return known;
            }
        }
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SSLException) {
                return Obstacle.TLS;
            }
        }
        return switch (state) {
            case "53300" -> Obstacle.NO_FREE_SLOT;
            case "57P01", "57P02", "57P03" -> Obstacle.STARTING;
            default ->
                    switch (e.kind()) {
                        case UNREACHABLE -> Obstacle.OTHER;
                        case TIMEOUT -> Obstacle.NO_ANSWER;
                        case CANCELLED,
                                DENIED,
                                NOT_FOUND,
                                CONFLICT,
                                INVALID_INPUT,
                                UNSUPPORTED,
                                INTERNAL ->
                                null;
                    };
        };
    }

    private static String text(Exception e) {
        return String.valueOf(e.getMessage());
    }

    private static @Nullable SQLException sqlException(Throwable e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SQLException s) {
                return s;
            }
        }
        return null;
    }

    private static String address(TargetId target) {
        return target.plain() ? target.branch() : target.toString();
    }

    private static String user(Connector connector) {
        return connector.door().entry(connector.target(), Deadline.in(REAL_WAIT)).user();
    }

    /// Changes when the password does, be it given to us or in the password file.
    private static int login(Connector connector, Deadline deadline) {
        var entry = connector.door().entry(connector.target(), deadline);
        var home = Path.of(System.getProperty("user.home"));
        var file = PassFile.place(home, System.getenv());
        return Objects.hash(entry.user(), entry.password(), file.toFile().lastModified());
    }
}
