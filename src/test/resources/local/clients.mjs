// Clients of Lakebase in Node as their documentation configures them. Arguments: the file of the
// authority, and one that signed nothing. The rest comes from the environment, as with the platform.
import fs from "node:fs";
import pg from "pg";
import postgres from "postgres";
import { createLakebasePool, getUsernameWithApiLookup } from "@databricks/lakebase";

const [ca, other] = process.argv.slice(2).map((file) => fs.readFileSync(file, "utf8"));
const user = await getUsernameWithApiLookup();

// sslMode is left at its default, `require`, which verifies.
const pool = createLakebasePool({ user });
const who = await pool.query("SELECT current_user || ' in ' || current_database() AS who");
console.log("lakebase pool:", who.rows[0].who);
const many = await Promise.all(
  Array.from({ length: 50 }, (_, i) => pool.query("SELECT $1::int AS i", [i])),
);
console.log("lakebase pool in parallel:", many.reduce((sum, r) => sum + r.rows[0].i, 0));

const password = await pool.options.password();
const { PGHOST: host, PGPORT: port, PGDATABASE: database } = process.env;
const direct = { host, port: Number(port), database, user, password };

async function node(ssl) {
  const client = new pg.Client({ ...direct, ssl });
  try {
    await client.connect();
    await client.query("SELECT 1");
    return client.connection.stream.getProtocol();
  } catch (e) {
    return e.code ?? e.message;
  } finally {
    await client.end().catch(() => {});
  }
}
console.log("pg verified:", await node({ ca }));
console.log("pg required:", await node({ rejectUnauthorized: false }));
console.log("pg foreign:", await node({ ca: other }));
console.log("pg plain:", (await node(false)).includes("getProtocol"));

for (const ssl of ["require", "verify-full", { ca }]) {
  const sql = postgres({ ...direct, ssl, max: 1 });
  const rows = await sql`SELECT 1 AS one`;
  console.log("postgres.js " + (typeof ssl === "string" ? ssl : "ca") + ":", rows[0].one);
  await sql.end();
}
await pool.end();
