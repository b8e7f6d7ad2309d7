package io.lakebaseops.agents.performance.indexes;

import io.lakebaseops.domain.Ident;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32;

/// Names of new indexes: after table and columns, within the server's 63 bytes; the same wish
/// always gives the same name.
final class IndexNames {
    /// NAMEDATALEN - 1.
    private static final int LONGEST_BYTES = 63;

    private IndexNames() {}

    /// When something else has the name.
    static Ident another(Ident taken) {
        return Ident.of(taken.parts().getFirst(), of(taken.parts().getLast(), List.of("2")));
    }

    /// Of an index that serves a foreign key.
    static String of(String table, List<String> columns) {
        return named(table + "_" + String.join("_", columns) + "_fkey_idx");
    }

    /// As PostgreSQL itself would name it.
    static String onColumns(String table, List<String> columns) {
        return named(table + "_" + String.join("_", columns) + "_idx");
    }

    private static String named(String name) {
        if (name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_BYTES) {
            return name;
        }
        var crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        var tail = "_%08x_idx".formatted(crc.getValue());
        var head = new StringBuilder();
        for (int c : name.codePoints().toArray()) {
            var more = new String(Character.toChars(c));
            int bytes = (head + more).getBytes(StandardCharsets.UTF_8).length;
            if (bytes + tail.length() > LONGEST_BYTES) {
                break;
            }
            head.append(more);
        }
        return head + tail;
    }
}
