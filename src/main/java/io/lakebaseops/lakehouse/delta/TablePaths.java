package io.lakebaseops.lakehouse.delta;

import io.lakebaseops.lakehouse.TableName;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The directory of a table, whatever its name holds.
///
/// Only lower-case letters, digits, `_` and `-` stand for themselves; all else becomes `~hex~`, so
/// that names differing in case stay apart on file systems that ignore it.
final class TablePaths {
    private static final Pattern ESCAPED = Pattern.compile("~([0-9a-f]{1,5})~");

    private TablePaths() {}

    static Path below(Path catalog, TableName name) {
        return catalog.resolve(directory(name.schema())).resolve(directory(name.table()));
    }

    static String directory(String name) {
        var text = new StringBuilder();
        name.codePoints()
                .forEach(
                        c -> {
                            if ((c >= 'a' && c <= 'z')
                                    || (c >= '0' && c <= '9')
                                    || c == '_'
                                    || c == '-') {
                                text.appendCodePoint(c);
                            } else {
                                text.append('~').append(Integer.toHexString(c)).append('~');
                            }
                        });
        return text.toString();
    }

    /// The name that a directory stands for; one that is not escaped stands for itself.
    static String name(Path directory) {
        return ESCAPED.matcher(String.valueOf(directory.getFileName()))
                .replaceAll(
                        m ->
                                Matcher.quoteReplacement(
                                        Character.toString(Integer.parseInt(m.group(1), 16))));
    }
}
