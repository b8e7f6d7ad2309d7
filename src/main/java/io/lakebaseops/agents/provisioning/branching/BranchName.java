package io.lakebaseops.agents.provisioning.branching;

import io.lakebaseops.domain.OpsException;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// The name of a branch. An RFC 1123 label that begins with a letter, at most 63 long; everything
/// else is turned into one.
///
/// @param value the finished name
/// @param type the policy's type it belongs to
public record BranchName(String value, String type) {
    /// RFC 1123 label length.
    static final int LONGEST = 63;

    private static final Pattern MARKS = Pattern.compile("\\p{M}+");
    private static final Pattern OTHER = Pattern.compile("[^a-z0-9]+");

    /// @param wish what a person or a pipeline called it: `1.2.0`, `New login`, `ci-pr-7`
    public static BranchName of(String wish, String typeName, BranchPolicy policy) {
        var slug = slug(wish);
        var type =
                policy.type(typeName)
                        .orElseThrow(
                                () ->
                                        refused(
                                                "there is no branch type " + typeName,
                                                "types are "
                                                        + String.join(
                                                                ", ", policy.types().keySet())));
        if (typeName.equals(BranchPolicy.EPHEMERAL)) {
            var name = letterFirst(slug);
            return new BranchName(name, policy.typeOf(name));
        }
        if (type.fits(slug)) {
            return new BranchName(slug, typeName);
        }
        if (type.literal()) {
            throw refused(
                    "a %s branch is called %s, not %s".formatted(typeName, type.pattern(), slug),
                    "leave the type out for a branch of another name");
        }
        if (!type.partFits(slug)) {
            throw refused(
                    "%s does not fill the pattern %s".formatted(slug, type.pattern()),
                    "the part in brackets must match " + type.part());
        }
        return new BranchName(shorten(type.prefix() + slug), typeName);
    }

    /// Lower case, accents dropped, runs of anything else become one hyphen: `1.2.0` → `1-2-0`.
    public static String slug(String wish) {
        var plain = MARKS.matcher(Normalizer.normalize(wish, Normalizer.Form.NFKD)).replaceAll("");
        var lower = plain.toLowerCase(Locale.ROOT).replace("ß", "ss");
        var hyphens = OTHER.matcher(lower).replaceAll("-");
        var trimmed = hyphens.replaceAll("^-|-$", "");
        if (trimmed.isEmpty()) {
            throw refused(
                    "'%s' holds no letter or digit".formatted(wish),
                    "use letters a to z and digits");
        }
        return shorten(trimmed);
    }

    private static String letterFirst(String slug) {
        return Character.isDigit(slug.charAt(0)) ? shorten("b-" + slug) : slug;
    }

    /// Cuts at 63 and ends in a check sum of the whole, so that two long wishes stay two names.
    private static String shorten(String name) {
        if (name.length() <= LONGEST) {
            return name;
        }
        var crc = new CRC32();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        var tail = "-%08x".formatted(crc.getValue());
        return name.substring(0, LONGEST - tail.length()).replaceAll("-+$", "") + tail;
    }

    private static OpsException refused(String why, String remedy) {
        return new OpsException(OpsException.Kind.INVALID_INPUT, "Naming the branch", why, remedy);
    }
}
