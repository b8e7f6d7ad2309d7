package io.lakebaseops.report;

import io.lakebaseops.domain.Format;

import java.util.regex.Pattern;

/// Writes HTML that is well-formed XML too. Text goes in escaped and in no other way: markup
/// characters as references, control and bidirectional characters as `\\u202E`.
final class HtmlWriter {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

    private final StringBuilder out = new StringBuilder(64 * 1024);

    /// @param attributes pairs of name and value
    HtmlWriter open(String tag, String... attributes) {
        start(tag, attributes);
        out.append('>');
        return this;
    }

    HtmlWriter close(String tag) {
        out.append("</").append(tag).append('>');
        return this;
    }

    /// An element without content.
    HtmlWriter empty(String tag, String... attributes) {
        start(tag, attributes);
        out.append("/>");
        return this;
    }

    private void start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            if (!NAME.matcher(attributes[i].toLowerCase(java.util.Locale.ROOT)).matches()) {
                throw new IllegalArgumentException("Not an attribute: " + attributes[i]);
            }
            out.append(' ').append(attributes[i]).append("=\"");
            escape(Format.printable(attributes[i + 1]));
            out.append('"');
        }
    }

    /// Text of one line.
    HtmlWriter text(String text) {
        escape(Format.printable(text.strip().replaceAll("\\s*[\\r\\n]+\\s*", " ")));
        return this;
    }

    /// Text whose line breaks stay.
    HtmlWriter lines(String text) {
        escape(Format.printableLines(text.strip()));
        return this;
    }

    HtmlWriter line(String tag, String css, String text) {
        return (css.isEmpty() ? open(tag) : open(tag, "class", css)).text(text).close(tag);
    }

    /// Written as it is: only what the program itself made, such as the style sheet.
    HtmlWriter own(String markup) {
        out.append(markup);
        return this;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
