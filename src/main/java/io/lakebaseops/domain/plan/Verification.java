package io.lakebaseops.domain.plan;

import java.time.Instant;
import java.util.List;

/// The outcome of measuring whether a change did what it promised.
public sealed interface Verification {
    Instant at();

    /// What was measured, a sentence with figures per proof.
    List<String> measured();

    record Confirmed(Instant at, List<String> measured) implements Verification {
        public Confirmed {
            measured = List.copyOf(measured);
        }
    }

    /// It ran and did not help: the undo is offered.
    record NotConfirmed(Instant at, List<String> measured) implements Verification {
        public NotConfirmed {
            measured = List.copyOf(measured);
        }
    }

    /// Could not be measured now; measured again later.
    record Inconclusive(Instant at, List<String> measured) implements Verification {
        public Inconclusive {
            measured = List.copyOf(measured);
        }
    }
}
