package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.agents.provisioning.migration.DdlAct.Words;

import java.util.ArrayList;
import java.util.List;

/// What does a statement do, told from its words? Forms that only the live table decides (is this
/// change of type binary compatible?) are given as the worse one, and softened later.
final class DdlReader {
    private static final List<String> VACUUM_OPTIONS =
            List.of("(", "FULL", "FREEZE", "VERBOSE", "ANALYZE", ",", ")");

    private DdlReader() {}

    static List<DdlAct> read(List<String> statement) {
        var words = new Words(statement);
        return switch (words.next()) {
            case "ALTER" -> alter(words);
            case "CREATE" -> create(words);
            case "DROP" -> drop(words);
            case "TRUNCATE" -> {
                words.take("TABLE");
                yield names(words, DdlForm.TRUNCATE);
            }
            case "VACUUM" -> vacuum(words);
            case "CLUSTER" -> List.of(DdlAct.of(DdlForm.CLUSTER, words.name()));
            case "REFRESH" -> {
                words.take("MATERIALIZED", "VIEW");
                var form =
                        words.take("CONCURRENTLY") ? DdlForm.REFRESH_CONCURRENTLY : DdlForm.REFRESH;
                yield List.of(DdlAct.of(form, words.name()));
            }
            case "REINDEX" -> reindex(words);
            case "LOCK" -> {
                words.take("TABLE");
                yield names(words, DdlForm.LOCK_TABLE);
            }
            case "UPDATE" ->
                    words.later("WHERE")
                            ? List.of()
                            : List.of(DdlAct.of(DdlForm.WRITE_ALL_ROWS, words.name()));
            case "DELETE" -> {
                words.take("FROM");
                yield words.later("WHERE")
                        ? List.of()
                        : List.of(DdlAct.of(DdlForm.WRITE_ALL_ROWS, words.name()));
            }
            default -> List.of();
        };
    }

    private static List<DdlAct> alter(Words words) {
        if (words.take("INDEX")) {
            return List.of();
        }
        boolean view = words.take("MATERIALIZED", "VIEW");
        if (!view && !words.take("TABLE")) {
            return List.of();
        }
        words.take("IF", "EXISTS");
        var table = words.name();
        words.take("*");
        var acts = new ArrayList<DdlAct>();
        for (var action : split(words.rest())) {
            acts.addAll(AlterTableReader.read(table, new Words(action)));
        }
        return acts;
    }

    private static List<DdlAct> create(Words words) {
        boolean unique = words.take("UNIQUE");
        if (words.take("INDEX")) {
            boolean concurrently = words.take("CONCURRENTLY");
            while (!words.ended() && !words.take("ON")) {
                words.next();
            }
            return List.of(
                    DdlAct.of(
                            concurrently ? DdlForm.CREATE_INDEX_CONCURRENTLY : DdlForm.CREATE_INDEX,
                            words.name()));
        }
        words.take("OR", "REPLACE");
        words.take("UNLOGGED");
        words.take("CONSTRAINT");
        if (!unique && words.take("TRIGGER")) {
            while (!words.ended() && !words.take("ON")) {
                words.next();
            }
            return List.of(DdlAct.of(DdlForm.CREATE_TRIGGER, words.name()));
        }
        return words.take("TABLE") ? createTable(words) : List.of();
    }

    /// The tables its foreign keys point to are locked too.
    private static List<DdlAct> createTable(Words words) {
        words.take("IF", "NOT", "EXISTS");
        var acts = new ArrayList<DdlAct>();
        acts.add(DdlAct.of(DdlForm.CREATE_TABLE, words.name()));
        while (!words.ended()) {
            if (words.take("REFERENCES")) {
                acts.add(DdlAct.of(DdlForm.ADD_FOREIGN_KEY_NOT_VALID, words.name()));
            } else {
                words.next();
            }
        }
        return acts;
    }

    private static List<DdlAct> drop(Words words) {
        if (words.take("INDEX")) {
            boolean concurrently = words.take("CONCURRENTLY");
            return names(
                    words, concurrently ? DdlForm.DROP_INDEX_CONCURRENTLY : DdlForm.DROP_INDEX);
        }
        boolean table = words.take("TABLE") || words.take("MATERIALIZED", "VIEW");
        return table ? names(words, DdlForm.DROP_TABLE) : List.of();
    }

    private static List<DdlAct> vacuum(Words words) {
        boolean full = words.later("FULL");
        boolean option = true;
        while (option) {
            option = VACUUM_OPTIONS.stream().anyMatch(words::take);
        }
        return words.ended()
                ? List.of()
                : names(words, full ? DdlForm.VACUUM_FULL : DdlForm.VACUUM);
    }

    private static List<DdlAct> reindex(Words words) {
        boolean concurrently = words.later("CONCURRENTLY");
        while (words.take("(")) {
            while (!words.ended() && !words.take(")")) {
                words.next();
            }
        }
        boolean named = words.take("INDEX") || words.take("TABLE");
        words.take("CONCURRENTLY");
        return named
                ? List.of(
                        DdlAct.of(
                                concurrently ? DdlForm.REINDEX_CONCURRENTLY : DdlForm.REINDEX,
                                words.name()))
                : List.of();
    }

    private static List<DdlAct> names(Words words, DdlForm form) {
        words.take("IF", "EXISTS");
        var acts = new ArrayList<DdlAct>();
        do {
            acts.add(DdlAct.of(form, words.name()));
        } while (words.take(","));
        return acts;
    }

    /// At the commas outside brackets.
    private static List<List<String>> split(List<String> words) {
        var parts = new ArrayList<List<String>>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < words.size(); i++) {
            switch (words.get(i)) {
                case "(", "[" -> depth++;
                case ")", "]" -> depth--;
                case "," -> {
                    if (depth == 0) {
                        parts.add(words.subList(start, i));
                        start = i + 1;
                    }
                }
                default -> {}
            }
        }
        parts.add(words.subList(start, words.size()));
        return parts;
    }
}
