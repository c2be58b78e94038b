import { join } from 'node:path'
import { resolveDataDir, startSentence } from '@encargo/service-kit'
import { createAdmin } from '@encargo/auth/admin'
import { openAuthStore } from '@encargo/auth/store'

const usage = `Usage: bun run rotate-keys [--emergency]

Gives auth a new signing key. It is public at once and signs half a minute later; tokens of the old
key stay good until they run out, and nothing needs a restart.

  --emergency   the old key got out: the new one signs at once, and every token of the old one is
                refused as soon as the services see it (a restart makes them).`

async function main(args: readonly string[]): Promise<void> {
  if (args.some((arg) => arg !== '--emergency')) {
    console.error(usage)
    process.exitCode = 2
    return
  }
  if (process.env['AUTH_SIGNING_KEY']) {
    throw new Error(
      'AUTH_SIGNING_KEY is set, so the key is not in DATA_DIR; change the variable instead',
    )
  }
  const dataDir = resolveDataDir(process.env['DATA_DIR'] || '.data')
  const store = openAuthStore(join(dataDir, 'auth.db'))
  const admin = createAdmin({ store, dataDir, now: () => new Date() })
  try {
    const { kid, signsFrom, removed } = await admin.rotateKeys(args.includes('--emergency'))
    console.log(`new key ${kid}, signing from ${signsFrom.toISOString()}; ${removed} old removed`)
  } finally {
    await store.storage.close()
  }
}

await main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(startSentence(error) ?? (error instanceof Error ? error.message : String(error)))
  process.exitCode = 1
})
