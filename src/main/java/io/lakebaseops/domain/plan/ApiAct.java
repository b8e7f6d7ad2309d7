package io.lakebaseops.domain.plan;

/// One call to the control plane that a plan may hold. The acts are records in `lakebase.acts`, one
/// file each; a plan needs to know of them only what is here.
public interface ApiAct {
    /// Its name in stored plans and in fingerprints, snake case: it must never change.
    String kind();

    /// The sentence a person who decides about it reads, the same in every place.
    String inWords();

    /// Writes every component after the kind. Fields and their order are part of stored
    /// fingerprints: none may change or go, and a new one is written at the end.
    void canonical(CanonicalForm out);

    BranchEffect effect();
}
