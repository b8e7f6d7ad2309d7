package io.lakebaseops.sqltext.parser;

/// The operation codes of a [FlatCode]; the numbers are dense so that a switch over them is a jump.
final class FlatOp {
    /// `target arity height`: a jump; an arity of -1 leaves the operands as they are.
    static final int BR = 1;

    static final int BR_IF = 2;
    static final int BR_TABLE = 3;
    static final int BR_IF_ZERO = 4;
    static final int CALL = 5;
    static final int CALL_INDIRECT = 6;
    static final int RETURN = 7;
    static final int UNREACHABLE = 8;
    static final int DROP = 9;
    static final int SELECT = 10;
    static final int GLOBAL_GET = 11;
    static final int GLOBAL_SET = 12;
    static final int LOCAL_GET = 13;
    static final int LOCAL_SET = 14;
    static final int LOCAL_TEE = 15;
    static final int CONST = 16;
    static final int CONST64 = 17;
    static final int LOAD = 18;
    static final int LOAD8_U = 19;
    static final int LOAD8_S = 20;
    static final int LOAD16_U = 21;
    static final int LOAD16_S = 22;
    static final int LOAD64 = 23;
    static final int STORE = 24;
    static final int STORE8 = 25;
    static final int STORE16 = 26;
    static final int STORE64 = 27;
    static final int ADD = 28;
    static final int SUB = 29;
    static final int AND = 30;
    static final int OR = 31;
    static final int SHL = 32;
    static final int EQ = 33;
    static final int NE = 34;
    static final int LT_S = 35;
    static final int LT_U = 36;
    static final int GT_S = 37;
    static final int LE_S = 38;
    static final int LE_U = 39;
    static final int GE_S = 40;
    static final int EQZ = 41;
    // Rare ones with two operands.
    static final int MUL = 42;
    static final int XOR = 43;
    static final int SHR_S = 44;
    static final int SHR_U = 45;
    static final int GT_U = 46;
    static final int GE_U = 47;
    static final int DIV_S = 48;
    static final int DIV_U = 49;
    static final int REM_S = 50;
    static final int REM_U = 51;
    static final int EQ64 = 52;
    static final int NE64 = 53;
    static final int OR64 = 54;
    static final int SHL64 = 55;
    static final int ADD64 = 56;
    // Rare ones with one operand.
    static final int EXTEND8 = 57;
    static final int EXTEND16 = 58;
    static final int EXTEND_U = 59;
    static final int EXTEND_S = 60;
    static final int WRAP = 61;
    static final int EQZ64 = 62;
    static final int MEMORY_COPY = 63;
    static final int MEMORY_FILL = 64;

    private FlatOp() {}
}
