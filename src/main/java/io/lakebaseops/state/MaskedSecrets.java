package io.lakebaseops.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import java.util.regex.Pattern;

/// Text without the passwords and tokens in it. People paste connection strings into questions, and
/// statements on a server may hold passwords.
public final class MaskedSecrets {
    private static final String MASK = "***";
    private static final ObjectMapper JSON = new ObjectMapper();

    /// `postgresql://user:THIS@host`
    private static final Pattern IN_URL =
            Pattern.compile("([a-zA-Z][a-zA-Z0-9+.-]*://[^\\s:/@']*):[^\\s@/']+@");

    /// `password=THIS`, `PASSWORD 'THIS'`, `api_key: "THIS"`
    private static final Pattern NAMED =
            Pattern.compile(
                    "(?i)\\b([\\w-]*(?:password|passwd|passphrase|secret|token|api[_-]?key))"
                            + "(\\s*[=:]\\s*(?=\\S)|\\s+(?=['\"$]))"
                            + "('(?:[^']|'')*'|\"[^\"]*\"|\\$(\\w*)\\$.*?\\$\\4\\$|[^\\s&,;)]+)");

    /// Tokens that say by their form what they are: Databricks, GitHub, Slack, AWS, JWT, model
    /// servers.
    private static final Pattern KNOWN =
            Pattern.compile(
                    "\\b(?:dapi[0-9a-f]{32}\\S*|gh[pousr]_\\w{20,}|xox[abprs]-[\\w-]{10,}"
                            + "|AKIA[0-9A-Z]{16}|sk-[\\w-]{16,}|eyJ[\\w-]{8,}\\.[\\w-]+\\.[\\w-]*)"
                            + "|(?<=\\bBearer )\\S+");

    private MaskedSecrets() {}

    public static String in(String text) {
        var masked = IN_URL.matcher(text).replaceAll("$1:" + MASK + "@");
        masked = NAMED.matcher(masked).replaceAll("$1$2" + MASK);
        return KNOWN.matcher(masked).replaceAll(MASK);
    }

    /// The same in every text of a document.
    static String inJson(String document) {
        try {
            return masked(JSON.readTree(document)).toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not JSON: " + document, e);
        }
    }

    private static JsonNode masked(JsonNode node) {
        switch (node) {
            case TextNode text -> {
                return TextNode.valueOf(in(text.textValue()));
            }
            case ObjectNode object ->
                    object.properties().forEach(e -> e.setValue(masked(e.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, masked(array.get(i)));
                }
            }
            default -> {
                return node;
            }
        }
        return node;
    }
}
