/// The MCP server: our tools for Claude, Cursor and other clients of the Model Context Protocol.
@NullMarked
package io.lakebaseops.cli.mcp;

import org.jspecify.annotations.NullMarked;
