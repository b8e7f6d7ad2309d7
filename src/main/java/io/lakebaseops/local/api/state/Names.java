package io.lakebaseops.local.api.state;

import io.lakebaseops.local.api.http.Refusal;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/// Resource names and identifiers. `projects/p/branches/b/endpoints/e`; ids are chosen by the
/// caller, uids by the server.
public final class Names {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern LONG_ID = Pattern.compile("[a-z][a-z0-9-]{3,62}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private Names() {}

    public static String project(String id) {
        return "projects/" + id;
    }

    /// @param project the project's id, not its full name
    public static String branch(String project, String id) {
        return project(project) + "/branches/" + id;
    }

    public static String endpoint(String branch, String id) {
        return branch + "/endpoints/" + id;
    }

    public static String role(String branch, String id) {
        return branch + "/roles/" + id;
    }

    public static String database(String branch, String id) {
        return branch + "/databases/" + id;
    }

    /// @param id the catalog's name in Unity Catalog
    public static String catalog(String id) {
        return "catalogs/" + id;
    }

    public static String leaf(String name) {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /// `projects/p/branches/b` → `projects/p`.
    public static String parent(String name) {
        String collection = name.substring(0, Math.max(0, name.lastIndexOf('/')));
        return collection.substring(0, Math.max(0, collection.lastIndexOf('/')));
    }

    public static String operation(String target) {
        return target + "/operations/" + UUID.randomUUID();
    }

    public static String projectUid() {
        return UUID.randomUUID().toString();
    }

    /// @param prefix `br` or `ep`
    public static String uid(String prefix) {
        byte[] bytes = new byte[8];
        RANDOM.nextBytes(bytes);
        return prefix + "-" + HexFormat.of().formatHex(bytes);
    }

    public static String checkId(String field, String id) {
        if (!ID.matcher(id).matches()) {
            throw Refusal.invalid(
                    field
                            + " \""
                            + id
                            + "\" must start with a lower-case letter and hold at most"
                            + " 63 lower-case letters, digits and hyphens");
        }
        return id;
    }

    /// Role and database ids are at least 4 characters long.
    public static String checkLongId(String field, String id) {
        if (!LONG_ID.matcher(id).matches()) {
            throw Refusal.invalid(
                    field
                            + " \""
                            + id
                            + "\" must start with a lower-case letter and hold 4 to 63"
                            + " lower-case letters, digits and hyphens");
        }
        return id;
    }

    /// An id made from a Postgres name: `databricks_postgres` → `databricks-postgres`.
    public static String idFrom(String prefix, String sqlName) {
        String slug = sqlName.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        slug = slug.replaceAll("^[^a-z]+|-+$", "");
        String id = slug.length() < 4 ? prefix + "-" + slug : slug;
        return id.substring(0, Math.min(63, id.length())).replaceAll("-+$", "");
    }
}
