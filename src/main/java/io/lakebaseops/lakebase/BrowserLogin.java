package io.lakebaseops.lakebase;

import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.oauth.ExternalBrowserCredentialsProvider;
import com.databricks.sdk.core.oauth.OpenIDConnectEndpoints;
import com.databricks.sdk.core.oauth.Token;
import com.databricks.sdk.core.oauth.TokenCache;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.lakebaseops.domain.OpsException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The login to a workspace by its page in the browser. The browser opens only while a person asked
/// for it; otherwise what the last login left is renewed, or the call fails and says so.
final class BrowserLogin extends ExternalBrowserCredentialsProvider {
    private final boolean asked;

    /// @param asked may a browser be opened now?
    BrowserLogin(LoginMemory memory, boolean asked) {
        super(new Cache(memory));
        this.asked = asked;
    }

    /// The last thing before the browser opens.
    @Override
    protected List<String> getScopes(DatabricksConfig config, OpenIDConnectEndpoints endpoints) {
        if (!asked) {
            throw new OpsException(
                    OpsException.Kind.DENIED,
                    "Signing in to " + config.getHost(),
                    "the login in the browser has expired",
                    "test the connection to sign in again");
        }
        return super.getScopes(config, endpoints);
    }

    private record Cache(LoginMemory memory) implements TokenCache {
        private static final Logger LOG = LoggerFactory.getLogger(BrowserLogin.class);
        private static final JsonMapper JSON = new JsonMapper();

        @Override
        public void save(Token token) {
            try {
                memory.keep(
                        JSON.writeValueAsString(
                                Map.of(
                                        "access", text(token.getAccessToken()),
                                        "type", text(token.getTokenType()),
                                        "refresh", text(token.getRefreshToken()),
                                        "until", String.valueOf(token.getExpiry()))));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("A login cannot be written", e);
            }
        }

        private static String text(@Nullable String value) {
            return value == null ? "" : value;
        }

        @Override
        public @Nullable Token load() {
            var kept = memory.kept().orElse(null);
            if (kept == null) {
                return null;
            }
            try {
                var read = JSON.readTree(kept);
                return new Token(
                        read.path("access").asText(),
                        read.path("type").asText(),
                        read.path("refresh").asText(),
                        Instant.parse(read.path("until").asText()));
            } catch (JsonProcessingException | java.time.DateTimeException e) {
                // Without what it holds: it is a secret.
                LOG.warn("The kept login to a workspace cannot be read; sign in again");
                return null;
            }
        }
    }
}
