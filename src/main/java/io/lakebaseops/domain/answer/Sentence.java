package io.lakebaseops.domain.answer;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.stream.Collectors;

/// A sentence of a verdict, with what stands out in it.
///
/// @param struck why it is not to be taken as fact: a language model wrote a figure into it that no
///     step returned; null for all others
public record Sentence(List<Phrase> phrases, @Nullable String struck) {
    public Sentence {
        phrases = List.copyOf(phrases);
    }

    /// The words alone.
    public String text() {
        return phrases.stream().map(Phrase::text).collect(Collectors.joining());
    }

    /// A run of words.
    ///
    /// @param text already made safe to show
    /// @param strong a figure or a name that stands out
    public record Phrase(String text, boolean strong) {}
}
