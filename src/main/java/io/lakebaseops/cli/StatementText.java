package io.lakebaseops.cli;

import io.lakebaseops.domain.plan.SqlParam;
import io.lakebaseops.domain.plan.Step;

import java.util.List;
import java.util.stream.Collectors;

/// The steps of a plan as text, values beside their statement.
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
            case Step.ApiStep api -> api.act().inWords();
            case Step.ArchiveStep archive -> archive.order().inWords();
        };
    }

    private static String values(List<SqlParam> params) {
        return params.isEmpty()
                ? ""
                : params.stream()
                        .map(p -> p.name() + " = " + p.value())
                        .collect(Collectors.joining(", ", " -- ", ""));
    }
}
