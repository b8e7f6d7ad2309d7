package io.lakebaseops.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What language models were sent, so that a person can read what left this machine.
public interface ModelRequests {
    /// The request of a question; each round of it takes the place of the one before, whose text it
    /// holds.
    ///
    /// @param id of the answer it was sent for
    /// @param server scheme, host and port it was sent to
    /// @param body as sent, headers excepted
    record ModelRequest(
            UUID id,
            String askedBy,
            String question,
            String server,
            String model,
            int rounds,
            String body,
            long tokensIn,
            long tokensOut,
            Instant sentAt) {}

    void put(ModelRequest request);

    /// What was sent for an answer; empty when nothing was, or it is no longer kept.
    Optional<ModelRequest> of(UUID answer);

    /// Newest first.
    List<ModelRequest> of(String person, int limit);
}
