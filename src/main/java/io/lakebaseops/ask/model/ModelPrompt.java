package io.lakebaseops.ask.model;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;

import io.lakebaseops.ask.names.NameIndex;
import io.lakebaseops.ask.names.ServerName;
import io.lakebaseops.domain.Format;
import io.lakebaseops.domain.answer.AnswerJson;
import io.lakebaseops.domain.answer.Question;
import io.lakebaseops.state.MaskedSecrets;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;

/// What a model is told before it answers: how to work, which server it is about with the names of
/// its objects, the conversation so far, and the question. Passwords and tokens are masked in it.
final class ModelPrompt {
    private static final String FILE = "/ask/model.txt";
    private static final int TABLES = 60;
    private static final int OTHERS = 20;
    private static final int LONGEST = 4_000;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm xxx", Locale.ROOT);

    private final String instructions;

    /// Unguessable, so that no text in a database can end the data it stands in.
    private final String mark = UUID.randomUUID().toString().substring(0, 8);

    ModelPrompt() {
        try (var in = ModelPrompt.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("The class path lacks " + FILE);
            }
            instructions = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + FILE, e);
        }
    }

    List<ChatMessage> of(Question question, NameIndex names) {
        var messages = new ArrayList<ChatMessage>();
        messages.add(SystemMessage.from(instructions + "\n" + server(question, names)));
        for (var before : question.before()) {
            var verdict = AnswerJson.verdict(before.answer());
            if (!verdict.isBlank()) {
                messages.add(UserMessage.from(brief(before.question())));
                messages.add(AiMessage.from(brief(verdict)));
            }
        }
        var selected = question.selected();
        var about =
                selected == null
                        ? ""
                        : "\n(On the screen is selected: %s `%s`)"
                                .formatted(selected.type(), selected.display());
        messages.add(UserMessage.from(brief(question.text()) + about));
        return messages;
    }

    private String server(Question question, NameIndex names) {
        var target = question.target();
        var here =
                "The server is %s, branch %s. It is %s (%s)."
                        .formatted(
                                target.project(),
                                target.branch(),
                                TIME.format(question.askedAt().atZone(question.zone())),
                                question.zone());
        return here
                + "\n"
                + fenced(
                        "databases: %s\ntables, the largest first: %s\nroles: %s"
                                .formatted(
                                        list(names, "database", OTHERS),
                                        list(names, "table", TABLES),
                                        list(names, "role", OTHERS)));
    }

    private static String list(NameIndex names, String kind, int most) {
        return names.first(kind, most).stream()
                .map(ServerName::display)
                .map(Format::printable)
                .collect(Collectors.joining(", "));
    }

    /// Text out of a database, between marks.
    String fenced(String data) {
        return "<data %s>\n%s\n</data %s>".formatted(mark, data, mark);
    }

    private static String brief(String text) {
        var masked = MaskedSecrets.in(text);
        return masked.length() <= LONGEST ? masked : masked.substring(0, LONGEST) + " …";
    }
}
