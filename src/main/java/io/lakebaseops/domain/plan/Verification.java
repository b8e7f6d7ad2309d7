package io.lakebaseops.domain.plan;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/// The outcome of measuring whether a change did what it promised.
public sealed interface Verification {
    Instant at();

    /// What was measured, a sentence with figures per proof.
    List<String> measured();

    /// The same, with more to be known of the run.
    default Verification noting(List<String> notes) {
        if (notes.isEmpty()) {
            return this;
        }
        var all = Stream.concat(measured().stream(), notes.stream()).toList();
        return switch (this) {
            case Confirmed c -> new Confirmed(c.at(), all);
            case NotConfirmed n -> new NotConfirmed(n.at(), all);
            case Inconclusive i -> new Inconclusive(i.at(), all);
        };
    }

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
