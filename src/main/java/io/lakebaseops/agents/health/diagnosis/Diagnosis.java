package io.lakebaseops.agents.health.diagnosis;

import java.util.List;

/// What is wrong with a server, as far as it can be told.
public sealed interface Diagnosis {
    /// One sentence that can be read aloud.
    String sentence();

    /// Nothing is beyond its limit and nobody waits.
    record Healthy(String sentence) implements Diagnosis {}

    /// What was asked about is within its limits.
    record NotSignificant(String sentence) implements Diagnosis {}

    /// Something is wrong, but the facts name no cause.
    ///
    /// @param symptoms what is beyond its limit
    /// @param ruledOut causes that were considered, each with why not
    record NotEnoughEvidence(String sentence, List<Symptom> symptoms, List<String> ruledOut)
            implements Diagnosis {
        public NotEnoughEvidence {
            symptoms = List.copyOf(symptoms);
            ruledOut = List.copyOf(ruledOut);
        }
    }

    /// @param likely the likeliest first; never empty
    /// @param beside trouble that does not explain what is beyond its limit, or began after it
    record Causes(
            String sentence,
            List<Symptom> symptoms,
            List<Hypothesis> likely,
            List<Hypothesis> beside)
            implements Diagnosis {
        public Causes {
            symptoms = List.copyOf(symptoms);
            likely = List.copyOf(likely);
            beside = List.copyOf(beside);
        }
    }
}
