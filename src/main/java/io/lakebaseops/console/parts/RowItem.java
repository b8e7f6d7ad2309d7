package io.lakebaseops.console.parts;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// One line of a list: icon, title, a quieter second line, and at the end of each a word. A heading
/// begins a group of lines. Immutable: what adds to it gives another one.
public final class RowItem {
    private final String key;
    private final Feather icon;
    private final Role role;
    private final String title;
    private final boolean heading;
    private String sub = "";
    private long times = 1;
    private String trailing = "";
    private Role trailingRole = Role.MUTED;
    private String note = "";
    private Role noteRole = Role.MUTED;
    private String hint = "";
    private @Nullable Runnable open;
    private List<Act> acts = List.of();

    private RowItem(String key, Feather icon, Role role, String title, boolean heading) {
        this.key = key;
        this.icon = icon;
        this.role = role;
        this.title = title;
        this.heading = heading;
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

    /// @param key what stays the same when the line changes, so that selection survives a refresh
    public static RowItem of(String key, Feather icon, Role role, String title) {
        return new RowItem(key, icon, role, title, false);
    }

    /// Only title and note are drawn.
    ///
    /// @param note at its end, such as how many more there are
    public static RowItem heading(String title, String note) {
        return new RowItem("heading " + title, Feather.CIRCLE, Role.MUTED, title, true)
                .note(note, Role.MUTED);
    }

    private RowItem with(Consumer<RowItem> change) {
        var next = new RowItem(key, icon, role, title, heading);
        next.sub = sub;
        next.times = times;
        next.trailing = trailing;
        next.trailingRole = trailingRole;
        next.note = note;
        next.noteRole = noteRole;
        next.hint = hint;
        next.open = open;
        next.acts = acts;
        change.accept(next);
        return next;
    }

    /// A quieter second line.
    public RowItem sub(String text) {
        return with(i -> i.sub = text);
    }

    /// How often it happened; more than once is said beside the title.
    public RowItem times(long number) {
        return with(i -> i.times = number);
    }

    /// At the end of the first line, mostly a time.
    public RowItem trailing(String text, Role of) {
        return with(
                i -> {
                    i.trailing = text;
                    i.trailingRole = of;
                });
    }

    /// At the end of the second line, such as the value now.
    public RowItem note(String text, Role of) {
        return with(
                i -> {
                    i.note = text;
                    i.noteRole = of;
                });
    }

    /// More than the line has room for.
    public RowItem hint(String text) {
        return with(i -> i.hint = text);
    }

    /// What a click shows; null when there is nothing behind it.
    public RowItem opens(@Nullable Runnable show) {
        return with(i -> i.open = show);
    }

    /// Small buttons, or words to click, on the line.
    public RowItem acts(List<Act> buttons) {
        var all = List.copyOf(buttons);
        return with(i -> i.acts = all);
    }

    public String key() {
        return key;
    }

    public Feather icon() {
        return icon;
    }

    public Role role() {
        return role;
    }

    public String title() {
        return title;
    }

    public boolean heading() {
        return heading;
    }

    public String sub() {
        return sub;
    }

    public long times() {
        return times;
    }

    public String trailing() {
        return trailing;
    }

    public Role trailingRole() {
        return trailingRole;
    }

    public String note() {
        return note;
    }

    public Role noteRole() {
        return noteRole;
    }

    public String hint() {
        return hint;
    }

    public @Nullable Runnable open() {
        return open;
    }

    public List<Act> acts() {
        return acts;
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
                "\n", Stream.of(title, sub, note, hint).filter(t -> !t.isEmpty()).toList());
    }
}
