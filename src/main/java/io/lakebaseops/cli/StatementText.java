package io.lakebaseops.cli;

import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;

import java.util.List;
import java.util.stream.Collectors;

/// What exactly will be sent? A plan's steps as text, values beside their statement.
final class StatementText {
    private StatementText() {}

    static List<String> of(List<Step> steps) {
        return steps.stream().map(StatementText::of).toList();
    }

    private static String of(Step step) {
        return switch (step) {
            case Step.SqlStep sql -> sql.sql() + values(sql.params());
            case Step.ScriptStep script ->
                    script.statements().stream()
                            .map(s -> s.sql() + ";" + values(s.params()))
                            .collect(Collectors.joining("\n"));
            case Step.ApiStep api -> act(api.act());
        };
    }

    private static String values(List<SqlParam> params) {
        return params.isEmpty()
                ? ""
                : params.stream()
                        .map(p -> p.name() + " = " + p.value())
                        .collect(Collectors.joining(", ", " -- ", ""));
    }

    private static String act(Step.ApiAct act) {
        return switch (act) {
            case Step.ApiAct.CreateBranch create ->
                    "create branch %s of %s from %s%s, %s%s"
                            .formatted(
                                    create.branch(),
                                    create.project(),
                                    create.source(),
                                    create.at() == null ? "" : " as of " + create.at(),
                                    create.ttlSeconds() == null
                                            ? "no expiry"
                                            : "expires after " + create.ttlSeconds() + " s",
                                    create.isProtected() ? ", protected" : "");
            case Step.ApiAct.DeleteBranch delete ->
                    "delete branch %s of %s".formatted(delete.branch(), delete.project());
            case Step.ApiAct.UndeleteBranch _,
                    Step.ApiAct.PurgeBranch _,
                    Step.ApiAct.ProtectBranch _,
                    Step.ApiAct.SetExpiry _,
                    Step.ApiAct.CreateProject _,
                    Step.ApiAct.DeleteProject _,
                    Step.ApiAct.TagProject _,
                    Step.ApiAct.ShapeEndpoint _,
                    Step.ApiAct.EnsureRole _,
                    Step.ApiAct.CatalogAct _ ->
                    act.inWords();
        };
    }
}
