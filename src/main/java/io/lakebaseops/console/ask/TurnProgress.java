package io.lakebaseops.console.ask;

import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.AnswerStep;
import io.lakebaseops.domain.answer.Reading;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What is heard while a question is answered, as changes of its turn.
final class TurnProgress implements AnswerProgress {
    private final Consumer<UnaryOperator<Turn>> show;

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
        show.accept(t -> t.doing(words));
    }

    @Override
    public void ended(AnswerStep step) {
        show.accept(t -> t.step(step));
    }

    @Override
    public void words(String text) {
        show.accept(t -> t.words(text));
    }
}
