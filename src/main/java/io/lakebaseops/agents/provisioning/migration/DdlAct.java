package io.lakebaseops.agents.provisioning.migration;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One thing a statement does to one relation.
///
/// @param relation the name as written, null when there is none
/// @param column lower case unless quoted, null when it is about no column
/// @param type the new type in capitals, for a change of type
record DdlAct(
        DdlForm form, @Nullable Name relation, @Nullable String column, @Nullable String type) {
    /// @param schema null when it was not written
    record Name(@Nullable String schema, String name) {
        String display() {
            return schema == null ? name : schema + "." + name;
        }
    }

    static DdlAct of(DdlForm form, @Nullable Name relation) {
        return new DdlAct(form, relation, null, null);
    }

    DdlAct with(DdlForm other) {
        return new DdlAct(other, relation, column, type);
    }

    /// The words of a statement, read from left to right.
    static final class Words {
        private final List<String> words;
        private int at;

        Words(List<String> words) {
            this.words = words;
        }

        boolean take(String... expected) {
            if (!ahead(expected)) {
                return false;
            }
            at += expected.length;
            return true;
        }

        boolean ahead(String... expected) {
            return at + expected.length <= words.size()
                    && words.subList(at, at + expected.length).equals(List.of(expected));
        }

        boolean ended() {
            return at >= words.size();
        }

        String next() {
            return ended() ? "" : words.get(at++);
        }

        List<String> rest() {
            return words.subList(Math.min(at, words.size()), words.size());
        }

        boolean later(String word) {
            return rest().contains(word);
        }

        boolean later(String one, String two) {
            var rest = rest();
            for (int i = 0; i + 1 < rest.size(); i++) {
                if (rest.get(i).equals(one) && rest.get(i + 1).equals(two)) {
                    return true;
                }
            }
            return false;
        }

        Name name() {
            take("ONLY");
            var first = ident(next());
            if (take(".")) {
                return new Name(first, ident(next()));
            }
            return new Name(null, first);
        }

        static String ident(String word) {
            return word.startsWith("\"")
                    ? word.substring(1, word.length() - 1).replace("\"\"", "\"")
                    : word.toLowerCase(java.util.Locale.ROOT);
        }
    }
}
