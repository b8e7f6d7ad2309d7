/// Tests of the MCP server with the clients of its library.
@NullMarked
package io.lakebaseops.cli.mcp;

import org.jspecify.annotations.NullMarked;
