package io.lakebaseops.local.compute;

import static io.lakebaseops.local.compute.server.AdminSession.ident;

import io.lakebaseops.local.compute.ComputeHost.DatabaseSpec;
import io.lakebaseops.local.compute.ComputeHost.RoleSpec;
import io.lakebaseops.local.compute.server.AdminSession;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

/// Roles and databases of a branch, read and changed.
final class BranchRoles {
    static final String POWERFUL = "databricks_superuser";
    static final String DEFAULT_DATABASE = "databricks_postgres";

    /// The platform's own roles are not listed: superusers, `pg_*` and the group all owners are in.
    private static final String ROLES =
            """
            SELECT r.rolname, r.rolcanlogin, r.rolcreatedb, r.rolcreaterole, r.rolbypassrls,
                   ARRAY(SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid
                         WHERE m.member = r.oid ORDER BY 1)
            FROM pg_roles r
            WHERE NOT r.rolsuper AND r.rolname NOT LIKE 'pg\\_%' AND r.rolname <> ?
            ORDER BY 1
            """;

    private static final String DATABASES =
            """
            SELECT datname, pg_get_userbyid(datdba) FROM pg_database
            WHERE NOT datistemplate AND datname <> 'postgres' ORDER BY 1
            """;

    private static final String PASSWORDS =
            """
            SELECT rolname, rolpassword,
                   coalesce(extract(epoch FROM rolvaliduntil), 'infinity')::float8
            FROM pg_authid
            WHERE rolcanlogin AND rolpassword IS NOT NULL
            """;

    private static final String WITH_PASSWORD =
            "SELECT rolname FROM pg_authid WHERE rolpassword IS NOT NULL AND NOT rolsuper";

    private final Branch branch;

    BranchRoles(Branch branch) {
        this.branch = branch;
    }

    void makeOwner(String owner, boolean signalBackend, boolean maintain) {
        create(new RoleSpec(owner, true, true, true, true, List.of(POWERFUL)));
        admin(
                "Giving " + DEFAULT_DATABASE + " to its owner",
                "ALTER DATABASE " + ident(DEFAULT_DATABASE) + " OWNER TO " + ident(owner));
        rights(signalBackend, maintain);
    }

    void rights(boolean signalBackend, boolean maintain) {
        admin(
                "Setting the rights of " + POWERFUL,
                membership("pg_signal_backend", signalBackend),
                membership("pg_maintain", maintain));
    }

    private static String membership(String role, boolean granted) {
        return granted
                ? "GRANT " + role + " TO " + POWERFUL + " WITH ADMIN OPTION"
                : "REVOKE " + role + " FROM " + POWERFUL + " CASCADE";
    }

    void create(RoleSpec role) {
        String name = ident(role.name());
        branch.work(
                "postgres",
                "Creating role " + role.name(),
                session -> {
                    session.execute("CREATE ROLE " + name + attributes(role));
                    for (String group : role.memberOf()) {
                        session.execute("GRANT " + ident(group) + " TO " + name);
                    }
                    administer(session, role);
                    return true;
                });
    }

    /// Whoever makes a role by SQL may change it; for roles made by the API these are the powerful.
    /// A powerful one cannot be administered by its own group: memberships have no circles.
    private static void administer(AdminSession session, RoleSpec role) throws SQLException {
        if (!role.memberOf().contains(POWERFUL)) {
            session.execute(
                    "GRANT "
                            + ident(role.name())
                            + " TO "
                            + POWERFUL
                            + " WITH ADMIN TRUE, INHERIT FALSE, SET FALSE");
        }
    }

    void alter(RoleSpec role) {
        String name = ident(role.name());
        branch.work(
                "postgres",
                "Changing role " + role.name(),
                session -> {
                    session.execute("ALTER ROLE " + name + attributes(role));
                    List<String> before = memberOf(session, role.name());
                    for (String group : before) {
                        if (!role.memberOf().contains(group)) {
                            session.execute("REVOKE " + ident(group) + " FROM " + name);
                        }
                    }
                    if (role.memberOf().contains(POWERFUL)) {
                        session.execute("REVOKE " + name + " FROM " + POWERFUL + " CASCADE");
                    }
                    for (String group : role.memberOf()) {
                        if (!before.contains(group)) {
                            session.execute("GRANT " + ident(group) + " TO " + name);
                        }
                    }
                    administer(session, role);
                    return true;
                });
    }

