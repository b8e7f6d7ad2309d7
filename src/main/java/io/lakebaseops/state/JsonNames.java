package io.lakebaseops.state;

import com.fasterxml.jackson.databind.jsontype.NamedType;

import io.lakebaseops.lakebase.acts.ControlPlaneAct;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The names of acts on the control plane in stored plans: each act's own kind. Derived from the
/// sealed family, so that none can be forgotten; a name given twice is found when the program
/// starts.
final class JsonNames {
    private JsonNames() {}

    static List<NamedType> acts() {
        Map<String, Class<?>> taken = new HashMap<>();
        return Stream.of(ControlPlaneAct.class.getPermittedSubclasses())
                .map(
                        act -> {
                            var name = ControlPlaneAct.kind(act);
                            var other = taken.put(name, act);
                            if (other != null) {
                                throw new IllegalStateException(
                                        "%s and %s are both stored as %s"
                                                .formatted(other, act, name));
                            }
                            return new NamedType(act, name);
                        })
                .toList();
    }
}
