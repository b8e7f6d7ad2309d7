package io.lakebaseops.report;

import org.jspecify.annotations.Nullable;

/// A field of a table. All of its text may come from a database: it is escaped when it is written.
///
/// @param sub a quieter second line; empty for none
/// @param code set in the fixed-width font, with its line breaks
/// @param simulated what it says was generated, not measured: it is hatched
/// @param share of a limit or of a whole, 0 to 1, drawn as a bar; null for none
public record Cell(
        String text,
        String sub,
        Tone tone,
        boolean code,
        boolean simulated,
        @Nullable Double share) {
    public static Cell of(String text) {
        return new Cell(text, "", Tone.PLAIN, false, false, null);
    }

    public static Cell of(String text, Tone tone) {
        return new Cell(text, "", tone, false, false, null);
    }

    /// SQL, or what else is read letter by letter.
    public static Cell code(String text) {
        return new Cell(text, "", Tone.PLAIN, true, false, null);
    }

    /// A dash, with why there is no value.
    public static Cell none(String reason) {
        return new Cell("–", reason, Tone.UNAVAILABLE, false, false, null);
    }

    public Cell sub(String next) {
        return new Cell(text, next, tone, code, simulated, share);
    }

    public Cell tone(Tone next) {
        return new Cell(text, sub, next, code, simulated, share);
    }

    public Cell simulated(boolean next) {
        return new Cell(text, sub, tone, code, next, share);
    }

    public Cell share(@Nullable Double next) {
        return new Cell(text, sub, tone, code, simulated, next);
    }
}
