import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Look } from '@encargo/storage/copy'
import type { Service } from '../databases.ts'
import type { Tally } from '../tally.ts'

const made = /(?<!DROP )\b(CREATE TRIGGER|CREATE(?: UNIQUE)? INDEX|CONSTRAINT) "?(\w+)"?/g
const dropped = /\bDROP (TRIGGER|INDEX|CONSTRAINT)(?: IF EXISTS)? "?(\w+)"?/g

/** Triggers, indexes and named constraints that the migrations of a folder come to, by name. */
export function rulesOf(migrationsFolder: string): Map<string, string> {
  const rules = new Map<string, string>()
  const files = readdirSync(migrationsFolder).filter((file) => file.endsWith('.sql'))
  for (const file of files.toSorted()) {
    const text = readFileSync(join(migrationsFolder, file), 'utf8').replaceAll(/--.*$/gm, '')
    for (const [, , name = ''] of text.matchAll(dropped)) rules.delete(name)
    for (const [, kind = '', name = ''] of text.matchAll(made)) {
      rules.set(name, kind.split(' ').at(-1)?.toLowerCase() ?? '')
    }
  }
  return rules
}

/** What of that is there and in force. */
const inForce = `SELECT t.tgname::text AS name FROM pg_trigger t
    JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND NOT t.tgisinternal AND t.tgenabled <> 'D'
  UNION ALL SELECT i.relname::text FROM pg_index x
    JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_namespace n ON n.oid = i.relnamespace
  WHERE n.nspname = $1 AND x.indisvalid
  UNION ALL SELECT k.conname::text FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace
  WHERE n.nspname = $1 AND k.convalidated`

/**
 * Each schema of a server has the triggers, indexes and constraints of its migrations, by name: one that is
 * gone or switched off lets anything in from then on. A copy can't tell, as it has its own.
 */
export async function checkServerRules(
  look: Look,
  { service, migrationsFolder }: { readonly service: Service; readonly migrationsFolder: string },
  tally: Tally,
): Promise<void> {
  const rows = await look.rows<{ name: string }>(inForce, service)
  const found = new Set(rows.map(({ name }) => name))
  for (const [name, kind] of rulesOf(migrationsFolder)) {
    if (found.has(name)) continue
    const what = `the ${kind} ${name} of its migrations is missing or switched off`
    tally.wrong('files', `the schema ${service}`, what, 'make it again as its migration does')
  }
}
