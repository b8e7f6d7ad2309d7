package io.lakebaseops.ask.grounding;

import io.lakebaseops.ask.grounding.Claim.Name;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds names of objects: everything in code that is no keyword; in prose what is quoted, has an
/// underscore, a dot or digits in it, or stands beside "table", "index" and the like.
final class NameReader {
    private static final String IDENTIFIER =
            "(?:\"[^\"]+\"|[\\p{L}_][\\p{L}\\d_$]*)(?:\\.(?:\"[^\"]+\"|[\\p{L}_][\\p{L}\\d_$]*))*";

    private static final Pattern IN_CODE =
            Pattern.compile(
                    "(?<![\\p{L}\\d_$.])"
                            + IDENTIFIER
                            + "|(?<![\\p{L}\\d])[a-z][a-z\\d]*(?:-[a-z\\d]+)+");

    /// `'256MB'` in code is a value.
    private static final Pattern LITERAL = Pattern.compile("'([^']*)'");

    private static final Pattern QUOTED =
            Pattern.compile(
                    "[\"“”„]([\\p{L}_][\\p{L}\\d_$.-]*)[\"“”]|(?<!\\p{L})'([\\p{L}_][\\p{L}\\d_$.-]*)'");

    private static final Pattern UNDERSCORED =
            Pattern.compile(
                    "(?<![\\p{L}\\d_$.])[\\p{L}_][\\p{L}\\d$]*_[\\p{L}\\d_$]*(?:\\.[\\p{L}\\d_$]+)*"
                            + "|(?<![\\p{L}\\d_$.])[\\p{L}][\\p{L}\\d$]*\\.[\\p{L}\\d$]*_[\\p{L}\\d_$.]*"
                            + "[\\p{L}\\d_$]");

    private static final Pattern DOTTED =
            Pattern.compile(
                    "(?<![\\p{L}\\d_$.@/])\\p{L}[\\p{L}\\d]+(?:\\.\\p{Ll}[\\p{L}\\d]+)+(?![\\p{L}\\d])");

    /// `ci-pr-7`, but not `top-5`.
    private static final Pattern HYPHENED =
            Pattern.compile(
                    "(?<![\\p{L}\\d_-])\\p{Ll}[\\p{Ll}\\d]*(?:-[\\p{Ll}\\d]+)+-\\d+(?![\\p{L}\\d])");

    private static final Pattern MIXED =
            Pattern.compile("(?<![\\p{L}\\d_$.-])\\p{L}+\\d[\\p{L}\\d]*(?![\\p{L}\\d_])");

    private static final Pattern BESIDE_KIND =
            Pattern.compile(
                    "(?<![\\p{L}\\d_-])(?<word>\\p{L}{3,})\\s+(?:table|index|view|schema|role|user|"
                            + "database|sequence|extension|branch|parameter)\\b");

    /// Words that stand before "table" and name none.
    private static final Pattern ORDINARY =
            Pattern.compile(
                    "(?i).*(?:ed|ing|est|er|al|able|ible|ful|less|ous|ary|ive|ic|ent|ant|ern)|"
                            + "(?:the|this|that|each|every|one|any|no|some|its|his|our|your|their|these|"
                            + "those|which|what|whose|same|new|old|big|small|large|huge|hot|cold|main|"
                            + "whole|busy|full|own|temp|such|per|and|for|with|from|into|unique|partial|"
                            + "hash|gin|gist|brin|btree|tree|base|child|parent|key|primary|foreign|both|"
                            + "all|most|more|many|few|two|single|only|good|bad|right|wrong|safe|free|"
                            + "extra|next|last|first|second|third|also|has|was|are|not|unlike|duplicate|"
                            + "worst|best|top|heap|toast|system|catalog|user|database|default|slow|fast|"
                            + "broken|valid|invalid|missing|superuser|login|admin|read|write|test|"
                            + "drop|add|use|create|reindex|vacuum|analyze|rebuild|check|keep|remove|"
                            + "via|about|open|bloat|storage|lookup|history|archive)");

    private static final Set<String> TYPES =
            Set.of(
                    "p50", "p75", "p90", "p95", "p99", "int2", "int4", "int8", "float4", "float8",
                    "md5", "sha256", "utf8", "utf16", "ipv4", "ipv6", "s3", "x86");

    private NameReader() {}

    static void takeCode(StringBuilder rest, List<Claim> claims) {
        ClaimReader.take(
                rest,
                LITERAL,
                m -> claims.addAll(ClaimReader.of(m.group(1).isBlank() ? "" : m.group(1))));
        ClaimReader.take(
                rest,
                IN_CODE,
                m -> {
                    if (!PostgresWords.keyword(m.group())) {
                        claims.add(new Name(m.group()));
                    }
                });
    }

    static void takeProse(StringBuilder rest, List<Claim> claims) {
        ClaimReader.take(
                rest,
                QUOTED,
                m -> claims.add(new Name(m.group(1) == null ? m.group(2) : m.group(1))));
        for (var pattern : List.of(UNDERSCORED, DOTTED, HYPHENED, MIXED)) {
            ClaimReader.take(
                    rest,
                    pattern,
                    m -> {
                        if (!TYPES.contains(m.group().toLowerCase(Locale.ROOT))) {
                            claims.add(new Name(m.group()));
                        }
                    });
        }
        var beside = BESIDE_KIND.matcher(rest);
        while (beside.find()) {
            if (!ORDINARY.matcher(beside.group("word")).matches()) {
                claims.add(new Name(beside.group("word")));
            }
        }
    }
}
