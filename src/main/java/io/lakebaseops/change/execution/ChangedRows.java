package io.lakebaseops.change.execution;

import io.lakebaseops.domain.Rows;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The difference between the rows a plan was made on and those there are now, in words: the cells
/// that differ and nothing else.
final class ChangedRows {
    /// Longer definitions are told apart by where they differ.
    private static final int LONGEST = 240;

    private ChangedRows() {}

    static String words(Rows before, Rows now) {
        if (now.isEmpty()) {
            return "it is gone";
        }
        if (before.isEmpty()) {
            return "it was not there then, and is now";
        }
        if (before.size() != now.size()) {
            return "there were %d of it then, and are %d now".formatted(before.size(), now.size());
        }
        var changes = new ArrayList<String>();
        for (int i = 0; i < before.size(); i++) {
            cells(before.list().get(i), now.list().get(i), changes);
        }
        return String.join("; ", changes);
    }

    private static void cells(Map<String, ?> before, Map<String, ?> now, List<String> changes) {
        var columns = new LinkedHashSet<String>(before.keySet());
        columns.addAll(now.keySet());
        for (var column : columns) {
            var was = text(before.get(column));
            var is = text(now.get(column));
            if (!Objects.equals(was, is)) {
                changes.add(change(column.replace('_', ' '), was, is));
            }
        }
    }

    private static String change(String column, @Nullable String was, @Nullable String is) {
        if (column.equals("present")) {
            return "0".equals(is) ? "it is gone" : "it was not there then, and is now";
        }
        if ("true".equals(was) && "false".equals(is)) {
            return "it was " + column.replaceFirst("^is ", "") + ", and no longer is";
        }
        if ("false".equals(was) && "true".equals(is)) {
            return "it was not " + column.replaceFirst("^is ", "") + ", and is now";
        }
        return "its %s was %s, and is now %s".formatted(column, brief(was), brief(is));
    }

    /// By text, because a stored row no longer knows whether its 7 was an int4 or an int8.
    private static @Nullable String text(@Nullable Object cell) {
        return cell == null ? null : cell.toString();
    }

    private static String brief(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return "empty";
        }
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
