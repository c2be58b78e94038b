import { ensureServiceSecrets } from '../src/identity/service-accounts.ts'

/** Waits for the starting signal on standard input, so that two of these race; tells what it got. */
await Bun.stdin.text()
process.stdout.write(JSON.stringify(await ensureServiceSecrets(process.argv[2] ?? '')))
