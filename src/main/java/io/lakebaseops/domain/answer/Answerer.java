package io.lakebaseops.domain.answer;

import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.TargetId;

import java.util.List;

/// Answers questions about a database server. It reads; it changes nothing.
public interface Answerer {
    /// Blocks; a cancelled deadline ends it at once with what was read until then. It never throws
    /// for what goes wrong on the server: that is part of the answer.
    Answer answer(Question question, AnswerProgress progress, Deadline deadline);

    /// Begins to load in the background what the first answer would wait for, and returns.
    ///
    /// @param questions those that will be asked, where they are known
    default void prepare(List<String> questions) {}

    /// Up to six questions worth asking of this server now, from what is stored alone.
    List<String> examples(TargetId target);
}
