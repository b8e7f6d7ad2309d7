package io.lakebaseops.gameday;

import io.lakebaseops.domain.OpsException;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// Runs scenarios one at a time in the order of a seed. While one runs, the next is prepared;
/// those that need a longer past are begun first.
public final class GameDay {
    /// Longer than a scenario takes: whoever needs it would be waited for.
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Ground ground;
    private final long seed;
    private final Pace pace;

    public GameDay(Ground ground, long seed, Pace pace) {
        this.ground = ground;
        this.seed = seed;
        this.pace = pace;
    }

    /// @param measured how long each server is measured before its scenario
    /// @param decoy how long a decoy must stay unremarked
    public record Pace(Duration measured, Duration decoy) {
        /// Two live rounds and a bit: rates need two measurements.
        public static final Pace USUAL = new Pace(Duration.ofSeconds(13), Duration.ofSeconds(12));
    }

    /// Where scenarios are put.
    @FunctionalInterface
    public interface Ground {
        /// A fresh server that is measured from now on.
        Place open(Scenario scenario);
    }

    /// @param end stops measuring and throws the server away
    public record Place(FaultSite site, ProductUnderTest product, Runnable end) {}

    private record Ready(Scenario scenario, Place place, Injection injection, Instant since) {
        Duration rest(Duration measured) {
            var warm = scenario.warmUp().compareTo(measured) > 0 ? scenario.warmUp() : measured;
            return warm.minus(Duration.between(since, Instant.now()));
        }
    }

    /// @param told each grade as soon as it is known
    public List<Grade> run(List<Scenario> scenarios, Consumer<Grade> told) {
        var random = new Random(seed);
        var order = new ArrayList<>(scenarios);
        Collections.shuffle(order, random);
        var grades = new ArrayList<Grade>();
        var quick = new ArrayDeque<Preparation>();
        var warm = new ArrayDeque<Preparation>();
        for (var scenario : order) {
            var numbers = scenario.chosen(random);
            if (scenario.unavailable() != null) {
                add(grades, Grade.unavailable(scenario, scenario.unavailable()), told);
            } else if (scenario.warmUp().compareTo(LONG) >= 0) {
                warm.add(new Preparation(scenario, numbers));
            } else {
                quick.add(new Preparation(scenario, numbers));
            }
        }
        warm.forEach(Preparation::start);
        if (!quick.isEmpty()) {
            quick.peek().start();
        }
        while (!quick.isEmpty() || !warm.isEmpty()) {
            var due = warm.stream().filter(Preparation::due).findFirst();
            var now = due.orElse(quick.isEmpty() ? warm.peek() : quick.peek());
            warm.remove(now);
            if (quick.remove(now) && !quick.isEmpty()) {
                quick.peek().start();
            }
            add(grades, grade(now), told);
        }
        return List.copyOf(grades);
    }

    private static void add(List<Grade> grades, Grade grade, Consumer<Grade> told) {
        grades.add(grade);
        told.accept(grade);
    }

    /// A scenario that is being prepared.
    private final class Preparation {
        private final Scenario scenario;
        private final Map<String, Long> numbers;
        private CompletableFuture<Ready> ready = new CompletableFuture<>();

        Preparation(Scenario scenario, Map<String, Long> numbers) {
            this.scenario = scenario;
            this.numbers = numbers;
        }

        void start() {
            ready =
                    CompletableFuture.supplyAsync(
                            this::prepared,
                            work ->
                                    Thread.ofVirtual()
                                            .name("prepare " + scenario.name())
                                            .start(work));
        }

        private Ready prepared() {
            var place = ground.open(scenario);
            var injection = new Injection(scenario, place.site(), numbers);
            try {
                injection.prepare();
                return new Ready(scenario, place, injection, Instant.now());
            } catch (RuntimeException e) { // boundary: nothing of it may be left behind
                injection.close();
                place.end().run();
                throw e;
            }
        }

        boolean due() {
            return ready.isCompletedExceptionally()
                    || ready.isDone() && !ready.join().rest(pace.measured()).isPositive();
        }
    }

    private Grade grade(Preparation future) {
        Ready ready;
        try {
            ready = future.ready.join();
        } catch (CompletionException e) {
            return e.getCause() instanceof FaultSite.Unavailable u
                    ? Grade.unavailable(future.scenario, String.valueOf(u.getMessage()))
                    : Grade.broken(future.scenario, String.valueOf(e.getCause()));
        }
        try (var injection = ready.injection()) {
            rest(ready.rest(pace.measured()));
            return new Trial(
                            ready.scenario(),
                            ready.place().site(),
                            injection,
                            ready.place().product(),
                            pace.decoy())
                    .run();
        } catch (OpsException e) {
            return Grade.broken(ready.scenario(), String.valueOf(e.getMessage()));
        } finally {
            ready.place().end().run();
        }
    }

    private static void rest(Duration time) {
        if (!time.isPositive()) {
            return;
        }
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OpsException(
                    OpsException.Kind.CANCELLED, "The game day", "it was stopped", "", e);
        }
    }
}
