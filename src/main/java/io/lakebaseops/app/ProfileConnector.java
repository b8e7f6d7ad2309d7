package io.lakebaseops.app;

import io.lakebaseops.config.ConnectionProfile;
import io.lakebaseops.config.SecretStore;
import io.lakebaseops.config.SshTunnel;
import io.lakebaseops.config.WorkspaceLogin;
import io.lakebaseops.domain.OpsException;
import io.lakebaseops.lakebase.ControlPlane;
import io.lakebaseops.lakebase.LoginMemory;
import io.lakebaseops.lakebase.SdkControlPlane;
import io.lakebaseops.postgres.JdbcConnectionProvider;
import io.lakebaseops.postgres.tunnel.SshTunnels;

import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;

/// Makes of a connection profile and the secrets of it what reaches its server; asks no server.
///
/// @param keep keeps a secret that a login made, under its name
/// @param asked a person waits for it: a browser may be opened to sign in
record ProfileConnector(
        SecretStore secrets,
        BiConsumer<String, String> keep,
        SshTunnels tunnels,
        ExecutorService background,
        boolean asked) {
    /// Empty for a workspace.
    Optional<JdbcConnectionProvider> server(ConnectionProfile profile) {
        var name = profile.name();
        return switch (profile) {
            case ConnectionProfile.Lakebase _, ConnectionProfile.DatabricksProfile _ ->
                    Optional.empty();
            case ConnectionProfile.Jdbc p -> {
                var door =
                        JdbcConnectionProvider.ofUrl(
                                        name,
                                        p.url(),
                                        p.user(),
                                        () -> secrets.get(name).orElse(null))
                                .withKeyPassword(
                                        () ->
                                                secrets.get(name + ConnectionProfile.KEY_SECRET)
                                                        .orElse(null));
                var tunnel = p.tunnel();
                yield Optional.of(
                        tunnel == null
                                ? door
                                : door.through(
                                        tunnels.route(
                                                tunnel,
                                                () ->
                                                        secrets.get(SshTunnel.secretOf(name))
                                                                .orElse(null))));
            }
            case ConnectionProfile.Service p ->
                    Optional.of(
                            JdbcConnectionProvider.ofService(
                                    name, p.service(), () -> secrets.get(name).orElse(null)));
        };
    }

    /// Empty for a plain server.
    Optional<ControlPlane> workspace(ConnectionProfile profile) {
        return switch (profile) {
            case ConnectionProfile.Jdbc _, ConnectionProfile.Service _ -> Optional.empty();
            case ConnectionProfile.DatabricksProfile p ->
                    Optional.of(SdkControlPlane.ofProfile(p.profile(), background));
            case ConnectionProfile.Lakebase p ->
                    Optional.of(
                            switch (p.login()) {
                                case WorkspaceLogin.Token() ->
                                        SdkControlPlane.ofHost(
                                                p.host(), () -> secret(p.name()), background);
                                case WorkspaceLogin.Browser() ->
                                        SdkControlPlane.ofBrowser(
                                                p.host(), memory(p.name()), asked, background);
                                case WorkspaceLogin.ServicePrincipal(var id) ->
                                        SdkControlPlane.ofServicePrincipal(
                                                p.host(), id, () -> secret(p.name()), background);
                            });
        };
    }

    private LoginMemory memory(String profile) {
        return new LoginMemory() {
            @Override
            public Optional<String> kept() {
                return secrets.get(profile + ConnectionProfile.LOGIN_SECRET);
            }

            @Override
            public void keep(String login) {
                keep.accept(profile + ConnectionProfile.LOGIN_SECRET, login);
            }
        };
    }

    private String secret(String name) {
        return secrets.get(name)
                .orElseThrow(
                        () ->
                                new OpsException(
                                        OpsException.Kind.DENIED,
                                        "Profile " + name,
                                        "there is no token for it",
                                        "edit the connection and type it, or set "
                                                + SecretStore.variable(name)));
    }
}
