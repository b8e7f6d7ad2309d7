package io.lakebaseops.sqltext.parser;

/// One WebAssembly function with its blocks resolved to jumps, ready to be run in a loop.
///
/// @param code operations and their operands
/// @param pool the 64-bit constants
/// @param params how many of the locals are arguments
/// @param locals arguments and local variables
/// @param frame locals and the deepest operand stack
/// @param returns does it give a value back?
record FlatCode(int[] code, long[] pool, int params, int locals, int frame, boolean returns) {}
