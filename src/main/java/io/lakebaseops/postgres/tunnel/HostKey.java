package io.lakebaseops.postgres.tunnel;

/// The key that an SSH server showed and that is not known.
///
/// @param fingerprint as `ssh` shows it: `SHA256:…`
/// @param line the key as `known_hosts` has it, without the host
/// @param changed another key of this server is known: it was set up anew, or somebody sits in
///     between
public record HostKey(
        String host, int port, String type, String fingerprint, String line, boolean changed) {}
