package io.lakebaseops.change.risk;

import io.lakebaseops.domain.plan.ApiAct;
import io.lakebaseops.domain.plan.ChangePlan;
import io.lakebaseops.domain.plan.RoutineAct;
import io.lakebaseops.domain.plan.Step;
import io.lakebaseops.lakebase.acts.ControlPlaneAct;
import io.lakebaseops.lakebase.acts.CreateBranchAct;
import io.lakebaseops.lakebase.acts.CreateProjectAct;
import io.lakebaseops.lakebase.acts.DeleteBranchAct;
import io.lakebaseops.lakebase.acts.DeleteProjectAct;
import io.lakebaseops.lakebase.acts.EnsureRoleAct;
import io.lakebaseops.lakebase.acts.GrantOnCatalogAct;
import io.lakebaseops.lakebase.acts.ProtectBranchAct;
import io.lakebaseops.lakebase.acts.PurgeBranchAct;
import io.lakebaseops.lakebase.acts.RegisterCatalogAct;
import io.lakebaseops.lakebase.acts.RevokeOnCatalogAct;
import io.lakebaseops.lakebase.acts.SetExpiryAct;
import io.lakebaseops.lakebase.acts.ShapeEndpointAct;
import io.lakebaseops.lakebase.acts.TagProjectAct;
import io.lakebaseops.lakebase.acts.UndeleteBranchAct;
import io.lakebaseops.lakebase.acts.UnregisterCatalogAct;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/// What a plan does of the acts that may run without asking, and the tables it names, told from its
/// steps like its risk: its title could say anything.
public final class RoutineActs {
    private RoutineActs() {}

    public static Set<RoutineAct> of(ChangePlan plan) {
        var acts = EnumSet.noneOf(RoutineAct.class);
        for (var step : plan.steps()) {
            switch (step) {
                case Step.SqlStep sql -> add(acts, sql.sql());
                case Step.ScriptStep script -> script.statements().forEach(s -> add(acts, s.sql()));
                case Step.ApiStep api -> add(acts, api.act());
                case Step.ArchiveStep _ -> {} // never of low risk
            }
        }
        return acts;
    }

    private static void add(Set<RoutineAct> acts, String sql) {
        switch (StatementClass.of(sql)) {
            case VACUUM, VACUUM_FREEZE -> acts.add(RoutineAct.VACUUM);
            case ANALYZE -> acts.add(RoutineAct.ANALYZE);
            case SIGNAL_SESSION -> acts.add(RoutineAct.END_IDLE_SESSIONS);
            // What else is there is no routine: at least one person decides about it.
            default -> {}
        }
    }

    private static void add(Set<RoutineAct> acts, ApiAct act) {
        switch (ControlPlaneAct.of(act)) {
            case CreateBranchAct _ -> acts.add(RoutineAct.CREATE_BRANCH);
            case DeleteBranchAct _, PurgeBranchAct _ -> acts.add(RoutineAct.DELETE_BRANCH);
            case UndeleteBranchAct _ -> acts.add(RoutineAct.RESTORE_BRANCH);
            case SetExpiryAct _ -> acts.add(RoutineAct.SET_EXPIRY);
            case TagProjectAct _ -> acts.add(RoutineAct.TAG_PROJECT);
            case ProtectBranchAct _,
                    CreateProjectAct _,
                    DeleteProjectAct _,
                    ShapeEndpointAct _,
                    EnsureRoleAct _,
                    RegisterCatalogAct _,
                    UnregisterCatalogAct _,
                    GrantOnCatalogAct _,
                    RevokeOnCatalogAct _ -> {}
        }
    }

    /// As `schema.name`; a name without a schema is that of the plan's own subject or nobody's.
    public static Set<String> tables(ChangePlan plan) {
        var tables = new HashSet<String>();
        var subject = plan.subject();
        if (subject.schema() != null && subject.table() != null) {
            tables.add(subject.schema() + "." + subject.table());
        }
        for (var step : plan.steps()) {
            switch (step) {
                case Step.SqlStep sql -> named(tables, sql.sql());
                case Step.ScriptStep script ->
                        script.statements().forEach(s -> named(tables, s.sql()));
                case Step.ArchiveStep _, Step.ApiStep _ -> {} // the subject says it
            }
        }
        return tables;
    }

    private static void named(Set<String> tables, String sql) {
        var reads = StatementFacts.of(sql).reads();
        if (reads != null) {
            reads.relations().forEach(r -> tables.add(r.schema() + "." + r.name()));
        }
    }
}
