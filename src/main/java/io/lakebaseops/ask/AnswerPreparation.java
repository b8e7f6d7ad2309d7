package io.lakebaseops.ask;

import io.lakebaseops.ask.plan.PlanRunner;
import io.lakebaseops.domain.OpsException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/// What the first answer of a process would wait for, loaded beside whatever comes before it:
/// intents and sentence vectors, the tools, the history. It is done once, in the background.
public final class AnswerPreparation {
    private static final Logger log = LoggerFactory.getLogger(AnswerPreparation.class);

    private final Supplier<Understanding> understanding;
    private final PlanRunner runner;
    private final BiConsumer<String, Runnable> aside;
    private final AtomicBoolean begun = new AtomicBoolean();

    /// @param aside runs named work in the background
    public AnswerPreparation(
            Supplier<Understanding> understanding,
            PlanRunner runner,
            BiConsumer<String, Runnable> aside) {
        this.understanding = understanding;
        this.runner = runner;
        this.aside = aside;
    }

    /// @param questions those that will be asked; none: whatever may be asked is loaded
    void begin(List<String> questions) {
        if (begun.compareAndSet(false, true)) {
            aside.accept("prepare the history for answers", () -> tried(runner::prepareHistory));
            aside.accept("prepare tools for answers", () -> tried(runner::prepareTools));
            aside.accept(
                    "prepare answers",
                    () -> {
                        if (questions.isEmpty()) {
                            understanding.get().prepare(null);
                        }
                        questions.forEach(q -> understanding.get().prepare(q));
                    });
        }
    }

    /// What cannot be opened now is said by the answer that needs it.
    private static void tried(Runnable work) {
        try {
            work.run();
        } catch (OpsException e) {
            log.info("Not prepared: {}", e.getMessage());
        }
    }
}
