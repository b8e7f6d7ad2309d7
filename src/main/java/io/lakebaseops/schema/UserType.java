package io.lakebaseops.schema;

import io.lakebaseops.schema.ObjectId.Kind;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Types that users made.
public sealed interface UserType extends SchemaObject {
    String schema();

    String name();

    @Override
    default ObjectId id() {
        return SchemaObject.id(Kind.TYPE, schema(), name());
    }

    /// @param labels in their order
    record EnumType(
            String schema,
            String name,
            List<String> labels,
            String owner,
            List<Grant> grants,
            @Nullable String comment)
            implements UserType {
        public EnumType {
            labels = SchemaObject.copy(labels);
            grants = SchemaObject.sorted(grants);
        }
    }

    record CompositeType(
            String schema,
            String name,
            List<Attribute> attributes,
            String owner,
            List<Grant> grants,
            @Nullable String comment)
            implements UserType {
        public CompositeType {
            attributes = SchemaObject.copy(attributes);
            grants = SchemaObject.sorted(grants);
        }
    }

    /// @param collation null = the type's own
    record Attribute(
            String name, String type, @Nullable String collation, @Nullable String comment) {}

    record DomainType(
            String schema,
            String name,
            String base,
            @Nullable String collation,
            boolean notNull,
            @Nullable String defaultExpression,
            List<Check> checks,
            String owner,
            List<Grant> grants,
            @Nullable String comment)
            implements UserType {
        public DomainType {
            checks = SchemaObject.copy(checks);
            grants = SchemaObject.sorted(grants);
        }
    }

    record Check(String name, String definition, boolean validated, @Nullable String comment) {
        public Check {
            definition = ServerPrint.settled(definition);
        }
    }

    record RangeType(
            String schema,
            String name,
            String subtype,
            @Nullable String operatorClass,
            @Nullable String collation,
            @Nullable String canonical,
            @Nullable String difference,
            @Nullable String multirange,
            String owner,
            List<Grant> grants,
            @Nullable String comment)
            implements UserType {
        public RangeType {
            grants = SchemaObject.sorted(grants);
        }
    }
}
