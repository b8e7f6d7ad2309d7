package io.lakebaseops.local.api.state;

import java.time.Instant;

/// The stored record of an issued password. Only its SHA-256 is kept; a random 256-bit token needs
/// no salt.
public record CredentialRow(String hash, String endpointUid, String user, Instant expireTime) {}
