package io.lakebaseops.schema;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is one statement and little else: casts, operators, text search, foreign servers, event
/// triggers and the like. The server writes the statements, so that their grammar stands in one
/// place, beside the catalog it comes from (`sql/schema/operators.sql` and its neighbours).
///
/// @param kind of the kinds that have no record of their own
/// @param reference as `DROP`, `ALTER` and `COMMENT ON` name it
/// @param definition the statement that makes it; where `byHand`, its properties in words
/// @param byHand a person must write the statement: it needs code on the server or a secret
/// @param parts what can be added to it and taken away while it stands
/// @param builtIn the rights a new one has
public record DdlTextObject(
        ObjectId.Kind kind,
        List<String> path,
        String reference,
        String definition,
        boolean byHand,
        List<Part> parts,
        @Nullable String owner,
        List<Grant> builtIn,
        List<Grant> grants,
        @Nullable String comment)
        implements SchemaObject {
    public DdlTextObject {
        path = List.copyOf(path);
        parts = SchemaObject.copy(parts);
        builtIn = SchemaObject.sorted(builtIn);
        grants = SchemaObject.sorted(grants);
    }

    /// An option, a mapping, a member.
    ///
    /// @param add the statement; null when it needs a secret, which is never read
    public record Part(String name, String value, @Nullable String add, String drop) {
        @Override
        public String toString() {
            return name + " = " + value;
        }
    }

    @Override
    public ObjectId id() {
        return new ObjectId(kind, path);
    }
}
