package io.lakebaseops.config;

import io.lakebaseops.domain.Loopback;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;

/// The language model that may word answers: where it is, under which name, and what one answer may
/// take. Off until a person switches it on.
///
/// @param url base address, as `https://host/v1`; null while none is chosen
/// @param model its name at that server; empty while none is chosen
/// @param keySecret under which the [SecretStore] has the key; a server may ask for none
/// @param price null when the server's price is not known; then no cost is shown or capped
/// @param agreed the server to which a person agreed that questions go; null before the first time
public record ModelSettings(
        boolean on,
        Provider provider,
        @Nullable URI url,
        String model,
        String keySecret,
        Caps caps,
        @Nullable Price price,
        @Nullable String agreed) {
    public static final String KEY_SECRET = "language-model";

    public static final ModelSettings OFF =
            new ModelSettings(
                    false,
                    Provider.OPENAI_COMPATIBLE,
                    null,
                    "",
                    KEY_SECRET,
                    Caps.USUAL,
                    null,
                    null);

    /// Whose protocol the server speaks.
    public enum Provider {
        /// Databricks Model Serving, Ollama, vLLM, llama.cpp, OpenAI.
        OPENAI_COMPATIBLE,
        ANTHROPIC
    }

    /// What one answer may take; whatever is reached first ends it.
    ///
    /// @param rounds requests to the model
    /// @param tokens sent and received together
    /// @param cost in the currency of the price; null for no limit
    public record Caps(int rounds, long tokens, Duration time, @Nullable BigDecimal cost) {
        public static final Caps USUAL = new Caps(8, 100_000, Duration.ofSeconds(90), null);

        public Caps {
            within("rounds", rounds, 1, 30);
            within("tokens", tokens, 1_000, 2_000_000);
            within("seconds", time.toSeconds(), 5, 600);
            if (cost != null && cost.signum() <= 0) {
                throw new IllegalArgumentException("cost is more than 0");
            }
        }

        private static void within(String what, long value, long least, long most) {
            if (value < least || value > most) {
                throw new IllegalArgumentException("%s is %d to %,d".formatted(what, least, most));
            }
        }
    }

    /// What a million tokens cost.
    public record Price(BigDecimal in, BigDecimal out) {
        private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

        public Price {
            if (in.signum() < 0 || out.signum() < 0) {
                throw new IllegalArgumentException("a price is 0 or more");
            }
        }

        public BigDecimal of(long tokensIn, long tokensOut) {
            return in.multiply(BigDecimal.valueOf(tokensIn))
                    .add(out.multiply(BigDecimal.valueOf(tokensOut)))
                    .divide(MILLION);
        }
    }

    public ModelSettings {
        if (!keySecret.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,62}")) {
            throw new IllegalArgumentException(
                    "The name of the key has letters, digits, dot, dash and underscore");
        }
        if (url != null) {
            checkAddress(url);
        }
        if (on && (url == null || model.isBlank())) {
            throw new IllegalArgumentException(
                    "A model needs the address of its server and a name");
        }
        if (caps.cost() != null && price == null) {
            throw new IllegalArgumentException("A limit of cost needs the price of the tokens");
        }
    }

    /// An address to which questions may be sent: encrypted, or this machine.
    public static URI address(String text) {
        try {
            return checkAddress(new URI(text.strip()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Not an address: https://host/v1", e);
        }
    }

    private static URI checkAddress(URI uri) {
        var scheme = String.valueOf(uri.getScheme());
        var host = uri.getHost();
        boolean plain =
                host != null
                        && uri.getRawUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && scheme.matches("(?i)https?");
        if (!plain) {
            throw new IllegalArgumentException("Not an address: https://host/v1");
        }
        if (scheme.equalsIgnoreCase("http") && !Loopback.host(host)) {
            throw new IllegalArgumentException(
                    "Questions and the key must not travel unencrypted: use https for " + host);
        }
        return uri;
    }

    /// Scheme, host and port of the server; empty while none is chosen.
    public String server() {
        if (url == null) {
            return "";
        }
        var port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return (url.getScheme() + "://" + url.getHost() + port).toLowerCase(Locale.ROOT);
    }

    /// A person has seen what goes to this server and agreed to it.
    public boolean consented() {
        return url != null && server().equals(agreed);
    }

    public ModelSettings switched(boolean to) {
        return new ModelSettings(to, provider, url, model, keySecret, caps, price, agreed);
    }

    public ModelSettings agreed(boolean to) {
        return new ModelSettings(
                on, provider, url, model, keySecret, caps, price, to ? server() : null);
    }
}
