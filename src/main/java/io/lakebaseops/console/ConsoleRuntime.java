package io.lakebaseops.console;

import io.lakebaseops.console.connect.ConnectionDesk;
import io.lakebaseops.domain.TargetId;
import io.lakebaseops.framework.work.Ticker;
import io.lakebaseops.framework.work.Work;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.Supplier;

/// What the window runs on: threads, clock, the person, and what is remembered between starts.
///
/// @param watch measures a target live until closed; called for the one looked at
/// @param runningWork every piece of work that has not ended, whoever started it
/// @param background runs blocking calls, one virtual thread each
/// @param staleAfter data older than this is shown as stale though nobody reported an outage
/// @param user who approves, as the audit names them
/// @param localLakebase starts or attaches to Local Lakebase; blocking
/// @param troubles connection profiles that could not be opened, each with its reason
/// @param memory where window size and theme are kept between starts
/// @param connections found, tested, kept and removed
public record ConsoleRuntime(
        Function<TargetId, Ticker.Ticking> watch,
        Supplier<List<Work<?>>> runningWork,
        Executor background,
        Clock clock,
        Duration staleAfter,
        String user,
        Supplier<TargetId> localLakebase,
        List<String> troubles,
        Path memory,
        ConnectionDesk connections) {
    public ConsoleRuntime {
        troubles = List.copyOf(troubles);
    }
}
