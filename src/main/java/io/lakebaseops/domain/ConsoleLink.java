package io.lakebaseops.domain;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A link to a place in the console: `lakebaseops://PROFILE/PROJECT/BRANCH/SCREEN/OBJECT`, each
/// part percent-encoded. It names a place and nothing to do: whoever follows it sees something, and
/// starts nothing.
///
/// @param target the server: profile and project, then branch; of a plain server `postgres` and its
///     address
/// @param screen id of the screen
/// @param object what is shown there, in the screen's own terms; empty for the screen as it stands
public record ConsoleLink(TargetId target, String screen, List<String> object) {
    public static final String SCHEME = "lakebaseops:";

    private static final int LONGEST = 2000;
    private static final int LONGEST_PART = 300;
    private static final int FEWEST_PARTS = 4;
    private static final int MOST_PARTS = 6;

    public ConsoleLink {
        object = List.copyOf(object);
    }

    /// A link, or why the text is none.
    public sealed interface Parsed {
        record Link(ConsoleLink link) implements Parsed {}

        record Refused(String why) implements Parsed {}
    }

    /// Does it claim to be one?
    public static boolean claims(String text) {
        return text.toLowerCase(Locale.ROOT).startsWith(SCHEME);
    }

    /// Strict: text that is not wholly understood is refused.
    public static Parsed parse(String text) {
        var prefix = SCHEME + "//";
        if (text.length() > LONGEST) {
            return new Parsed.Refused("it is too long");
        }
        if (!text.toLowerCase(Locale.ROOT).startsWith(prefix)) {
            return new Parsed.Refused("it does not begin with " + prefix);
        }
        var parts = new ArrayList<String>();
        for (var part : text.substring(prefix.length()).split("/", -1)) {
            var decoded = decoded(part);
            if (decoded == null) {
                return new Parsed.Refused("a part of it is empty or holds what a name never does");
            }
            parts.add(decoded);
        }
        if (parts.size() < FEWEST_PARTS || parts.size() > MOST_PARTS) {
            return new Parsed.Refused("it does not name profile, project, branch and screen");
        }
        return new Parsed.Link(
                new ConsoleLink(
                        new TargetId(parts.get(0), parts.get(1), parts.get(2)),
                        parts.get(3),
                        parts.subList(FEWEST_PARTS, parts.size())));
    }

    /// Null for what cannot be a part.
    private static @Nullable String decoded(String part) {
        var bytes = new ByteArrayOutputStream();
        for (int i = 0; i < part.length(); i++) {
            char c = part.charAt(i);
            if (c == '%') {
                if (i + 2 >= part.length() || hex(part, i + 1) < 0) {
                    return null;
                }
                bytes.write(hex(part, i + 1));
                i += 2;
            } else if (c <= ' ' || c > '~' || "?#\\\"<>^`{|}".indexOf(c) >= 0) {
                return null;
            } else {
                bytes.write(c);
            }
        }
        try {
            var text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString();
            boolean name =
                    !text.isBlank()
                            && text.length() <= LONGEST_PART
                            && text.equals(Format.printable(text))
                            && !text.equals(".")
                            && !text.equals("..");
            return name ? text : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static int hex(String text, int at) {
        int high = Character.digit(text.charAt(at), 16);
        int low = Character.digit(text.charAt(at + 1), 16);
        return high < 0 || low < 0 ? -1 : high * 16 + low;
    }

    @Override
    public String toString() {
        var parts =
                Stream.concat(
                        Stream.of(target.profile(), target.project(), target.branch(), screen),
                        object.stream());
        return SCHEME + "//" + String.join("/", parts.map(ConsoleLink::encoded).toList());
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
