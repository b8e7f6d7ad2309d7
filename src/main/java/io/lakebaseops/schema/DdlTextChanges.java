package io.lakebaseops.schema;

import io.lakebaseops.schema.Ddl.Mark;
import io.lakebaseops.schema.ObjectId.Kind;
import io.lakebaseops.schema.Script.Stage;

import java.util.List;

/// Makes, alters and drops objects whose statements the server itself wrote.
final class DdlTextChanges {
    private static final String BY_HAND =
            "it needs code on the server or a secret: make it by hand";

    private final Script script;
    private final OwnershipAndPrivileges belongings;

    DdlTextChanges(Script script, OwnershipAndPrivileges belongings) {
        this.script = script;
        this.belongings = belongings;
    }

    void create(DdlTextObject d) {
        if (d.byHand()) {
            script.cannot(d.id(), BY_HAND);
            return;
        }
        script.add(stage(d), Mark.SAFE, d.id(), d.definition());
        parts(List.of(), d);
        belongings.ofNew(d);
    }

    static boolean inPlace(DdlTextObject a, DdlTextObject b) {
        return a.byHand() || b.byHand() || a.definition().equals(b.definition());
    }

    void between(DdlTextObject a, DdlTextObject b) {
        boolean sameRest = a.definition().equals(b.definition()) && a.parts().equals(b.parts());
        if (b.byHand() && !sameRest) {
            script.cannot(b.id(), BY_HAND);
        } else {
            parts(a.parts(), b);
        }
    }

    private void parts(List<DdlTextObject.Part> was, DdlTextObject d) {
        for (var part : was) {
            if (!d.parts().contains(part)) {
                script.add(stage(d), Mark.SAFE, d.id(), part.drop());
            }
        }
        for (var part : d.parts()) {
            if (was.contains(part)) {
                continue;
            }
            if (part.add() == null) {
                script.remains(d.id(), part.name() + " is a secret: set it by hand");
            } else {
                script.add(stage(d), Mark.SAFE, d.id(), part.add());
            }
        }
    }

    /// An event trigger made early would fire for the statements that follow.
    static Stage stage(DdlTextObject d) {
        return d.kind() == Kind.EVENT_TRIGGER ? Stage.LATE : Stage.MAIN;
    }
}
