package io.lakebaseops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.Format;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/// Writes results for a person or a script.
final class OutputWriter {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private OutputWriter() {}

    static void json(PrintWriter out, JsonNode node) {
        try {
            // Line feeds on every platform, so that results compare equal.
            var pretty =
                    new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
            // Within strings only such characters can stand, and there this is their JSON form,
            // too.
            out.println(Format.printableLines(JSON.writer(pretty).writeValueAsString(node)));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A JSON tree always prints", e);
        }
    }

    /// Columns as wide as their widest cell; the last one as it comes.
    static void table(PrintWriter out, List<List<String>> cells) {
        var rows = cells.stream().map(r -> r.stream().map(Format::printable).toList()).toList();
        var widths = new ArrayList<Integer>();
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                int width = row.get(i).length();
                if (i == widths.size()) {
                    widths.add(width);
                } else {
                    widths.set(i, Math.max(widths.get(i), width));
                }
            }
        }
        for (var row : rows) {
            var line = new StringBuilder();
            for (int i = 0; i < row.size(); i++) {
                line.append(row.get(i));
                if (i < row.size() - 1) {
                    line.repeat(' ', widths.get(i) - row.get(i).length() + 2);
                }
            }
            out.println(line.toString().stripTrailing());
        }
        out.flush();
    }
}
