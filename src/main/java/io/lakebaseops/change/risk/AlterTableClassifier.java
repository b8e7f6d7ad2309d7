package io.lakebaseops.change.risk;

import io.lakebaseops.sqltext.SqlNode;

import java.util.List;
import java.util.Set;

/// Tells the class of an ALTER TABLE or ALTER INDEX from its actions. Forms that surely hold their
/// lock only briefly, or take a weak one, are recognised; all others count as a rewrite.
final class AlterTableClassifier {
    private static final Set<String> ROW_SECURITY =
            Set.of(
                    "AT_EnableRowSecurity",
                    "AT_DisableRowSecurity",
                    "AT_ForceRowSecurity",
                    "AT_NoForceRowSecurity");

    private static final Set<String> DROPPING = Set.of("AT_DropColumn", "AT_DropConstraint");

    /// Storage parameters that take SHARE UPDATE EXCLUSIVE (manual, ALTER TABLE).
    private static final Set<String> WEAK_PARAMETERS =
            Set.of(
                    "fillfactor",
                    "toast_tuple_target",
                    "parallel_workers",
                    "log_autovacuum_min_duration",
                    "vacuum_index_cleanup",
                    "vacuum_truncate");

    private final SqlNode tree;
    private final List<SqlNode> actions;

    AlterTableClassifier(SqlNode tree) {
        this.tree = tree;
        this.actions = tree.list("cmds");
    }

    StatementClass kind() {
        boolean table = tree.text("objtype").equals("OBJECT_TABLE");
        if (tree.text("objtype").equals("OBJECT_INDEX")) {
            return actions.size() == 1 && subtype(actions.getFirst()).equals("AT_AttachPartition")
                    ? StatementClass.ATTACH_INDEX
                    : StatementClass.UNKNOWN;
        }
        if (!table) {
            return StatementClass.UNKNOWN;
        }
        if (actions.stream().map(AlterTableClassifier::subtype).anyMatch(DROPPING::contains)) {
            return StatementClass.DESTROYS;
        }
        if (actions.stream().map(AlterTableClassifier::subtype).allMatch(ROW_SECURITY::contains)) {
            return StatementClass.ROW_SECURITY;
        }
        return actions.size() == 1 ? single(actions.getFirst()) : StatementClass.ALTER_TABLE;
    }

    private static String subtype(SqlNode action) {
        return action.text("subtype");
    }

    private static StatementClass single(SqlNode action) {
        boolean known =
                switch (subtype(action)) {
                    case "AT_SetRelOptions", "AT_ResetRelOptions" -> weak(action.field("def"));
                    case "AT_AddColumn" -> plain(action.field("def"));
                    case "AT_AddConstraint" -> notValid(action.field("def"));
                    default -> true;
                };
        if (!known) {
            return StatementClass.ALTER_TABLE;
        }
        return switch (subtype(action)) {
            case "AT_SetRelOptions", "AT_ResetRelOptions", "AT_SetOptions", "AT_ResetOptions" ->
                    StatementClass.SET_STORAGE;
            case "AT_ValidateConstraint" -> StatementClass.VALIDATE_CONSTRAINT;
            case "AT_ChangeOwner" -> StatementClass.OWNER;
            case "AT_AddColumn" -> StatementClass.ADD_COLUMN;
            case "AT_AddConstraint" -> StatementClass.ADD_NOT_VALID;
            default -> StatementClass.ALTER_TABLE;
        };
    }

    private static boolean weak(SqlNode options) {
        return options.items().stream()
                .map(o -> o.text("defname"))
                .allMatch(n -> WEAK_PARAMETERS.contains(n) || n.startsWith("autovacuum_"));
    }

    /// `name type [DEFAULT literal]`: no row is read, and no check runs.
    private static boolean plain(SqlNode column) {
        var type = column.field("typeName");
        return BuiltInCode.plainType(type)
                && !type.flag("setof")
                && column.list("constraints").stream()
                        .allMatch(AlterTableClassifier::literalDefault);
    }

    private static boolean literalDefault(SqlNode constraint) {
        return constraint.text("contype").equals("CONSTR_DEFAULT")
                && constraint.field("raw_expr").is("A_Const");
    }

    private static boolean notValid(SqlNode constraint) {
        return constraint.flag("skip_validation")
                && Set.of("CONSTR_CHECK", "CONSTR_FOREIGN").contains(constraint.text("contype"));
    }
}
