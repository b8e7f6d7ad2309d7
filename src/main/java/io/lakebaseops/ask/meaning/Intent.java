package io.lakebaseops.ask.meaning;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.lakebaseops.domain.answer.Answer.Tone;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// A kind of question that can be answered, with example questions, the plan of what is read for
/// it, and the sentences its results fill; read from `ask/*.yaml`.
///
/// @param words what is asked for, after "Understood as": `the largest tables`
/// @param ask example questions in English, one a line; `de`, `es` the same in German and Spanish
/// @param needs a slot without which it cannot be answered
/// @param within hours of history that are read when the question names no time
/// @param steps in the order in which they run; none for those answered without reading
/// @param verdict each sentence whose condition holds is said
public record Intent(
        String id,
        String words,
        String ask,
        @Nullable String de,
        @Nullable String es,
        @Nullable String needs,
        @Nullable Integer within,
        List<PlanStep> steps,
        List<SentenceTemplate> verdict,
        List<ExhibitTemplate> show,
        List<ActionTemplate> next) {
    /// A file leaves out what an intent has none of.
    public Intent {
        steps = List.copyOf(Objects.requireNonNullElse(steps, List.of()));
        verdict = List.copyOf(verdict);
        show = List.copyOf(Objects.requireNonNullElse(show, List.of()));
        next = List.copyOf(Objects.requireNonNullElse(next, List.of()));
    }

    /// All its example questions, in every language.
    public List<String> examples() {
        return Stream.of(ask, de, es)
                .filter(t -> t != null)
                .flatMap(String::lines)
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
    }

    public int hours() {
        return within == null ? 24 : within;
    }

    /// One thing that is read: exactly one of tool, query, history and state is given.
    ///
    /// @param as its name in conditions and sentences; else the last part of what it reads
    /// @param rows of a tool's output: the list in it that counts as its rows; else its findings
    /// @param input of a tool; `{slot}` in its texts is filled
    public record PlanStep(
            @Nullable String tool,
            @Nullable String query,
            @Nullable String history,
            @Nullable String state,
            @Nullable String as,
            @Nullable String rows,
            @Nullable String words,
            @Nullable Map<String, Object> input) {
        public String reads() {
            return Stream.of(tool, query, history, state)
                    .filter(t -> t != null)
                    .findFirst()
                    .orElseThrow();
        }

        public String name() {
            return as != null ? as : reads().substring(reads().lastIndexOf('/') + 1);
        }

        /// Asks the watched server, which must be awake for it.
        public boolean live() {
            return tool != null || query != null;
        }
    }

    /// @param say words with `{step.column|format}` for values and `**` around what stands out
    public record SentenceTemplate(@Nullable String when, String say, @Nullable Tone tone) {}

    /// A table or chart of a step's rows.
    ///
    /// @param columns those shown; all when left out
    /// @param time column of the time axis, for a chart; then `columns` are its series
    /// @param screen what a click on a row opens, with `item`
    public record ExhibitTemplate(
            String of,
            @Nullable String title,
            List<String> columns,
            @Nullable String time,
            @Nullable String unit,
            @Nullable String code,
            @Nullable String screen,
            @Nullable String item) {
        public ExhibitTemplate {
            columns = List.copyOf(Objects.requireNonNullElse(columns, List.of()));
        }
    }

    /// A next step; one of `file` (a change tool), `open` (a screen) and `question` is given.
    public record ActionTemplate(
            @Nullable String when,
            String label,
            @Nullable String file,
            @Nullable Map<String, Object> input,
            @Nullable String open,
            @Nullable String item,
            @JsonProperty("question") @Nullable String question) {}
}
