import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Ask } from './collect.ts'
import { createShop } from './command.ts'

/** The system's language; Node's own idea of it where no variable says it, as on Windows. */
function systemLocale(): string {
  const { LC_ALL, LC_MESSAGES, LANG } = process.env
  return LC_ALL || LC_MESSAGES || LANG || new Intl.DateTimeFormat().resolvedOptions().locale
}

/** Asks on the terminal. One reader for all questions: what is typed ahead is for the next. */
function openTerminal(): { readonly ask: Ask; readonly close: () => void } {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  // It ends with Ctrl-C, or with the input.
  const lines = terminal[Symbol.asyncIterator]()
  return {
    async ask(question, byDefault) {
      const shown = byDefault === '' ? '' : ` (${byDefault})`
      terminal.setPrompt(`${question}${shown}: `)
      terminal.prompt()
      const { done, value } = await lines.next()
      if (done === true) throw new DOMException('nobody is there any more', 'AbortError')
      return value
    },
    close: () => terminal.close(),
  }
}

const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
)

const terminal = process.stdin.isTTY && process.stdout.isTTY ? openTerminal() : undefined

process.exitCode = await createShop({
  args: process.argv.slice(2),
  version,
  locale: systemLocale(),
  userAgent: process.env['npm_config_user_agent'] ?? '',
  say: (line) => console.log(line),
  complain: (line) => console.error(line),
  ask: terminal?.ask,
  secret: () => randomBytes(18).toString('base64url'),
})
terminal?.close()
