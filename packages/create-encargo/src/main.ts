import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { createShop } from './command.ts'

/** The system's language; Node's own idea of it where no variable says it, as on Windows. */
function systemLocale(): string {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  return LC_ALL || LC_MESSAGES || LANG || new Intl.DateTimeFormat().resolvedOptions().locale
}

/** Rejects with an AbortError on Ctrl-C and at the end of the input. */
async function ask(question: string, byDefault: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  const left = new AbortController()
  terminal.once('close', () => left.abort())
  try {
    const shown = byDefault === '' ? '' : ` (${byDefault})`
    return await terminal.question(`${question}${shown}: `, { signal: left.signal })
  } finally {
    terminal.close()
  }
}

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)

process.exitCode = await createShop({
  args: process.argv.slice(2),
  version,
  locale: systemLocale(),
  userAgent: process.env['npm_config_user_agent'] ?? '',
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
  ask: process.stdin.isTTY && process.stdout.isTTY ? ask : undefined,
  secret: () => randomBytes(18).toString('base64url'),
})
