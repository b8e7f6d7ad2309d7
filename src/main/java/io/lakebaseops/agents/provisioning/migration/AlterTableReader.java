package io.lakebaseops.agents.provisioning.migration;

import io.lakebaseops.agents.provisioning.migration.DdlAct.Name;
import io.lakebaseops.agents.provisioning.migration.DdlAct.Words;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What does one action of ALTER TABLE do?
final class AlterTableReader {
    private static final Set<String> SERIALS =
            Set.of("SERIAL", "BIGSERIAL", "SMALLSERIAL", "SERIAL4", "SERIAL8", "SERIAL2");

    /// Computed once per statement, so the default is stored once for all rows.
    private static final Set<String> NOT_VOLATILE =
            Set.of(
                    "NOW",
                    "CURRENT_TIMESTAMP",
                    "CURRENT_DATE",
                    "TRANSACTION_TIMESTAMP",
                    "STATEMENT_TIMESTAMP",
                    "CURRENT_USER",
                    "CAST");

    private AlterTableReader() {}

    static List<DdlAct> read(Name table, Words words) {
        return switch (words.next()) {
            case "ADD" -> add(table, words);
            case "DROP" -> List.of(drop(table, words));
            case "ALTER" -> List.of(alterColumn(table, words));
            case "VALIDATE" -> List.of(DdlAct.of(DdlForm.VALIDATE, table));
            case "RENAME" -> List.of(rename(table, words));
            case "SET" -> List.of(set(table, words));
            case "RESET" -> List.of(DdlAct.of(DdlForm.SET_STORAGE, table));
            case "ATTACH" -> {
                words.take("PARTITION");
                yield List.of(DdlAct.of(DdlForm.ATTACH_PARTITION, words.name()));
            }
            case "DETACH" ->
                    List.of(
                            DdlAct.of(
                                    words.later("CONCURRENTLY")
                                            ? DdlForm.DETACH_PARTITION_CONCURRENTLY
                                            : DdlForm.DETACH_PARTITION,
                                    table));
            case "CLUSTER" -> List.of(DdlAct.of(DdlForm.SET_STORAGE, table));
            case "ENABLE", "DISABLE" ->
                    List.of(
                            DdlAct.of(
                                    words.ahead("TRIGGER")
                                            ? DdlForm.CREATE_TRIGGER
                                            : DdlForm.ALTER_OTHER,
                                    table));
            default -> List.of(DdlAct.of(DdlForm.ALTER_OTHER, table));
        };
    }

    private static List<DdlAct> add(Name table, Words words) {
        if (words.take("CONSTRAINT")) {
            words.next();
            return constraint(table, words);
        }
        if (words.ahead("FOREIGN")
                || words.ahead("CHECK")
                || words.ahead("UNIQUE")
                || words.ahead("PRIMARY")
                || words.ahead("EXCLUDE")) {
            return constraint(table, words);
        }
        words.take("COLUMN");
        words.take("IF", "NOT", "EXISTS");
        return List.of(column(table, Words.ident(words.next()), words));
    }

    private static List<DdlAct> constraint(Name table, Words words) {
        boolean notValid = words.later("NOT", "VALID");
        if (words.take("FOREIGN")) {
            var form = notValid ? DdlForm.ADD_FOREIGN_KEY_NOT_VALID : DdlForm.ADD_FOREIGN_KEY;
            var acts = new ArrayList<DdlAct>();
            acts.add(DdlAct.of(form, table));
            while (!words.ended() && !words.take("REFERENCES")) {
                words.next();
            }
            // The parent is locked as well, but only its index is read.
            acts.add(DdlAct.of(DdlForm.ADD_FOREIGN_KEY_NOT_VALID, words.name()));
            return acts;
        }
        if (words.take("CHECK")) {
            return List.of(
                    DdlAct.of(notValid ? DdlForm.ADD_CHECK_NOT_VALID : DdlForm.ADD_CHECK, table));
        }
        return List.of(
                DdlAct.of(
                        words.later("USING", "INDEX")
                                ? DdlForm.ADD_UNIQUE_USING_INDEX
                                : DdlForm.ADD_UNIQUE,
                        table));
    }

    private static DdlAct column(Name table, String column, Words words) {
        var rest = words.rest();
        boolean serial = !rest.isEmpty() && SERIALS.contains(rest.getFirst());
        int at = rest.indexOf("DEFAULT");
        DdlForm form;
        if (serial || rest.contains("GENERATED") || (at >= 0 && computed(rest, at + 1))) {
            form = DdlForm.ADD_COLUMN_COMPUTED;
        } else if (rest.contains("UNIQUE") || rest.contains("PRIMARY")) {
            form = DdlForm.ADD_COLUMN_UNIQUE;
        } else if (words.later("NOT", "NULL") && at < 0) {
            form = DdlForm.ADD_COLUMN_NOT_NULL;
        } else if (rest.contains("CHECK") || rest.contains("REFERENCES")) {
            form = DdlForm.ADD_COLUMN_CHECKED;
        } else {
            form = DdlForm.ADD_COLUMN;
        }
        return new DdlAct(form, table, column, null);
    }

    /// Any call of a function not known to be stable counts as volatile.
    private static boolean computed(List<String> words, int from) {
        for (int i = from; i + 1 < words.size(); i++) {
            var word = words.get(i);
            boolean end = word.equals("CHECK") || word.equals("CONSTRAINT");
            if (end || word.equals("REFERENCES")) {
                return false;
            }
            boolean call = words.get(i + 1).equals("(");
            boolean name = Character.isLetter(word.charAt(0)) || word.startsWith("\"");
            boolean typeLength = i > from && words.get(i - 1).equals("::");
            if (call && name && !typeLength && !NOT_VOLATILE.contains(word)) {
                return true;
            }
        }
        return false;
    }

    private static DdlAct drop(Name table, Words words) {
        if (words.take("CONSTRAINT")) {
            return DdlAct.of(DdlForm.ALTER_OTHER, table);
        }
        words.take("COLUMN");
        words.take("IF", "EXISTS");
        return new DdlAct(DdlForm.DROP_COLUMN, table, Words.ident(words.next()), null);
    }

    private static DdlAct alterColumn(Name table, Words words) {
        words.take("COLUMN");
        var column = Words.ident(words.next());
        if (words.take("TYPE") || words.take("SET", "DATA", "TYPE")) {
            var type = words.later("USING") ? null : String.join(" ", words.rest());
            return new DdlAct(DdlForm.ALTER_TYPE, table, column, type);
        }
        if (words.take("SET", "NOT", "NULL")) {
            return new DdlAct(DdlForm.SET_NOT_NULL, table, column, null);
        }
        boolean light = words.take("SET", "STATISTICS") || words.take("SET", "(");
        return new DdlAct(light ? DdlForm.SET_STORAGE : DdlForm.ALTER_OTHER, table, column, null);
    }

    private static DdlAct rename(Name table, Words words) {
        return words.ahead("CONSTRAINT")
                ? DdlAct.of(DdlForm.ALTER_OTHER, table)
                : DdlAct.of(DdlForm.RENAME, table);
    }

    private static DdlAct set(Name table, Words words) {
        boolean rewrites =
                words.ahead("LOGGED")
                        || words.ahead("UNLOGGED")
                        || words.ahead("TABLESPACE")
                        || words.ahead("ACCESS");
        boolean storage = words.ahead("(") || words.ahead("WITHOUT", "CLUSTER");
        return DdlAct.of(
                rewrites
                        ? DdlForm.REWRITE_TABLE
                        : storage ? DdlForm.SET_STORAGE : DdlForm.ALTER_OTHER,
                table);
    }
}
