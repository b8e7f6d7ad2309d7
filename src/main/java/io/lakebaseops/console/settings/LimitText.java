package io.lakebaseops.console.settings;

import io.lakebaseops.console.Texts;
import io.lakebaseops.domain.MetricName;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Limits as fields show and take them, in the unit people use: `15 %`, `500 M`, `30 s`. Nothing is
/// rounded, so that what is read back is what was written.
final class LimitText {
    private static final Pattern NUMBER =
            Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)\\s*([%A-Za-z/ ]*)");

    private static final Map<String, Double> SECONDS =
            Map.of("", 1.0, "s", 1.0, "ms", 0.001, "min", 60.0, "h", 3600.0);
    private static final Map<String, Double> COUNTS = Map.of("", 1.0, "k", 1e3, "m", 1e6, "b", 1e9);
    private static final Map<String, Double> PER_HOUR = Map.of("", 1.0, "/h", 1.0);
    private static final Map<String, Double> SHARES = Map.of("", 0.01, "%", 0.01);

    private LimitText() {}

    static String of(MetricName metric, double value) {
        return switch (metric.unit()) {
            case "ratio" -> plain(value * 100) + " %";
            case "s" -> plain(value) + " s";
            case "1/h" -> plain(value) + " / h";
            case "transactions" ->
                    value >= 1e9
                            ? plain(value / 1e9) + " B"
                            : value >= 1e6 ? plain(value / 1e6) + " M" : plain(value);
            default -> plain(value);
        };
    }

    /// Empty when it is no number in a unit of the metric.
    static Optional<Double> read(MetricName metric, String text) {
        return read(
                text,
                switch (metric.unit()) {
                    case "ratio" -> SHARES;
                    case "s" -> SECONDS;
                    case "1/h" -> PER_HOUR;
                    case "transactions" -> COUNTS;
                    default -> Map.of("", 1.0);
                });
    }

    static String of(Duration time) {
        long s = time.toSeconds();
        return s >= 120 && s % 60 == 0
                ? Texts.of("%s min", s / 60)
                : plain(time.toMillis() / 1000.0) + " s";
    }

    static Optional<Duration> readTime(String text) {
        return read(text, SECONDS).map(s -> Duration.ofMillis(Math.round(s * 1000)));
    }

    private static Optional<Double> read(String text, Map<String, Double> units) {
        var parts = NUMBER.matcher(text.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        var unit = parts.group(2).replace(" ", "").toLowerCase(Locale.ROOT);
        var factor = units.get(unit);
        return factor == null
                ? Optional.empty()
                : Optional.of(
                        new BigDecimal(parts.group(1))
                                .multiply(BigDecimal.valueOf(factor))
                                .doubleValue());
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value)
                .round(new MathContext(12))
                .stripTrailingZeros()
                .toPlainString();
    }
}
