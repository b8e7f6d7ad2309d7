package io.lakebaseops.schema;

import io.lakebaseops.postgres.SqlName;

/// The catalog queries of this room; each returns an `oid` and its properties.
final class SchemaSql {
    static final SqlName NAMESPACES = new SqlName("schema", "namespaces");
    static final SqlName EXTENSIONS = new SqlName("schema", "extensions");
    static final SqlName COLLATIONS = new SqlName("schema", "collations");
    static final SqlName TYPES = new SqlName("schema", "types");
    static final SqlName ROUTINES = new SqlName("schema", "routines");
    static final SqlName SEQUENCES = new SqlName("schema", "sequences");
    static final SqlName TABLES = new SqlName("schema", "tables");
    static final SqlName COLUMNS = new SqlName("schema", "columns");
    static final SqlName CONSTRAINTS = new SqlName("schema", "constraints");
    static final SqlName INDEXES = new SqlName("schema", "indexes");
    static final SqlName STATISTICS = new SqlName("schema", "statistics");
    static final SqlName VIEWS = new SqlName("schema", "views");
    static final SqlName TRIGGERS = new SqlName("schema", "triggers");
    static final SqlName RULES = new SqlName("schema", "rules");
    static final SqlName POLICIES = new SqlName("schema", "policies");
    static final SqlName PUBLICATIONS = new SqlName("schema", "publications");
    static final SqlName DEFAULT_PRIVILEGES = new SqlName("schema", "default_privileges");
    static final SqlName DATABASE = new SqlName("schema", "database");
    static final SqlName BUILT_IN_RIGHTS = new SqlName("schema", "built_in_rights");
    static final SqlName OPERATORS = new SqlName("schema", "operators");
    static final SqlName TEXT_SEARCH = new SqlName("schema", "text_search");
    static final SqlName FOREIGN_SERVERS = new SqlName("schema", "foreign_servers");
    static final SqlName LOOSE_OBJECTS = new SqlName("schema", "loose_objects");
    static final SqlName UNSEEN = new SqlName("schema", "unseen");
    static final SqlName LOCKED_VIEWS = new SqlName("schema", "locked_views");
    static final SqlName CONVERSIONS = new SqlName("schema", "conversions");
    static final SqlName CATALOGS = new SqlName("schema", "catalogs");
    static final SqlName DEPENDENCIES = new SqlName("schema", "dependencies");

    private SchemaSql() {}
}
