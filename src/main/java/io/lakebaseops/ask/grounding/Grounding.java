package io.lakebaseops.ask.grounding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import io.lakebaseops.domain.answer.Sentence;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Holds the sentences of a language model against the results of the conversation. A sentence with
/// a figure, time or name that follows from none of them is struck; what was written right stays as
/// it is.
///
/// What follows: a value itself, in any unit and rounded as it is written; the length of a list,
/// the sum of a column, how many rows say the same; a sum, difference or ratio of figures that
/// stand in the same sentence; how long ago a moment was. A sentence about one object may only use
/// figures of that object and of no object.
public final class Grounding {
    private final FactBase facts = new FactBase();
    private final FactBase looked = new FactBase();
    private final Predicate<String> onServer;
    private final Instant now;
    private final ZoneId zone;

    /// @param onServer knows the names of the server's objects and settings
    /// @param now when the question was asked
    /// @param zone in which times are told
    public Grounding(Predicate<String> onServer, Instant now, ZoneId zone) {
        this.onServer = onServer;
        this.now = now;
        this.zone = zone;
    }

    /// What a tool returned, as the model was given it.
    public void result(JsonNode result) {
        facts.add(result);
    }

    /// What a tool was called with: "the last 7 days" was looked at, which makes nothing else true.
    public void looked(JsonNode arguments) {
        looked.add(arguments);
    }

    /// The person's own words: names in them may be repeated, figures only as what was asked for.
    public void question(String text) {
        facts.text(text);
        looked.add(JsonNodeFactory.instance.objectNode().put("words", text));
    }

    /// Names that may be said though no result has them, such as those of tools.
    public void name(String name) {
        facts.name(name);
    }

    public List<Sentence> check(String text) {
        var check = new SentenceCheck(facts, looked, onServer, now, zone);
        var sentences = new ArrayList<Sentence>();
        for (var one : TextSentences.of(text)) {
            sentences.add(new Sentence(one.phrases(), check.wrong(one.plain())));
        }
        return sentences;
    }
}
