package io.lakebaseops.state;

import org.jspecify.annotations.Nullable;

/// Texts of unknown length, cut so that one row stays small.
final class BoundedText {
    static final int MESSAGE = 4_000;
    static final int DOCUMENT = 64_000;

    private BoundedText() {}

    static @Nullable String message(@Nullable String text) {
        if (text == null || text.length() <= MESSAGE) {
            return text;
        }
        return start(text, MESSAGE) + "… (%d more characters)".formatted(text.length() - MESSAGE);
    }

    /// What is too long becomes JSON that says so and shows how it began.
    static @Nullable String json(@Nullable String document) {
        if (document == null || document.length() <= DOCUMENT) {
            return document;
        }
        record Cut(int characters, String begins) {}
        return StateJson.write(new Cut(document.length(), start(document, MESSAGE)));
    }

    private static String start(String text, int length) {
        boolean split = Character.isHighSurrogate(text.charAt(length - 1));
        return text.substring(0, split ? length - 1 : length);
    }
}
