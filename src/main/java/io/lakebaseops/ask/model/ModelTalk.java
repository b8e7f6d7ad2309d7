package io.lakebaseops.ask.model;

import com.fasterxml.jackson.databind.JsonNode;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ToolChoice;

import io.lakebaseops.ask.grounding.Grounding;
import io.lakebaseops.ask.names.NameIndex;
import io.lakebaseops.domain.Deadline;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.domain.answer.Answer;
import io.lakebaseops.domain.answer.Answer.Kind;
import io.lakebaseops.domain.answer.AnswerJson;
import io.lakebaseops.domain.answer.AnswerProgress;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.domain.answer.Sentence;
import io.lakebaseops.framework.Tool;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// One question put to a language model: rounds of functions it calls, its text, the check of that,
/// and once a correction. It ends when the model has answered, when a limit is reached, or when a
/// person stops it.
final class ModelTalk {
    /// Of one round; a model that wants more may ask again.
    private static final int MOST_CALLS = 8;

    /// Characters of one result, about 4,000 tokens.
    private static final int MOST_OF_RESULT = 16_000;

    private final Question question;
    private final ModelPrompt prompt;
    private final Functions functions;
    private final Spent spent;
    private final Line line;
    private final AnswerProgress progress;
    private final Deadline asked;
    private final Deadline deadline;
    private final Grounding grounding;
    private final ModelEvidence evidence;
    private final List<ChatMessage> messages;
    private final Map<String, JsonNode> done = new HashMap<>();
    private List<Sentence> sentences = List.of();
    private @Nullable String trouble;

    /// Hears a request before it leaves.
    interface Outgoing {
        void of(String body, Spent spent);
    }

    /// The way to the model.
    record Line(ModelClient client, Outgoing outgoing) {}

    /// @param id of the answer
    /// @param asked ends when the person stops it
    /// @param deadline ends besides when the time of the settings is over
    ModelTalk(
            UUID id,
            Question question,
            ModelPrompt prompt,
            Functions functions,
            NameIndex names,
            Spent spent,
            Line line,
            AnswerProgress progress,
            Deadline asked,
            Deadline deadline,
            Clock clock) {
        this.question = question;
        this.prompt = prompt;
        this.functions = functions;
        this.spent = spent;
        this.line = line;
        this.progress = progress;
        this.asked = asked;
        this.deadline = deadline;
        messages = new ArrayList<>(prompt.of(question, names));
        evidence = new ModelEvidence(id, question, clock);
        grounding =
                new Grounding(
                        name -> !names.exactly(name.replace("\"", "")).isEmpty(),
                        question.askedAt(),
                        question.zone());
        grounding.question(question.text());
        for (Tool<?, ?> tool : functions.offered()) {
            grounding.name(tool.descriptor().name());
            grounding.name(Functions.PROPOSE + tool.descriptor().name());
        }
        for (var before : question.before()) {
            grounding.question(before.question());
            grounding.result(AnswerJson.of(before.question(), before.answer()));
        }
    }

    @Nullable String trouble() {
        return trouble;
    }

    /// Null when there is nothing of the model to show: it failed before it said or read anything.
    @Nullable Answer answer() {
        try {
            rounds();
        } catch (OpsException e) {
            if (asked.cancelled()) {
                return evidence.answer(Kind.STOPPED, sentences, functions, use(), null);
            }
            trouble = "The language model: " + e.why();
            if (evidence.steps().isEmpty()) {
                return null;
            }
            trouble += "; what was read until then stands";
        }
        boolean stands = sentences.stream().anyMatch(s -> s.struck() == null);
        if (!stands && evidence.steps().isEmpty()) {
            trouble = trouble == null ? "The language model said nothing that stands" : trouble;
            return null;
        }
        if (!stands && trouble == null) {
            trouble = "No sentence of the language model stands; what was read is below";
        }
        return evidence.answer(Kind.ANSWERED, sentences, functions, use(), trouble);
    }

    private io.lakebaseops.domain.answer.ModelUse use() {
        return spent.use((int) sentences.stream().filter(s -> s.struck() != null).count());
    }

