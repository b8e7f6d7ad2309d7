package io.lakebaseops.domain.answer;

import io.lakebaseops.domain.Format;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;

/// What a language model did for an answer and what that took.
///
/// @param sentencesStruck sentences with a figure, name or time that no step returned
/// @param cost by the price of the settings; null where none is known
public record ModelUse(
        String name,
        int rounds,
        long tokensIn,
        long tokensOut,
        Duration took,
        int sentencesStruck,
        @Nullable BigDecimal cost) {
    /// `claude: 2 rounds, 12,480 tokens in, 391 out, 2.1 s, cost 0.042; 1 sentence struck out`
    public String words() {
        var words =
                new StringBuilder(
                        "%s: %s, %s tokens in, %s out, %s"
                                .formatted(
                                        name,
                                        Format.count(rounds, "round"),
                                        Format.grouped(tokensIn),
                                        Format.grouped(tokensOut),
                                        Format.duration(took)));
        if (cost != null) {
            words.append(", cost ").append(costWords());
        }
        if (sentencesStruck > 0) {
            words.append("; ")
                    .append(Format.count(sentencesStruck, "sentence"))
                    .append(" struck out");
        }
        return words.toString();
    }

    /// To four places; empty where no price is known.
    public String costWords() {
        return cost == null ? "" : cost.setScale(4, RoundingMode.HALF_UP).toPlainString();
    }
}
