package io.lakebaseops.domain.answer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.Exhibit.ResultCell;
import io.lakebaseops.domain.answer.Exhibit.ResultChart;
import io.lakebaseops.domain.answer.Exhibit.ResultTable;
import io.lakebaseops.domain.answer.Exhibit.ResultText;

import java.util.List;
import java.util.stream.Collectors;

/// An answer as the JSON object of commands, tools and protocols. Ids of statements are strings:
/// they do not fit into a number of JavaScript.
public final class AnswerJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AnswerJson() {}

    /// The sentences that stand as fact, as one text.
    public static String verdict(Answer answer) {
        return answer.verdict().stream()
                .filter(s -> s.struck() == null)
                .map(Sentence::text)
                .collect(Collectors.joining(" "));
    }

    public static ObjectNode of(String question, Answer answer) {
        var out = JSON.objectNode().put("question", question);
        out.put("verdict", verdict(answer));
        out.put("kind", answer.kind().name()).put("tone", answer.tone().name());
        var reading = answer.reading();
        out.put("intent", reading == null ? null : reading.intent());
        var slots = out.putObject("slots");
        if (reading != null) {
            reading.slots().forEach(s -> slots.put(s.name(), s.value()));
        }
        out.put("abstained", answer.kind() == Kind.OUTSIDE);
        var evidence = out.putArray("evidence");
        answer.evidence().forEach(e -> evidence.add(exhibit(e)));
        texts(out.putArray("ruled_out"), answer.ruledOut());
        var actions = out.putArray("actions");
        answer.actions().forEach(a -> actions.add(action(a)));
        var tools = out.putArray("tools_used");
        answer.steps().stream().map(AnswerStep::tool).distinct().forEach(tools::add);
        var clarify = out.putArray("clarify");
        for (var other : answer.clarify()) {
            clarify.addObject().put("intent", other.intent()).put("words", other.words());
        }
        var confidence = answer.confidence();
        if (confidence != null) {
            out.put("confidence", confidence.value());
        }
        var model = answer.model();
        out.put("model", model == null ? null : model.name());
        if (model != null) {
            use(out.putObject("model_use"), model);
        }
        out.put("trouble", answer.trouble());
        out.put("answered_at", answer.answeredAt().toString());
        return out.put("took_ms", answer.took().toMillis());
    }

    private static void use(ObjectNode out, ModelUse use) {
        out.put("rounds", use.rounds()).put("tokens_in", use.tokensIn());
        out.put("tokens_out", use.tokensOut()).put("took_ms", use.took().toMillis());
        out.put("sentences_struck", use.sentencesStruck());
        out.put("cost", use.cost() == null ? null : use.cost().toPlainString());
    }

    private static ObjectNode exhibit(Exhibit exhibit) {
        var out = JSON.objectNode().put("title", exhibit.title());
        out.put("source", exhibit.source()).put("origin", exhibit.origin().name());
        switch (exhibit) {
            case ResultTable table -> table(out, table);
            case ResultChart chart -> chart(out, chart);
            case ResultText text -> out.put("text", text.text());
        }
        return out;
    }

    private static void table(ObjectNode out, ResultTable table) {
        var columns = out.putArray("columns");
        for (var column : table.columns()) {
            columns.addObject().put("name", column.name()).put("unit", column.unit());
        }
        var rows = out.putArray("rows");
        table.rows().forEach(row -> cells(rows.addArray(), row));
        var total = table.total();
        if (total != null) {
            cells(out.putArray("total"), total);
        }
        out.put("rows_in_all", table.rowsInAll());
    }

    private static void cells(ArrayNode out, List<ResultCell> cells) {
        cells.forEach(cell -> out.add(cell.text()));
    }

    private static void chart(ObjectNode out, ResultChart chart) {
        out.put("unit", chart.unit());
        var series = out.putArray("series");
        for (var one : chart.series()) {
            var points = series.addObject().put("name", one.name()).putArray("points");
            for (var point : one.points()) {
                points.addArray().add(point.time().toString()).add(point.value());
            }
        }
    }

    private static ObjectNode action(NextStep step) {
        var out = JSON.objectNode().put("label", step.label());
        switch (step) {
            case NextStep.FilePlan plan -> {
                out.put("do", "propose_" + plan.tool());
                out.set("input", plan.input().deepCopy());
            }
            case NextStep.OpenScreen open -> {
                out.put("do", "open_screen").put("screen", open.screen());
                out.put("item", open.item());
            }
            case NextStep.AskFurther ask -> out.put("do", "ask").put("question", ask.question());
        }
        return out;
    }

    private static void texts(ArrayNode out, List<String> texts) {
        texts.forEach(out::add);
    }
}
