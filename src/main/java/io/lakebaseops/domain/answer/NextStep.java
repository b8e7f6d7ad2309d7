package io.lakebaseops.domain.answer;

import com.fasterxml.jackson.databind.node.ObjectNode;

import org.jspecify.annotations.Nullable;

/// What can be done after an answer. Nothing here changes anything by itself.
public sealed interface NextStep {
    String label();

    /// Runs a change tool, which files a plan at the gate and leaves the rest to a person.
    ///
    /// @param input of the tool
    record FilePlan(String label, String tool, ObjectNode input) implements NextStep {
        public FilePlan {
            input = input.deepCopy();
        }
    }

    /// @param screen id of a screen of the console
    /// @param item what to select there
    record OpenScreen(String label, String screen, @Nullable String item) implements NextStep {}

    /// Asks another question in this conversation.
    record AskFurther(String label, String question) implements NextStep {}
}
