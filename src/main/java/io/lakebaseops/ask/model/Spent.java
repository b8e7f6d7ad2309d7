package io.lakebaseops.ask.model;

import io.lakebaseops.config.ModelSettings;
import io.lakebaseops.domain.answer.ModelUse;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Duration;

/// What an answer has taken so far, held against what it may take.
final class Spent {
    private final ModelSettings settings;
    private final long begin = System.nanoTime();
    private int rounds;
    private long in;
    private long out;

    Spent(ModelSettings settings) {
        this.settings = settings;
    }

    void round(ModelClient.Reply reply) {
        rounds++;
        in += reply.tokensIn();
        out += reply.tokensOut();
    }

    int rounds() {
        return rounds;
    }

    long tokensIn() {
        return in;
    }

    long tokensOut() {
        return out;
    }

    boolean lastRound() {
        return rounds >= settings.caps().rounds() - 1;
    }

    /// What the next reply may have at most.
    long tokensLeft() {
        long left = settings.caps().tokens() - in - out;
        var cost = settings.caps().cost();
        var price = settings.price();
        if (cost == null || price == null || price.out().signum() == 0) {
            return left;
        }
        var money = cost.subtract(price.of(in, out)).movePointRight(6);
        return Math.min(
                left, money.divideToIntegralValue(price.out()).max(BigDecimal.ZERO).longValue());
    }

    /// Which limit is reached; null while there is room.
    @Nullable String over() {
        if (rounds >= settings.caps().rounds()) {
            return "the limit of %d rounds is reached".formatted(settings.caps().rounds());
        }
        if (in + out >= settings.caps().tokens()) {
            return "the limit of %,d tokens is reached".formatted(settings.caps().tokens());
        }
        var most = settings.caps().cost();
        var cost = cost();
        if (most != null && cost != null && cost.compareTo(most) >= 0) {
            return "the limit of cost, %s, is reached".formatted(most.toPlainString());
        }
        return null;
    }

    private @Nullable BigDecimal cost() {
        var price = settings.price();
        return price == null ? null : price.of(in, out);
    }

    ModelUse use(int struck) {
        return new ModelUse(
                settings.model(),
                rounds,
                in,
                out,
                Duration.ofNanos(System.nanoTime() - begin),
                struck,
                cost());
    }
}
