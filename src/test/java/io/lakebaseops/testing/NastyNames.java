package io.lakebaseops.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Names that break careless SQL: capitals, spaces, quotes, dots, unicode, reserved words, markers.
public final class NastyNames {
    private static final String[] PIECES = {
        "a",
        "B",
        " ",
        ".",
        "\"",
        "'",
        "\\",
        "$",
        "$$",
        ":x",
        "{y}",
        ";",
        "--",
        "/*",
        "*/",
        "%",
        "%I",
        "\u00e4",
        "\u4e2d",
        "\ud83d\ude00",
        "select",
        "ORDER",
        "?",
        "(",
        ")",
        ",",
        "::",
        "\t",
        "_",
        "0",
        " AND ",
        "IS NOT NULL",
        "on",
        "USING"
    };

    private NastyNames() {}

    public static List<String> chosen() {
        return List.of(
                "Capital",
                "with space",
                "quo\"te",
                "apo'strophe",
                "dot.ted",
                "uni\u00e9\u4e2d\ud83d\ude00",
                "select",
                "user",
                "back\\slash",
                ":marker",
                "{placeholder}",
                "semi;colon",
                "--comment",
                "/*open",
                "dol$$lar",
                "per%Icent",
                " lead and trail ",
                "a) AND (b",
                "INDEX x ON y");
    }

    /// At most 63 bytes, as the server allows.
    public static String random(Random random) {
        var name = new StringBuilder();
        int pieces = 1 + random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            var piece = PIECES[random.nextInt(PIECES.length)];
            var bytes = (name + piece).getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
            if (bytes <= 60) {
                name.append(piece);
            }
        }
        return name.isEmpty() ? "x" : name.toString();
    }

    /// Different ones, for the columns of one table.
    public static List<String> random(Random random, int count) {
        var names = new ArrayList<String>();
        while (names.size() < count) {
            var name = random(random);
            if (!names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }

    /// Quoted as the server does it.
    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
