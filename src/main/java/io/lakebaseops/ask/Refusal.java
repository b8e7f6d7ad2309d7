package io.lakebaseops.ask;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.ask.Understanding.Slots;
import io.lakebaseops.ask.meaning.Order;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.NextStep;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.domain.answer.Sentence.Phrase;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is said to an order: that nothing was done, and which plan could be filed instead.
final class Refusal {
    private static final int SHOWN = 80;

    private Refusal() {}

    static List<Sentence> verdict(List<Order> orders, List<NextStep> instead) {
        var said = Format.printable(orders.getFirst().sentence());
        var shown = said.length() > SHOWN ? said.substring(0, SHOWN) + "…" : said;
        var words =
                instead.isEmpty()
                        ? " Write it as a migration: a plan is made of it, which a person approves."
                        : " What can be filed is a plan: of low risk it runs at once, as policy"
                                + " allows; else a person approves it first.";
        return List.of(
                new Sentence(
                        List.of(
                                new Phrase("Nothing was changed: ", true),
                                new Phrase(
                                        "Ask only reads, and “" + shown + "” is an order.", false)),
                        null),
                new Sentence(List.of(new Phrase(words.strip(), false)), null));
    }

    static List<NextStep> instead(List<Order> orders, Slots slots) {
        var steps = new ArrayList<NextStep>();
        var order = orders.getFirst();
        var table = slots.names().get("table");
        var index = slots.names().get("index");
        var pid = slots.numbers().get("pid");
        switch (order.act()) {
            case "drop" -> {
                if (index != null) {
                    steps.add(
                            new NextStep.AskFurther(
                                    "Can it be dropped?",
                                    "can I drop the index " + index.display()));
                    steps.add(new NextStep.OpenScreen("Indexes", "indexes", index.display()));
                }
            }
            case "end" -> {
                var input = JsonNodeFactory.instance.objectNode();
                if (pid != null) {
                    input.put("pid", Integer.parseInt(pid));
                }
                steps.add(
                        new NextStep.FilePlan(
                                pid == null
                                        ? "File plan: end idle sessions"
                                        : "File plan: end session " + pid,
                                "terminate_idle_connections",
                                input));
            }
            case "vacuum" -> {
                var input = JsonNodeFactory.instance.objectNode();
                if (table != null && order.sentence().toLowerCase(Locale.ROOT).contains("full")) {
                    input.put("schema", table.schema()).put("table", table.name());
                    input.put("database", table.database());
                    steps.add(
                            new NextStep.FilePlan(
                                    "File plan: VACUUM FULL", "schedule_vacuum_full", input));
                } else {
                    if (table != null) {
                        input.putArray("tables")
                                .addObject()
                                .put("database", table.database())
                                .put("schema", table.schema())
                                .put("table", table.name());
                        input.put("window", "NOW");
                    }
                    steps.add(
                            new NextStep.FilePlan(
                                    "File plan: vacuum", "schedule_vacuum_analyze", input));
                }
            }
            case "reindex" -> steps.add(new NextStep.OpenScreen("Indexes", "indexes", null));
            case "branch" ->
                    steps.add(new NextStep.OpenScreen("Branches", "branches", slots.branch()));
            case "archive" -> {
                var input = JsonNodeFactory.instance.objectNode();
                if (table != null) {
                    input.put("table", table.display());
                }
                steps.add(
                        new NextStep.FilePlan(
                                "File plan: archive cold rows",
                                "archive_cold_data_to_delta",
                                input));
            }
            case "tune" ->
                    steps.add(
                            new NextStep.FilePlan(
                                    "File plan: tune autovacuum",
                                    "tune_autovacuum_parameters",
                                    JsonNodeFactory.instance.objectNode()));
            case "heal" ->
                    steps.add(
                            new NextStep.FilePlan(
                                    "File plan: heal",
                                    "self_heal",
                                    JsonNodeFactory.instance.objectNode()));
            default -> {}
        }
        return steps;
    }
}
