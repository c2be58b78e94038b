import { commandLine } from '@encargo/program'
import { helpOption, runCommand, UsageError, wholeNumber } from '../lib/command-line.ts'
import { openFakeStripe } from './fake-stripe.ts'

const help = `Usage: ${commandLine('fake-stripe')} [--port N] [--notices URL]

A Stripe on this machine, to try a shop with: it has the pages where one pays, is declined or takes a voucher,
and moves no money. What it says at first are the variables of the shop. It forgets everything when it ends.

  --port     where it listens (12111)
  --notices  where its notices go (http://127.0.0.1:8004/avisos/stripe)`

const command = {
  help,
  options: {
    ...helpOption,
    port: { type: 'string', default: '12111' },
    notices: { type: 'string', default: 'http://127.0.0.1:8004/avisos/stripe' },
  },
} as const

/** Until somebody stops it. */
const stopped = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })

/** Answers the exit code, once `until` has come. */
export async function fakeStripe(
  args: readonly string[],
  {
    print,
    until,
  }: { readonly print: (line: string) => void; readonly until: () => Promise<void> } = {
    print: (line) => console.log(line),
    until: stopped,
  },
): Promise<number> {
  return await runCommand(args, command, async ({ port, notices }) => {
    if (!URL.canParse(notices))
      throw new UsageError(`--notices must be an address, got ${notices}.`)
    const stripe = openFakeStripe({
      port: wholeNumber('--port', port, 0, 65_535),
      noticesTo: notices,
    })
    print(`STRIPE_API_URL=${stripe.url}`)
    print(`STRIPE_SECRET_KEY=${stripe.secretKey}`)
    print(`STRIPE_WEBHOOK_SECRET=${stripe.webhookSecret}`)
    await until()
    await stripe.close()
  })
}
