package io.lakebaseops.local.gateway;

/// Decides whether a password presented at an endpoint is a credential the control plane issued for
/// it and that has not expired. Asked at login only: open sessions outlive their token.
@FunctionalInterface
public interface LoginCheck {
    boolean accepts(String endpointUid, String user, String password);
}