    /// What PostgreSQL keeps of a role's password.
    ///
    /// @param until s since 1970
    record Password(String role, String verifier, double until) {
        boolean valid() {
            return until > System.currentTimeMillis() / 1000.0;
        }
    }

    /// Of the roles that may log in by one.
    List<Password> passwords() {
        return branch.work(
                "postgres",
                "Reading passwords",
                session ->
                        session.query(
                                PASSWORDS,
                                row ->
                                        new Password(
                                                row.getString(1),
                                                row.getString(2),
                                                row.getDouble(3))));
    }

    /// Takes their passwords from all roles: they need new ones.
    void forgetPasswords() {
        branch.work(
                "postgres",
                "Taking back passwords",
                session -> {
                    for (String role : session.query(WITH_PASSWORD, row -> row.getString(1))) {
                        session.execute("ALTER ROLE " + ident(role) + " PASSWORD NULL");
                    }
                    return true;
                });
    }

    /// Objects of the role go to the other role in every database; without one, a role that owns
    /// something is refused (2BP01).
    void drop(String role, @Nullable String reassignOwnedTo) {
        if (reassignOwnedTo != null) {
            for (DatabaseSpec database : databases()) {
                branch.work(
                        database.name(),
                        "Reassigning what " + role + " owns",
                        session -> {
                            session.execute(
                                    "REASSIGN OWNED BY "
                                            + ident(role)
                                            + " TO "
                                            + ident(reassignOwnedTo));
                            session.execute("DROP OWNED BY " + ident(role));
                            return true;
                        });
            }
        }
        admin("Dropping role " + role, "DROP ROLE " + ident(role));
    }

    List<RoleSpec> roles() {
        return branch.work(
                "postgres",
                "Listing roles",
                session ->
                        session.query(
                                ROLES,
                                row ->
                                        new RoleSpec(
                                                row.getString(1),
                                                row.getBoolean(2),
                                                row.getBoolean(3),
                                                row.getBoolean(4),
                                                row.getBoolean(5),
                                                names(row.getArray(6))),
                                POWERFUL));
    }

    void createDatabase(DatabaseSpec database) {
        admin(
                "Creating database " + database.name(),
                "CREATE DATABASE " + ident(database.name()) + " OWNER " + ident(database.owner()));
    }

    void alterDatabase(String name, DatabaseSpec wanted) {
        if (!name.equals(wanted.name())) {
            admin(
                    "Renaming database " + name,
                    "ALTER DATABASE " + ident(name) + " RENAME TO " + ident(wanted.name()));
        }
        admin(
                "Handing over database " + wanted.name(),
                "ALTER DATABASE " + ident(wanted.name()) + " OWNER TO " + ident(wanted.owner()));
    }

    void dropDatabase(String name) {
        admin("Dropping database " + name, "DROP DATABASE " + ident(name) + " WITH (FORCE)");
    }

    List<DatabaseSpec> databases() {
        return branch.work(
                "postgres",
                "Listing databases",
                session ->
                        session.query(
                                DATABASES,
                                row -> new DatabaseSpec(row.getString(1), row.getString(2))));
    }

    long bytes() {
        return branch.work(
                "postgres",
                "Measuring databases",
                session ->
                        session.query(
                                        "SELECT sum(pg_database_size(oid)) FROM pg_database",
                                        row -> row.getLong(1))
                                .getFirst());
    }

    private void admin(String what, String... statements) {
        branch.work(
                "postgres",
                what,
                session -> {
                    for (String statement : statements) {
                        session.execute(statement);
                    }
                    return true;
                });
    }

    private static List<String> memberOf(AdminSession session, String role) throws SQLException {
        return session.query(
                "SELECT g.rolname FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid"
                        + " JOIN pg_roles r ON r.oid = m.member WHERE r.rolname = ?",
                row -> row.getString(1),
                role);
    }

    private static List<String> names(java.sql.Array array) throws SQLException {
        return Arrays.asList((String[]) array.getArray());
    }

    private static String attributes(RoleSpec role) {
        return (role.login() ? " LOGIN" : " NOLOGIN")
                + (role.createDb() ? " CREATEDB" : " NOCREATEDB")
                + (role.createRole() ? " CREATEROLE" : " NOCREATEROLE")
                + (role.bypassRls() ? " BYPASSRLS" : " NOBYPASSRLS")
                + " INHERIT";
    }
}
