package io.lakebaseops.local.api.state;

import io.lakebaseops.local.api.http.Refusal;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Rules for privileges and names in Unity Catalog. The owner of a metastore may do anything in it;
/// others need a privilege.
public final class UnityRules {
    public static final String METASTORE = "metastore";
    public static final String METASTORE_NAME = "local";

    /// Everybody of the account, as the service names them.
    public static final String EVERYBODY = "account users";

    private static final int LONGEST_NAME = 255;
    private static final Pattern FORBIDDEN = Pattern.compile("[./\\s\\p{Cntrl}]");

    private static final Set<String> ON_CATALOG =
            Set.of(
                    "ALL_PRIVILEGES",
                    "APPLY_TAG",
                    "BROWSE",
                    "CREATE_FUNCTION",
                    "CREATE_SCHEMA",
                    "CREATE_TABLE",
                    "EXECUTE",
                    "MANAGE",
                    "MODIFY",
                    "READ_VOLUME",
                    "REFRESH",
                    "SELECT",
                    "USE_CATALOG",
                    "USE_SCHEMA",
                    "WRITE_VOLUME");

    private static final Set<String> ON_METASTORE =
            Set.of("CREATE_CATALOG", "CREATE_CONNECTION", "CREATE_EXTERNAL_LOCATION");

    /// Databases of the service itself.
    private static final Set<String> SYSTEM_DATABASES =
            Set.of("postgres", "databricks_system", "template0", "template1");

    private UnityRules() {}

    public static String checkCatalogId(String id) {
        if (id.length() > LONGEST_NAME || FORBIDDEN.matcher(id).find()) {
            throw Refusal.invalid(
                    "catalog_id \"%s\" must hold at most 255 characters and no dot, slash or space"
                            .formatted(id));
        }
        return id;
    }

    public static void mayBeRegistered(String database) {
        if (SYSTEM_DATABASES.contains(database)) {
            throw Refusal.invalid("system database " + database + " cannot be registered");
        }
    }

    public static String owner(State state, String securable, String user) {
        return state.unity().owners().getOrDefault(securable, user);
    }

    public static void mayCreateCatalogs(State state, String user) {
        if (!isAdmin(state, user) && !has(state, METASTORE, user, "CREATE_CATALOG")) {
            throw denied("User does not have CREATE CATALOG on Metastore '" + METASTORE_NAME + "'");
        }
    }

    /// Its administrators alone, until they grant it.
    public static boolean seesSystemTables(State state, String user) {
        return isAdmin(state, user);
    }

    /// Change its grants or owner, or delete it.
    public static void mayManage(State state, String securable, String user) {
        boolean may =
                isAdmin(state, user)
                        || owns(state, securable, user)
                        || has(state, securable, user, "MANAGE");
        if (!may) {
            throw denied("User does not have MANAGE on " + words(securable));
        }
    }

    public static void applicable(String securable, String privilege) {
        Set<String> known = securable.equals(METASTORE) ? ON_METASTORE : ON_CATALOG;
        if (!known.contains(privilege)) {
            throw Refusal.invalid(
                    "Privilege %s is not applicable to %s".formatted(privilege, words(securable)));
        }
    }

    /// A group of one workspace only is none to Unity Catalog.
    public static void mustExist(State state, String principal, String user) {
        boolean there =
                principal.equals(user)
                        || principal.equals(EVERYBODY)
                        || state.unity().groups().values().stream()
                                .anyMatch(g -> g.ofAccount() && g.displayName().equals(principal));
        if (!there) {
            throw Refusal.of(
                    404,
                    "PRINCIPAL_DOES_NOT_EXIST",
                    "Could not find principal with name " + principal);
        }
    }

    private static boolean isAdmin(State state, String user) {
        return owns(state, METASTORE, user);
    }

    private static boolean owns(State state, String securable, String user) {
        String owner = owner(state, securable, user);
        return owner.equals(user) || owner.equals(EVERYBODY);
    }

    private static boolean has(State state, String securable, String user, String privilege) {
        return state.unity().grantsOn(securable).entrySet().stream()
                .filter(e -> e.getKey().equals(user) || e.getKey().equals(EVERYBODY))
                .map(java.util.Map.Entry::getValue)
                .flatMap(List::stream)
                .anyMatch(p -> p.equals(privilege) || p.equals("ALL_PRIVILEGES"));
    }

    private static Refusal denied(String why) {
        return Refusal.of(403, "PERMISSION_DENIED", why + ".");
    }

    private static String words(String securable) {
        return securable.equals(METASTORE)
                ? "Metastore '" + METASTORE_NAME + "'"
                : "Catalog '" + Names.leaf(securable) + "'";
    }
}
