package io.lakebaseops.console.parts;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;

/// One line of a card: icon, title, a quieter second line, and a word at the end.
///
/// @param key what stays the same when the line changes, so that selection survives a refresh
/// @param open what a click shows; null when there is nothing behind it
/// @param acts buttons that appear on the line
public record RowItem(
        String key,
        Feather icon,
        Role role,
        String title,
        String sub,
        String trailing,
        Role trailingRole,
        String hint,
        @Nullable Runnable open,
        List<Act> acts) {
    public RowItem {
        acts = List.copyOf(acts);
    }

    /// Is drawn the same? What the line does is not compared: actions have no equality.
    boolean looksLike(RowItem other) {
        return key.equals(other.key)
                && icon == other.icon
                && role == other.role
                && title.equals(other.title)
                && sub.equals(other.sub)
                && trailing.equals(other.trailing)
                && trailingRole == other.trailingRole
                && hint.equals(other.hint)
                && (open == null) == (other.open == null)
                && acts.stream()
                        .map(Act::text)
                        .toList()
                        .equals(other.acts.stream().map(Act::text).toList());
    }

    /// A small icon button on a line; the text is its tooltip and accessible name.
    public record Act(Feather icon, String text, Runnable run) {}
}
