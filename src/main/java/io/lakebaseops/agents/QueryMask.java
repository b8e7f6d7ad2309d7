package io.lakebaseops.agents;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Masks what may not be kept of a statement's text. Kept is everything but literals and comments:
/// those hold names, addresses and now and then a password. Most statements come normalised from
/// the server; utility statements do not.
public final class QueryMask {
    // In the order the server's own lexer tries them: the first that fits at a place wins.
    private static final Pattern TOKEN =
            Pattern.compile(
                    "(?<comment>--[^\\n"
                            + "]*|/\\*.*?(?:\\*/|$))|(?<ident>\"(?:[^\"]|\"\")*\"?)"
                            + "|(?<escape>\\b[eE]'(?:[^'\\\\]|''|\\\\.)*'?)|(?<string>'(?:[^']|'')*'?)"
                            + "|(?<dollar>\\$(?<tag>[A-Za-z_\\u0080-\\uffff][\\w\\u0080-\\uffff]*)?\\$.*?(?:\\$\\k<tag>\\$|$))"
                            + "|(?<untagged>\\$\\$.*?(?:\\$\\$|$))|(?<param>\\$\\d+)"
                            + "|(?<number>(?<![\\w$.])\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?\\b)",
                    Pattern.DOTALL);

    private QueryMask() {}

    /// Literals become `?`; parameters (`$1`), identifiers and keywords stay.
    public static String mask(String query) {
        return TOKEN.matcher(query)
                .replaceAll(
                        m -> {
                            if (m.group("comment") != null) {
                                return " ";
                            }
                            boolean stays = m.group("ident") != null || m.group("param") != null;
                            return stays ? Matcher.quoteReplacement(m.group()) : "?";
                        })
                .strip();
    }
}