    private void rounds() {
        boolean corrected = false;
        while (true) {
            var over = spent.over();
            if (over != null) {
                trouble = over;
                return;
            }
            var reply = round();
            if (reply.ended() != null) {
                var next = checked(reply.message());
                sentences = next.isEmpty() ? sentences : next;
                trouble = Objects.requireNonNullElse(spent.over(), reply.ended());
                return;
            }
            messages.add(sendable(reply.message()));
            if (reply.message().hasToolExecutionRequests()) {
                calls(reply.message().toolExecutionRequests());
                continue;
            }
            var next = checked(reply.message());
            boolean better = sentences.isEmpty() || struck(next) < struck(sentences);
            sentences = better ? next : sentences;
            if (struck(sentences) == 0 || corrected || spent.lastRound()) {
                return;
            }
            corrected = true;
            messages.add(UserMessage.from(correction(sentences)));
        }
    }

    private ModelClient.Reply round() {
        var last = spent.lastRound();
        progress.started("asking the language model, round %d".formatted(spent.rounds() + 1));
        if (last) {
            messages.add(
                    UserMessage.from(
                            "No more functions can be called. Answer now from the results above; say"
                                    + " what is missing."));
        }
        var request = ChatRequest.builder().messages(messages);
        if (!last) {
            request.toolSpecifications(functions.specifications());
        } else if (line.client().declaresFunctions()) {
            request.toolSpecifications(functions.specifications()).toolChoice(ToolChoice.NONE);
        }
        Consumer<String> sent = body -> line.outgoing().of(body, spent);
        var reply =
                line.client()
                        .ask(
                                request.build(),
                                Math.max(1, spent.tokensLeft()),
                                progress::words,
                                sent,
                                deadline);
        spent.round(reply);
        return reply;
    }

    /// Arguments that are no JSON object would make the next request one that no server takes.
    private static AiMessage sendable(AiMessage message) {
        var calls =
                message.toolExecutionRequests().stream()
                        .map(
                                c ->
                                        Functions.isObject(c.arguments())
                                                ? c
                                                : c.toBuilder().arguments("{}").build())
                        .toList();
        return calls.equals(message.toolExecutionRequests())
                ? message
                : message.toBuilder().toolExecutionRequests(calls).build();
    }

    private List<Sentence> checked(AiMessage message) {
        return grounding.check(Objects.requireNonNullElse(message.text(), ""));
    }

    private static long struck(List<Sentence> sentences) {
        return sentences.stream().filter(s -> s.struck() != null).count();
    }

    private static String correction(List<Sentence> sentences) {
        return sentences.stream()
                .filter(s -> s.struck() != null)
                .map(s -> "- " + s.text().strip() + "  (" + s.struck() + ")")
                .collect(
                        Collectors.joining(
                                "\n",
                                "These sentences were struck out:\n",
                                "\nWrite the whole answer again with figures, names and times of the"
                                        + " results only; leave out what they do not say."));
    }

    private void calls(List<ToolExecutionRequest> requests) {
        int number = 0;
        for (var request : requests) {
            deadline.check("The language model");
            var json =
                    ++number > MOST_CALLS
                            ? Functions.error("too many functions at once: ask again")
                            : call(request);
            messages.add(ToolExecutionResultMessage.from(request, prompt.fenced(json.toString())));
        }
    }

    /// The same call gives the same result; it is not run again.
    private JsonNode call(ToolExecutionRequest request) {
        var key = request.name() + " " + request.arguments();
        var before = done.get(key);
        if (before != null) {
            return Functions.error("this was called before: its result is above");
        }
        progress.started(request.name().replace('_', ' '));
        var called = functions.call(request, deadline);
        var json = ModelJson.shaped(called.json(), MOST_OF_RESULT);
        done.put(key, json);
        if (called.report() != null) {
            grounding.result(json);
            grounding.looked(called.arguments());
            progress.ended(evidence.add(called, json));
        }
        return json;
    }
}
