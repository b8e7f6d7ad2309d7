package io.lakebaseops.config;

/// How one signs in to a Databricks workspace that has no profile in `~/.databrickscfg`.
public sealed interface WorkspaceLogin {
    /// A personal access token, kept in the [SecretStore].
    record Token() implements WorkspaceLogin {}

    /// The workspace's login page in the browser (OAuth, user to machine).
    record Browser() implements WorkspaceLogin {}

    /// A service principal (OAuth, machine to machine); its secret is in the [SecretStore].
    record ServicePrincipal(String clientId) implements WorkspaceLogin {
        public ServicePrincipal {
            if (!clientId.matches("[A-Za-z0-9-]{1,128}")) {
                throw new IllegalArgumentException("The client ID has letters, digits and dashes");
            }
        }
    }
}
