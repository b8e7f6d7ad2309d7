package io.lakebaseops.sqltext.parser;

import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.ExternalType;

import java.util.HashMap;
import java.util.Map;

/// The exported functions of the grammar by their C names.
final class Exports {
    private final Map<String, Integer> byLetter = new HashMap<>();
    private final GrammarBuild build;

    Exports(WasmModule module, GrammarBuild build) {
        this.build = build;
        var section = module.exportSection();
        for (int i = 0; i < section.exportCount(); i++) {
            var export = section.getExport(i);
            if (export.exportType() == ExternalType.FUNCTION) {
                byLetter.put(export.name(), export.index());
            }
        }
    }

    int function(String name) {
        var letter = build.exports().get(name);
        var index = letter == null ? null : byLetter.get(letter);
        if (index == null) {
            throw new IllegalStateException("The grammar exports no " + name);
        }
        return index;
    }

    /// The one that the glue calls first and does not name: C's constructors.
    int constructors() {
        var unnamed = new HashMap<>(byLetter);
        unnamed.keySet().removeAll(build.exports().values());
        if (unnamed.size() != 1) {
            throw new IllegalStateException("Not one export without a name: " + unnamed);
        }
        return unnamed.values().iterator().next();
    }
}
