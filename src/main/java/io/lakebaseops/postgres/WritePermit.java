package io.lakebaseops.postgres;

import java.util.UUID;

/// The key to a write session. Only `change.Approved` implements it (an architecture test holds
/// that), and only the gate can make one.
public interface WritePermit {
    UUID planId();
}
