package io.lakebaseops.sqltext;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// The kinds of statement PostgreSQL's grammar knows, with the commands as the manual titles them.
public enum StatementKind {
    SELECT("SelectStmt", "SELECT"),
    INSERT("InsertStmt", "INSERT"),
    UPDATE("UpdateStmt", "UPDATE"),
    DELETE("DeleteStmt", "DELETE"),
    MERGE("MergeStmt", "MERGE"),
    COPY("CopyStmt", "COPY"),
    TRUNCATE("TruncateStmt", "TRUNCATE"),
    CALL("CallStmt", "CALL"),
    DO("DoStmt", "DO"),
    EXPLAIN("ExplainStmt", "EXPLAIN"),
    PREPARE("PrepareStmt", "PREPARE"),
    EXECUTE("ExecuteStmt", "EXECUTE"),
    DEALLOCATE("DeallocateStmt", "DEALLOCATE"),
    DECLARE("DeclareCursorStmt", "DECLARE"),
    FETCH("FetchStmt", "FETCH"),
    CLOSE("ClosePortalStmt", "CLOSE"),
    TRANSACTION("TransactionStmt", "TRANSACTION"),
    LOCK("LockStmt", "LOCK"),
    SET("VariableSetStmt", "SET"),
    SHOW("VariableShowStmt", "SHOW"),
    SET_CONSTRAINTS("ConstraintsSetStmt", "SET CONSTRAINTS"),
    DISCARD("DiscardStmt", "DISCARD"),
    LISTEN("ListenStmt", "LISTEN"),
    UNLISTEN("UnlistenStmt", "UNLISTEN"),
    NOTIFY("NotifyStmt", "NOTIFY"),
    LOAD("LoadStmt", "LOAD"),
    CHECKPOINT("CheckPointStmt", "CHECKPOINT"),

    VACUUM("VacuumStmt", "VACUUM"),
    CLUSTER("ClusterStmt", "CLUSTER"),
    REINDEX("ReindexStmt", "REINDEX"),
    REFRESH("RefreshMatViewStmt", "REFRESH MATERIALIZED VIEW"),

    CREATE_TABLE("CreateStmt", "CREATE TABLE"),
    CREATE_TABLE_AS("CreateTableAsStmt", "CREATE TABLE AS"),
    CREATE_INDEX("IndexStmt", "CREATE INDEX"),
    CREATE_VIEW("ViewStmt", "CREATE VIEW"),
    CREATE_SCHEMA("CreateSchemaStmt", "CREATE SCHEMA"),
    CREATE_SEQUENCE("CreateSeqStmt", "CREATE SEQUENCE"),
    CREATE_FUNCTION("CreateFunctionStmt", "CREATE FUNCTION"),
    CREATE_TRIGGER("CreateTrigStmt", "CREATE TRIGGER"),
    CREATE_EVENT_TRIGGER("CreateEventTrigStmt", "CREATE EVENT TRIGGER"),
    CREATE_RULE("RuleStmt", "CREATE RULE"),
    CREATE_STATISTICS("CreateStatsStmt", "CREATE STATISTICS"),
    CREATE_DOMAIN("CreateDomainStmt", "CREATE DOMAIN"),
    CREATE_TYPE_COMPOSITE("CompositeTypeStmt", "CREATE TYPE"),
    CREATE_TYPE_ENUM("CreateEnumStmt", "CREATE TYPE"),
    CREATE_TYPE_RANGE("CreateRangeStmt", "CREATE TYPE"),
    /// Aggregates, operators, base types, text search, collations.
    DEFINE("DefineStmt", "CREATE"),
    CREATE_OPERATOR_CLASS("CreateOpClassStmt", "CREATE OPERATOR CLASS"),
    CREATE_OPERATOR_FAMILY("CreateOpFamilyStmt", "CREATE OPERATOR FAMILY"),
    CREATE_CAST("CreateCastStmt", "CREATE CAST"),
    CREATE_CONVERSION("CreateConversionStmt", "CREATE CONVERSION"),
    CREATE_TRANSFORM("CreateTransformStmt", "CREATE TRANSFORM"),
    CREATE_LANGUAGE("CreatePLangStmt", "CREATE LANGUAGE"),
    CREATE_ACCESS_METHOD("CreateAmStmt", "CREATE ACCESS METHOD"),
    CREATE_EXTENSION("CreateExtensionStmt", "CREATE EXTENSION"),
    CREATE_FOREIGN_TABLE("CreateForeignTableStmt", "CREATE FOREIGN TABLE"),
    CREATE_FOREIGN_DATA_WRAPPER("CreateFdwStmt", "CREATE FOREIGN DATA WRAPPER"),
    CREATE_SERVER("CreateForeignServerStmt", "CREATE SERVER"),
    CREATE_USER_MAPPING("CreateUserMappingStmt", "CREATE USER MAPPING"),
    CREATE_PUBLICATION("CreatePublicationStmt", "CREATE PUBLICATION"),
    CREATE_SUBSCRIPTION("CreateSubscriptionStmt", "CREATE SUBSCRIPTION"),
    CREATE_DATABASE("CreatedbStmt", "CREATE DATABASE"),
    CREATE_TABLESPACE("CreateTableSpaceStmt", "CREATE TABLESPACE"),
    CREATE_ROLE("CreateRoleStmt", "CREATE ROLE"),
    CREATE_POLICY("CreatePolicyStmt", "CREATE POLICY"),
    IMPORT_FOREIGN_SCHEMA("ImportForeignSchemaStmt", "IMPORT FOREIGN SCHEMA"),
    COMMENT("CommentStmt", "COMMENT"),
    SECURITY_LABEL("SecLabelStmt", "SECURITY LABEL"),

