package io.lakebaseops.ddl;

import io.lakebaseops.ddl.DdlAct.Name;
import io.lakebaseops.sqltext.SqlNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Reads the actions of ALTER TABLE, and of ALTER INDEX and its like, which share its tree.
final class AlterTableReader {
    private static final Set<String> SERIALS =
            Set.of("serial", "bigserial", "smallserial", "serial2", "serial4", "serial8");

    /// Computed once per statement, so the default is stored once for all rows.
    private static final Set<String> NOT_VOLATILE =
            Set.of(
                    "now",
                    "transaction_timestamp",
                    "statement_timestamp",
                    "current_setting",
                    "lower",
                    "upper",
                    "md5",
                    "length",
                    "date_trunc",
                    "to_char",
                    "to_date",
                    "to_timestamp",
                    "timezone",
                    "concat",
                    "replace",
                    "jsonb_build_object",
                    "jsonb_build_array",
                    "json_build_object",
                    "json_build_array",
                    "abs",
                    "round",
                    "floor");

    private AlterTableReader() {}

    static List<DdlAct> read(SqlNode tree) {
        if (!tree.field("relation").has("relname")) {
            return List.of();
        }
        var relation = DdlReader.name(tree.field("relation"));
        var acts = new ArrayList<DdlAct>();
        for (var action : tree.list("cmds")) {
            switch (tree.text("objtype")) {
                case "OBJECT_INDEX" -> acts.add(index(relation, action));
                case "OBJECT_TABLE", "OBJECT_MATVIEW" -> acts.addAll(table(relation, action));
                case "OBJECT_VIEW", "OBJECT_FOREIGN_TABLE", "OBJECT_SEQUENCE" ->
                        acts.add(DdlAct.of(DdlForm.ALTER_OTHER, relation));
                default -> {}
            }
        }
        return acts;
    }

    private static DdlAct index(Name index, SqlNode action) {
        return switch (action.text("subtype")) {
            case "AT_AttachPartition",
                    "AT_SetRelOptions",
                    "AT_ResetRelOptions",
                    "AT_SetStatistics" ->
                    DdlAct.of(DdlForm.ALTER_INDEX, index);
            case "AT_SetTableSpace" -> DdlAct.of(DdlForm.REWRITE_TABLE, index);
            default -> DdlAct.of(DdlForm.ALTER_OTHER, index);
        };
    }

    private static List<DdlAct> table(Name table, SqlNode action) {
        var column = action.text("name");
        var def = action.field("def");
        return switch (action.text("subtype")) {
            case "AT_AddColumn" -> addColumn(table, def);
            case "AT_DropColumn" -> List.of(DdlAct.column(DdlForm.DROP_COLUMN, table, column));
            case "AT_AlterColumnType" -> List.of(retype(table, column, def));
            case "AT_DropNotNull" -> List.of(DdlAct.column(DdlForm.DROP_NOT_NULL, table, column));
            case "AT_SetNotNull" -> List.of(DdlAct.column(DdlForm.SET_NOT_NULL, table, column));
            case "AT_SetStatistics", "AT_SetOptions", "AT_ResetOptions" ->
                    List.of(DdlAct.column(DdlForm.SET_STORAGE, table, column));
            case "AT_SetRelOptions", "AT_ResetRelOptions", "AT_ClusterOn", "AT_DropCluster" ->
                    List.of(DdlAct.of(DdlForm.SET_STORAGE, table));
            case "AT_AddConstraint" -> addConstraint(table, def);
            case "AT_ValidateConstraint" -> List.of(DdlAct.of(DdlForm.VALIDATE, table));
            case "AT_SetLogged",
                    "AT_SetUnLogged",
                    "AT_SetTableSpace",
                    "AT_SetAccessMethod",
                    "AT_SetExpression" ->
                    List.of(DdlAct.of(DdlForm.REWRITE_TABLE, table));
            case "AT_AttachPartition" ->
                    List.of(
                            DdlAct.of(DdlForm.ATTACH_PARTITION, DdlReader.name(def.field("name"))),
                            DdlAct.of(DdlForm.PARENT_OF, table));
            case "AT_DetachPartition" ->
                    detach(
                            table,
                            def,
                            def.flag("concurrent")
                                    ? DdlForm.DETACH_PARTITION_CONCURRENTLY
                                    : DdlForm.DETACH_PARTITION);
            case "AT_DetachPartitionFinalize" ->
                    List.of(
                            DdlAct.of(DdlForm.DETACH_PARTITION_CONCURRENTLY, table),
                            DdlAct.of(DdlForm.ALTER_OTHER, DdlReader.name(def.field("name"))));
            case "AT_AddInherit" -> {
                var acts = new ArrayList<>(DdlReader.one(DdlForm.PARENT_OF, def));
                acts.add(DdlAct.of(DdlForm.ALTER_OTHER, table));
                yield acts;
            }
            case "AT_EnableTrig",
                    "AT_EnableAlwaysTrig",
                    "AT_EnableReplicaTrig",
                    "AT_DisableTrig",
                    "AT_EnableTrigAll",
                    "AT_DisableTrigAll",
                    "AT_EnableTrigUser",
                    "AT_DisableTrigUser" ->
                    List.of(DdlAct.of(DdlForm.CREATE_TRIGGER, table));
            default -> List.of(DdlAct.of(DdlForm.ALTER_OTHER, table));
        };
    }

