package io.lakebaseops.console.parts;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;

/// One line of a list: icon, title, a quieter second line, and at the end of each a word. A heading
/// begins a group of lines.
///
/// @param key what stays the same when the line changes, so that selection survives a refresh
/// @param times how often it happened; more than once is said beside the title
/// @param trailing at the end of the first line, mostly a time
/// @param note at the end of the second line, such as the value now
/// @param hint more than the line has room for
/// @param open what a click shows; null when there is nothing behind it
/// @param acts small buttons, or words to click, on the line
/// @param heading only title and note are drawn
public record RowItem(
        String key,
        Feather icon,
        Role role,
        String title,
        String sub,
        long times,
        String trailing,
        Role trailingRole,
        String note,
        Role noteRole,
        String hint,
        @Nullable Runnable open,
        List<Act> acts,
        boolean heading) {
    public RowItem {
        acts = List.copyOf(acts);
    }

    /// A small button on a line.
    ///
    /// @param icon null for a word to click
    /// @param text the word, or the tooltip and accessible name of the icon
    public record Act(@Nullable Feather icon, String text, Runnable run) {
        public static Act link(String text, Runnable run) {
            return new Act(null, text, run);
        }
    }

    public static RowItem of(String key, Feather icon, Role role, String title) {
        return new RowItem(
                key,
                icon,
                role,
                title,
                "",
                1,
                "",
                Role.MUTED,
                "",
                Role.MUTED,
                "",
                null,
                List.of(),
                false);
    }

    /// @param note at its end, such as how many more there are
    public static RowItem heading(String title, String note) {
        return new RowItem(
                "heading " + title,
                Feather.CIRCLE,
                Role.MUTED,
                title,
                "",
                1,
                "",
                Role.MUTED,
                note,
                Role.MUTED,
                "",
                null,
                List.of(),
                true);
    }

    public RowItem sub(String next) {
        return new RowItem(
                key,
                icon,
                role,
                title,
                next,
                times,
                trailing,
                trailingRole,
                note,
                noteRole,
                hint,
                open,
                acts,
                heading);
    }

    public RowItem times(long next) {
        return new RowItem(
                key,
                icon,
                role,
                title,
                sub,
                next,
                trailing,
                trailingRole,
                note,
                noteRole,
                hint,
                open,
                acts,
                heading);
    }

    public RowItem trailing(String next, Role of) {
        return new RowItem(
                key, icon, role, title, sub, times, next, of, note, noteRole, hint, open, acts,
                heading);
    }

    public RowItem note(String next, Role of) {
        return new RowItem(
                key,
                icon,
                role,
                title,
                sub,
                times,
                trailing,
                trailingRole,
                next,
                of,
                hint,
                open,
                acts,
                heading);
    }

    public RowItem hint(String next) {
        return new RowItem(
                key,
                icon,
                role,
                title,
                sub,
                times,
                trailing,
                trailingRole,
                note,
                noteRole,
                next,
                open,
                acts,
                heading);
    }

    public RowItem opens(@Nullable Runnable next) {
        return new RowItem(
                key,
                icon,
                role,
                title,
                sub,
                times,
                trailing,
                trailingRole,
                note,
                noteRole,
                hint,
                next,
                acts,
                heading);
    }

    public RowItem acts(List<Act> next) {
        return new RowItem(
                key,
                icon,
                role,
                title,
                sub,
                times,
                trailing,
                trailingRole,
                note,
                noteRole,
                hint,
                open,
                next,
                heading);
    }

    /// Is drawn the same? What the line does is not compared: actions have no equality.
    boolean looksLike(RowItem other) {
        return drawn().equals(other.drawn());
    }

    private List<Object> drawn() {
        return List.of(
                key,
                icon,
                role,
                title,
                sub,
                times,
                trailing,
                trailingRole,
                note,
                noteRole,
                hint,
                open == null,
                acts.stream().map(Act::text).toList(),
                heading);
    }

    /// Everything it says, as plain text.
    String words() {
        return String.join(
                "\n",
                java.util.stream.Stream.of(title, sub, note, hint)
                        .filter(t -> !t.isEmpty())
                        .toList());
    }
}
