package io.lakebaseops.ask.model;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.answer.Answerer;
import io.lakebaseops.domain.answer.Question;

/// Who answers questions, and what there is to know before a language model does.
///
/// @param plain never with a model
/// @param worded with a model where one is switched on and agreed to
public record Answers(Answerer plain, Answerer worded, ModelDesk desk, FirstRequest first) {
    /// What a model would be sent first for a question, whole; nothing is sent.
    @FunctionalInterface
    public interface FirstRequest {
        String of(Question question, Deadline deadline);
    }
}