    /// The partition is locked as hard as the parent, or harder.
    private static List<DdlAct> detach(Name table, SqlNode partition, DdlForm form) {
        return List.of(
                DdlAct.of(form, table),
                DdlAct.of(DdlForm.DETACH_PARTITION, DdlReader.name(partition.field("name"))));
    }

    private static List<DdlAct> addColumn(Name table, SqlNode column) {
        var acts = new ArrayList<DdlAct>();
        var form = columnForm(column);
        var type = SqlTypeName.of(column.field("typeName"));
        acts.add(new DdlAct(form, form.lock(), table, column.text("colname"), type));
        column.list("constraints").stream()
                .filter(c -> c.has("pktable"))
                .forEach(c -> acts.add(DdlReader.references(c)));
        return acts;
    }

    private static DdlForm columnForm(SqlNode column) {
        var type = SqlTypeName.of(column.field("typeName"));
        if (SERIALS.contains(type)
                || has(column, "CONSTR_GENERATED")
                || has(column, "CONSTR_IDENTITY")
                || computed(column)) {
            return DdlForm.ADD_COLUMN_COMPUTED;
        }
        if (has(column, "CONSTR_UNIQUE") || has(column, "CONSTR_PRIMARY")) {
            return DdlForm.ADD_COLUMN_UNIQUE;
        }
        if (has(column, "CONSTR_NOTNULL") && !has(column, "CONSTR_DEFAULT")) {
            return DdlForm.ADD_COLUMN_NOT_NULL;
        }
        return has(column, "CONSTR_CHECK") || has(column, "CONSTR_FOREIGN")
                ? DdlForm.ADD_COLUMN_CHECKED
                : DdlForm.ADD_COLUMN;
    }

    private static boolean has(SqlNode column, String constraint) {
        return column.list("constraints").stream()
                .anyMatch(c -> c.text("contype").equals(constraint));
    }

    /// Any call of a function not known to be stable counts as volatile.
    private static boolean computed(SqlNode column) {
        return column.list("constraints").stream()
                .filter(c -> c.text("contype").equals("CONSTR_DEFAULT"))
                .flatMap(c -> c.field("raw_expr").all())
                .filter(n -> n.has("funcname"))
                .anyMatch(n -> !stable(n.names("funcname")));
    }

    private static boolean stable(List<String> function) {
        boolean ours = function.size() == 1 || function.getFirst().equals("pg_catalog");
        return ours && NOT_VOLATILE.contains(function.getLast());
    }

    private static DdlAct retype(Name table, String column, SqlNode def) {
        var type = def.has("raw_default") ? null : SqlTypeName.of(def.field("typeName"));
        return new DdlAct(DdlForm.ALTER_TYPE, DdlForm.ALTER_TYPE.lock(), table, column, type);
    }

    private static List<DdlAct> addConstraint(Name table, SqlNode constraint) {
        boolean notValid = constraint.flag("skip_validation");
        return switch (constraint.text("contype")) {
            case "CONSTR_FOREIGN" ->
                    List.of(
                            DdlAct.of(
                                    notValid
                                            ? DdlForm.ADD_FOREIGN_KEY_NOT_VALID
                                            : DdlForm.ADD_FOREIGN_KEY,
                                    table),
                            DdlReader.references(constraint));
            case "CONSTR_CHECK" ->
                    List.of(
                            DdlAct.of(
                                    notValid ? DdlForm.ADD_CHECK_NOT_VALID : DdlForm.ADD_CHECK,
                                    table));
            case "CONSTR_EXCLUSION" -> List.of(DdlAct.of(DdlForm.ADD_EXCLUSION, table));
            case "CONSTR_PRIMARY" ->
                    List.of(
                            constraint.has("indexname")
                                    ? DdlAct.column(
                                            DdlForm.ADD_PRIMARY_KEY_USING_INDEX,
                                            table,
                                            constraint.text("indexname"))
                                    : DdlAct.of(DdlForm.ADD_UNIQUE, table));
            default ->
                    List.of(
                            DdlAct.of(
                                    constraint.has("indexname")
                                            ? DdlForm.ADD_UNIQUE_USING_INDEX
                                            : DdlForm.ADD_UNIQUE,
                                    table));
        };
    }
}
