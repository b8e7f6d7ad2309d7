// Lists and calls the tools as any MCP client does, over stdio and over HTTP, and says what came back.
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";

const { JAVA, JAVA_CLASS_PATH, MCP_MAIN, MCP_URL, MCP_TOKEN } = process.env;

async function use(how, transport) {
  const client = new Client({ name: "node client", version: "1" });
  await client.connect(transport);
  const { tools } = await client.listTools();
  console.log(how, "tools", tools.map((t) => t.name).sort().join(","));
  const read = await client.callTool({ name: "monitor_system_health", arguments: { top: 3 } });
  console.log(how, "read", JSON.parse(read.content[1].text).data.note);
  const proposed = await client.callTool({ name: "propose_detect_duplicate_indexes", arguments: {} });
  console.log(how, "proposed", JSON.parse(proposed.content[1].text).plan.state);
  const refused = await client.callTool({ name: "read_sql", arguments: { sql: "drop table orders" } });
  console.log(how, "refused", refused.isError, JSON.parse(refused.content[1].text).word);
  for (const name of ["detect_duplicate_indexes", "approve"]) {
    const answer = await client
      .callTool({ name, arguments: {} })
      .then((r) => (r.isError ? "refused" : "ran"), () => "refused");
    console.log(how, name, answer);
  }
  await client.close();
}

await use("stdio", new StdioClientTransport({ command: JAVA, args: ["-cp", JAVA_CLASS_PATH, MCP_MAIN] }));
await use(
  "http",
  new StreamableHTTPClientTransport(new URL(MCP_URL), {
    requestInit: { headers: { Authorization: `Bearer ${MCP_TOKEN}` } },
  }),
);
