package io.lakebaseops.lakebase;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.PatCredentialsProvider;
import com.databricks.sdk.core.oauth.OAuthM2MServicePrincipalCredentialsProvider;

import io.lakebaseops.domain.OpsException;

import java.util.function.Supplier;

/// Clients of a workspace for each way of signing in to it.
final class WorkspaceClients {
    /// The SDK's HTTP timeout; our own deadlines are shorter and end a call earlier.
    private static final int HTTP_TIMEOUT_SECONDS = 60;

    private WorkspaceClients() {}

    static WorkspaceClient ofToken(String host, Supplier<String> token) {
        return client(
                new DatabricksConfig()
                        .setHost(host)
                        .setToken(token.get())
                        .setAuthType("pat")
                        // The default chain asks the host about OAuth first.
                        .setCredentialsProvider(new PatCredentialsProvider()));
    }

    /// @param asked may a browser be opened now?
    static WorkspaceClient ofBrowser(String host, LoginMemory memory, boolean asked) {
        return client(
                new DatabricksConfig()
                        .setHost(host)
                        .setAuthType("external-browser")
                        .setCredentialsProvider(new BrowserLogin(memory, asked)));
    }

    static WorkspaceClient ofServicePrincipal(
            String host, String clientId, Supplier<String> secret) {
        return client(
                new DatabricksConfig()
                        .setHost(host)
                        .setClientId(clientId)
                        .setClientSecret(secret.get())
                        .setAuthType("oauth-m2m")
                        .setCredentialsProvider(new OAuthM2MServicePrincipalCredentialsProvider()));
    }

    /// The SDK takes a profile that is not there for an empty one and fails much later.
    static WorkspaceClient ofProfile(String profile) {
        var config = new DatabricksConfig().setProfile(profile);
        config.resolve();
        if (config.getHost() == null) {
            throw new OpsException(
                    OpsException.Kind.NOT_FOUND,
                    "Databricks profile " + profile,
                    "there is no host for it in ~/.databrickscfg",
                    "make it with: databricks auth login --profile " + profile);
        }
        return client(config);
    }

    private static WorkspaceClient client(DatabricksConfig config) {
        return new WorkspaceClient(
                config.setHttpTimeoutSeconds(HTTP_TIMEOUT_SECONDS).setDisableRetries(true));
    }
}
