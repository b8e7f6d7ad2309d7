package io.lakebaseops.console;

import io.lakebaseops.domain.TargetId;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// A practice that a test begins and ends by hand.
public final class FakePractice implements Practice {
    public Result result =
            new Result(
                    "A session updates a row and then waits for its user.",
                    true,
                    List.of("idle_transaction_blocks"),
                    Duration.ofSeconds(9),
                    "A session waits for a lock for 34 s",
                    Duration.ofSeconds(41),
                    null,
                    Duration.ofSeconds(95),
                    "End session 4711 that idles in its transaction",
                    "The server is healthy.");
    public RuntimeException fails;
    private final Clock clock;
    private final TargetId target;
    private State state = new State.Off();

    FakePractice(Clock clock, TargetId target) {
        this.clock = clock;
        this.target = target;
    }

    @Override
    public State state() {
        return state;
    }

    @Override
    public TargetId begin() {
        if (fails != null) {
            throw fails;
        }
        state = new State.On(target, clock.instant());
        return target;
    }

    @Override
    public Result end() {
        state = new State.Off();
        return result;
    }
}
