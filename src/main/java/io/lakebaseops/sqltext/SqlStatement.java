package io.lakebaseops.sqltext;

import java.util.List;

/// One statement of a text, as PostgreSQL's grammar read it.
///
/// @param text from its first word to its last; comments inside are kept
/// @param start where it begins in the text that was parsed
public record SqlStatement(StatementKind kind, SqlNode tree, String text, int start) {
    /// The relations it names, each as often as it uses it in another way.
    public List<RelationUse> relations() {
        return RelationFinder.of(this);
    }

    /// Functions, operators, types and whatever else runs code when it is evaluated.
    public List<CodeUse> code() {
        return tree.code();
    }

    /// The string literals of its expressions and options, without quotes.
    public List<String> strings() {
        return tree.all()
                .filter(n -> n.is("A_Const"))
                .map(n -> n.field("sval"))
                .filter(SqlNode::present)
                .map(n -> n.text("sval"))
                .toList();
    }

    /// The command as the manual titles it: `DROP INDEX`.
    public String command() {
        return kind.command(tree);
    }

    /// The same for two spellings of one statement: without white space, comments and literals.
    public String normalForm() {
        return NormalForm.of(tree);
    }
}
