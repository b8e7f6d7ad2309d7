package io.lakebaseops.console.ask;

import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.ModelConsent;
import io.lakebaseops.domain.answer.Reading;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What is heard while a question is answered, as changes of its turn.
final class TurnProgress implements AnswerProgress {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Consumer<UnaryOperator<Turn>> show;
    private final StringBuilder pending = new StringBuilder();
    private long shown = System.nanoTime() - PAUSE.toNanos();

    /// @param show called on the answering thread
    TurnProgress(Consumer<UnaryOperator<Turn>> show) {
        this.show = show;
    }

    @Override
    public void understood(Reading reading) {
        show.accept(t -> t.understood(reading));
    }

    @Override
    public void started(String words) {
        flush();
        // The text of an earlier round is no part of the answer.
        show.accept(t -> t.doing(words).without());
    }

    @Override
    public void ended(AnswerStep step) {
        show.accept(t -> t.step(step));
    }

    @Override
    public void consent(ModelConsent asked) {
        show.accept(t -> t.consent(asked));
    }

    /// Gathered for a moment: a model sends faster than a screen is drawn.
    @Override
    public void words(String text) {
        pending.append(text);
        if (System.nanoTime() - shown > PAUSE.toNanos()) {
            flush();
        }
    }

    private void flush() {
        var text = pending.toString();
        if (!text.isEmpty()) {
            pending.setLength(0);
            shown = System.nanoTime();
            show.accept(t -> t.words(text));
        }
    }
}