    /// Of any relation; [SqlNode] `objtype` says which.
    ALTER_TABLE("AlterTableStmt", "ALTER"),
    ALTER_TABLE_MOVE("AlterTableMoveAllStmt", "ALTER TABLE ALL IN TABLESPACE"),
    RENAME("RenameStmt", "ALTER"),
    SET_SCHEMA("AlterObjectSchemaStmt", "ALTER"),
    OWNER("AlterOwnerStmt", "ALTER"),
    DEPENDS("AlterObjectDependsStmt", "ALTER"),
    ALTER_SEQUENCE("AlterSeqStmt", "ALTER SEQUENCE"),
    ALTER_FUNCTION("AlterFunctionStmt", "ALTER FUNCTION"),
    ALTER_DOMAIN("AlterDomainStmt", "ALTER DOMAIN"),
    ALTER_ENUM("AlterEnumStmt", "ALTER TYPE"),
    ALTER_TYPE("AlterTypeStmt", "ALTER TYPE"),
    ALTER_STATISTICS("AlterStatsStmt", "ALTER STATISTICS"),
    ALTER_OPERATOR("AlterOperatorStmt", "ALTER OPERATOR"),
    ALTER_OPERATOR_FAMILY("AlterOpFamilyStmt", "ALTER OPERATOR FAMILY"),
    ALTER_COLLATION("AlterCollationStmt", "ALTER COLLATION"),
    ALTER_TEXT_SEARCH_DICTIONARY("AlterTSDictionaryStmt", "ALTER TEXT SEARCH DICTIONARY"),
    ALTER_TEXT_SEARCH_CONFIGURATION("AlterTSConfigurationStmt", "ALTER TEXT SEARCH CONFIGURATION"),
    ALTER_EVENT_TRIGGER("AlterEventTrigStmt", "ALTER EVENT TRIGGER"),
    ALTER_EXTENSION("AlterExtensionStmt", "ALTER EXTENSION"),
    ALTER_EXTENSION_CONTENTS("AlterExtensionContentsStmt", "ALTER EXTENSION"),
    ALTER_FOREIGN_DATA_WRAPPER("AlterFdwStmt", "ALTER FOREIGN DATA WRAPPER"),
    ALTER_SERVER("AlterForeignServerStmt", "ALTER SERVER"),
    ALTER_USER_MAPPING("AlterUserMappingStmt", "ALTER USER MAPPING"),
    ALTER_PUBLICATION("AlterPublicationStmt", "ALTER PUBLICATION"),
    ALTER_SUBSCRIPTION("AlterSubscriptionStmt", "ALTER SUBSCRIPTION"),
    ALTER_DATABASE("AlterDatabaseStmt", "ALTER DATABASE"),
    ALTER_DATABASE_SET("AlterDatabaseSetStmt", "ALTER DATABASE"),
    ALTER_DATABASE_REFRESH("AlterDatabaseRefreshCollStmt", "ALTER DATABASE"),
    ALTER_TABLESPACE("AlterTableSpaceOptionsStmt", "ALTER TABLESPACE"),
    ALTER_SYSTEM("AlterSystemStmt", "ALTER SYSTEM"),
    ALTER_ROLE("AlterRoleStmt", "ALTER ROLE"),
    ALTER_ROLE_SET("AlterRoleSetStmt", "ALTER ROLE"),
    ALTER_POLICY("AlterPolicyStmt", "ALTER POLICY"),
    ALTER_DEFAULT_PRIVILEGES("AlterDefaultPrivilegesStmt", "ALTER DEFAULT PRIVILEGES"),

