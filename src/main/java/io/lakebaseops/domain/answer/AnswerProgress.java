package io.lakebaseops.domain.answer;

/// Hears how an answer comes about, on the thread that answers.
public interface AnswerProgress {
    AnswerProgress SILENT = new AnswerProgress() {};

    default void understood(Reading reading) {}

    /// @param words what is being read now
    default void started(String words) {}

    default void ended(AnswerStep step) {}

    /// Nothing was sent, because nobody has agreed to it yet; no answer follows.
    default void consent(ModelConsent asked) {}

    /// A piece of text of a language model, as it comes.
    default void words(String text) {}
}
