package io.lakebaseops.agents.provisioning.migration;

import org.jspecify.annotations.Nullable;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Changes of a column's type that leave the stored rows as they are. (Manual, ALTER TABLE "Notes":
/// the old type is binary coercible to the new one, or only a length limit grows or goes.)
final class TypeChange {
    private static final Pattern LENGTH =
            Pattern.compile("([a-z ]+?)(?: ?\\((\\d+)(?:,(\\d+))?\\))?");
    private static final Map<String, String> SYNONYMS =
            Map.of("varchar", "character varying", "decimal", "numeric", "char", "character");

    private TypeChange() {}

    /// @param from as the server writes it: `character varying(20)`
    /// @param to as the migration does: `VARCHAR ( 50 )`
    static boolean inPlace(String from, String to) {
        var old = LENGTH.matcher(plain(from));
        var wanted = LENGTH.matcher(plain(to));
        if (!old.matches() || !wanted.matches()) {
            return false;
        }
        var oldType = SYNONYMS.getOrDefault(old.group(1), old.group(1));
        var newType = SYNONYMS.getOrDefault(wanted.group(1), wanted.group(1));
        boolean string = newType.equals("character varying") || newType.equals("text");
        if (string && (oldType.equals("character varying") || oldType.equals("text"))) {
            return newType.equals("text")
                    || wanted.group(2) == null
                    || grows(old.group(2), wanted.group(2));
        }
        if (oldType.equals("numeric") && newType.equals("numeric")) {
            boolean unlimited = wanted.group(2) == null;
            boolean sameScale = scale(old.group(3)) == scale(wanted.group(3));
            return unlimited
                    || (old.group(2) != null && sameScale && grows(old.group(2), wanted.group(2)));
        }
        return oldType.equals(newType) && old.group(2) == null && wanted.group(2) == null;
    }

    private static boolean grows(@Nullable String from, String to) {
        return from != null && Integer.parseInt(to) >= Integer.parseInt(from);
    }

    private static int scale(@Nullable String text) {
        return text == null ? 0 : Integer.parseInt(text);
    }

    private static String plain(String type) {
        return type.toLowerCase(Locale.ROOT).replaceAll("\\s*([(),])\\s*", "$1").strip();
    }
}