    /// Of any object; `removeType` says which.
    DROP("DropStmt", "DROP"),
    DROP_DATABASE("DropdbStmt", "DROP DATABASE"),
    DROP_TABLESPACE("DropTableSpaceStmt", "DROP TABLESPACE"),
    DROP_ROLE("DropRoleStmt", "DROP ROLE"),
    DROP_OWNED("DropOwnedStmt", "DROP OWNED"),
    DROP_SUBSCRIPTION("DropSubscriptionStmt", "DROP SUBSCRIPTION"),
    DROP_USER_MAPPING("DropUserMappingStmt", "DROP USER MAPPING"),
    REASSIGN_OWNED("ReassignOwnedStmt", "REASSIGN OWNED"),

    GRANT("GrantStmt", "GRANT"),
    GRANT_ROLE("GrantRoleStmt", "GRANT"),

    /// A node this list lacks: the grammar is newer than it.
    OTHER("", "");

    private static final Map<String, StatementKind> BY_NODE = byNode();

    private final String node;
    private final String command;

    StatementKind(String node, String command) {
        this.node = node;
        this.command = command;
    }

    private static Map<String, StatementKind> byNode() {
        var kinds = new HashMap<String, StatementKind>();
        for (var kind : values()) {
            kinds.put(kind.node, kind);
        }
        return Map.copyOf(kinds);
    }

    static StatementKind of(SqlNode tree) {
        return BY_NODE.getOrDefault(tree.kind(), OTHER);
    }

    String command(SqlNode tree) {
        return switch (this) {
            case DROP -> "DROP " + object(tree.text("removeType"));
            case ALTER_TABLE -> "ALTER " + object(tree.text("objtype"));
            case RENAME -> "ALTER " + object(tree.text("renameType"));
            case SET_SCHEMA, OWNER, DEPENDS -> "ALTER " + object(tree.text("objectType"));
            case DEFINE -> "CREATE " + object(tree.text("kind"));
            case CREATE_TABLE_AS ->
                    tree.text("objtype").equals("OBJECT_MATVIEW")
                            ? "CREATE MATERIALIZED VIEW"
                            : command;
            case CREATE_FUNCTION -> tree.flag("is_procedure") ? "CREATE PROCEDURE" : command;
            case VACUUM -> tree.flag("is_vacuumcmd") ? command : "ANALYZE";
            case GRANT, GRANT_ROLE -> tree.flag("is_grant") ? command : "REVOKE";
            case TRANSACTION -> tree.text("kind").replace("TRANS_STMT_", "").replace('_', ' ');
            case OTHER -> tree.kind();
            default -> command;
        };
    }

    private static String object(String type) {
        return switch (type) {
            case "OBJECT_MATVIEW" -> "MATERIALIZED VIEW";
            case "OBJECT_TSCONFIGURATION" -> "TEXT SEARCH CONFIGURATION";
            case "OBJECT_TSDICTIONARY" -> "TEXT SEARCH DICTIONARY";
            case "OBJECT_TSPARSER" -> "TEXT SEARCH PARSER";
            case "OBJECT_TSTEMPLATE" -> "TEXT SEARCH TEMPLATE";
            case "OBJECT_COLUMN", "OBJECT_TABCONSTRAINT" -> "TABLE";
            case "OBJECT_STATISTIC_EXT" -> "STATISTICS";
            case "OBJECT_FDW" -> "FOREIGN DATA WRAPPER";
            case "OBJECT_FOREIGN_SERVER" -> "SERVER";
            case "OBJECT_OPCLASS" -> "OPERATOR CLASS";
            case "OBJECT_OPFAMILY" -> "OPERATOR FAMILY";
            case "OBJECT_ATTRIBUTE" -> "TYPE";
            default -> type.replace("OBJECT_", "").replace('_', ' ').toUpperCase(Locale.ROOT);
        };
    }
}
