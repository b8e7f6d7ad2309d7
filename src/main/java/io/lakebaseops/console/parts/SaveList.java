package io.lakebaseops.console.parts;

import com.fasterxml.jackson.databind.json.JsonMapper;

import javafx.event.Event;
import javafx.event.EventType;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A person wants to save a list as a file. The list knows what stands in it; the window, which
/// gets the event, knows where files go and who writes them.
public final class SaveList extends Event {
    private static final long serialVersionUID = 1;

    /// Bubbles from the list to its window.
    public static final EventType<SaveList> WANTED = new EventType<>(Event.ANY, "SAVE_LIST");

    private final String name;
    private final transient List<String> titles;
    private final transient List<List<String>> rows;

    SaveList(String name, List<String> titles, List<List<String>> rows) {
        super(WANTED);
        this.name = name;
        this.titles = List.copyOf(titles);
        this.rows = List.copyOf(rows);
    }

    /// For a file, without an ending.
    public String name() {
        return name;
    }

    /// As the name of the file ends: JSON, else CSV.
    public String content(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".json")
                ? json()
                : csv(titles, rows);
    }

    private String json() {
        var list = new ArrayList<Map<String, String>>();
        for (var row : rows) {
            var object = new LinkedHashMap<String, String>();
            for (int i = 0; i < titles.size(); i++) {
                object.put(titles.get(i), row.get(i));
            }
            list.add(object);
        }
        return JsonMapper.builder().build().valueToTree(list).toPrettyString() + "\n";
    }

    /// RFC 4180.
    static String csv(List<String> titles, List<List<String>> rows) {
        var out = new StringBuilder();
        line(out, titles);
        rows.forEach(row -> line(out, row));
        return out.toString();
    }

    /// @param right which columns hold numbers
    static String markdown(List<String> titles, List<Boolean> right, List<List<String>> rows) {
        var out = new StringBuilder();
        out.append("| ").append(String.join(" | ", titles)).append(" |\n|");
        right.forEach(r -> out.append(r ? " ---: |" : " --- |"));
        out.append('\n');
        for (var row : rows) {
            out.append('|');
            row.forEach(
                    cell ->
                            out.append(' ')
                                    .append(cell.replace("|", "\\|").replace("\n", " "))
                                    .append(" |"));
            out.append('\n');
        }
        return out.toString();
    }

    private static void line(StringBuilder out, List<String> cells) {
        out.append(String.join(",", cells.stream().map(SaveList::quoted).toList())).append("\r\n");
    }

    private static String quoted(String cell) {
        return cell.matches("(?s).*[\",\\r\\n].*") ? '"' + cell.replace("\"", "\"\"") + '"' : cell;
    }
}
