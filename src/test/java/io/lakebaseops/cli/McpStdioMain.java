package io.lakebaseops.cli;

/// The `mcp` command over the small tools of the tests, as a process of its own.
final class McpStdioMain {
    private McpStdioMain() {}

    public static void main(String[] args) {
        int code;
        try (var services = new FakeServices()) {
            System.out.flush();
            var all = new String[args.length + 1];
            all[0] = "mcp";
            System.arraycopy(args, 0, all, 1, args.length);
            code = Commands.build(services).execute(all);
        }
        System.exit(code);
    }
}
