package io.lakebaseops.guard;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// The lists of what a typed statement may use: functions of the server, extensions, grammar. They
/// allow, they do not forbid: what is on none of them is refused.
final class TrustedCode {
    /// Views and tables of the server that hold passwords, or their hashes.
    private static final Set<String> SECRETS =
            Set.of("pg_authid", "pg_shadow", "pg_user_mapping", "pg_user_mappings");

    private static final String ALL = "*";

    private final Set<String> harmless = new HashSet<>();
    private final Set<String> harmlessThoughVolatile = new HashSet<>();
    private final Map<String, String> refused = new HashMap<>();
    private final GuardList extensions = GuardList.read("trusted-extensions.txt");
    private final Set<String> nodes;
    private final Set<String> fields;

    private static final class Holder {
        static final TrustedCode LISTS = new TrustedCode();
    }

    static TrustedCode lists() {
        return Holder.LISTS;
    }

    private TrustedCode() {
        GuardList.read("harmless-functions.txt")
                .sections()
                .forEach(
                        (title, names) -> {
                            harmless.addAll(names);
                            if (title.startsWith("volatile")) {
                                harmlessThoughVolatile.addAll(names);
                            }
                        });
        GuardList.read("refused-functions.txt")
                .sections()
                .forEach((does, names) -> names.forEach(n -> refused.put(n, does)));
        var grammar = GuardList.read("grammar.txt");
        nodes = grammar.section("nodes");
        fields = grammar.section("fields");
    }

    Set<String> harmlessFunctions() {
        return Set.copyOf(harmless);
    }

    boolean knowsNode(String kind) {
        return nodes.contains(kind);
    }

    boolean knowsField(String name) {
        return fields.contains(name);
    }

    /// What a function of the server does that keeps it off the list; null when it is not known.
    @Nullable String whyRefused(String function) {
        return refused.get(function);
    }

    boolean holdsSecrets(String relation) {
        return SECRETS.contains(relation);
    }

    boolean trusts(@Nullable String extension) {
        return extension != null && !extensions.section(extension).isEmpty();
    }

    boolean trusts(CatalogFacts.Function f) {
        boolean builtIn = f.builtIn() && (f.language().equals("internal") || f.ofSql());
        if (builtIn && f.schema().equals("pg_catalog")) {
            return f.isVolatile()
                    ? harmlessThoughVolatile.contains(f.name())
                    : harmless.contains(f.name());
        }
        if (builtIn && f.schema().equals("information_schema")) {
            return !f.isVolatile();
        }
        if (f.ofRange()) {
            return true;
        }
        var extension = f.extension();
        if (extension == null) {
            return false;
        }
        var named = extensions.section(extension);
        // Only a superuser makes functions in C; others may be anybody's, added to an extension.
        boolean inC = f.language().equals("c") || f.language().equals("internal");
        boolean made = inC && !f.aggregate() || (inC || f.ofSql()) && f.ownedBySuperuser();
        return made && (named.contains(f.name()) || named.contains(ALL) && !f.isVolatile());
    }
}
