import type { Environment } from '@encargo/service-kit/run/config'
import { CannotAudit } from '../audit/audit.ts'
import { helpOption, parseCommand, UsageError } from '../lib/command-line.ts'
import { dataDirOf, dataHelp } from '../lib/data-arg.ts'
import { activeReservations, adopt, belonging, type Pair, release, withPair } from './pair.ts'

const help = `Usage: bun run installation [adopt | release] [--data DIR]

Says whether inventario's stock is for the orders of the pedidos beside it, and how many reservations
have no order there.

  adopt     From now on it is: after pedidos.db or inventario.db was lost for good and begun anew. While
            the two do not agree, inventario refuses pedidos, and nothing is sold or let go.
  release   Reservations made up to now that have no order may go. pedidos asks for this when they are
            many, in its log and in /readyz (reservasSinPedido): first make sure that no other
            pedidos.db has those orders.

Both work while the services run, and count within a minute.

${dataHelp}`

const options = {
  data: { type: 'string' },
  ...helpOption,
} as const

const actions = { adopt, release } as const
const isAction = (name: string): name is keyof typeof actions => Object.hasOwn(actions, name)

function describe(pair: Pair): string {
  const { pedidos, inventario } = belonging(pair)
  const whose =
    inventario === null
      ? "inventario's stock is nobody's yet"
      : inventario === pedidos
        ? "inventario's stock is for it"
        : `inventario's stock is for another pedidos, ${inventario}`
  const { active, unclaimed } = activeReservations(pair)
  return `pedidos is ${pedidos}; ${whose}.\n${active} active reservations, ${unclaimed} of them without an order.`
}

/** Answers the exit code. */
export async function runInstallation(
  args: readonly string[],
  env: Environment,
  now: number = Date.now(),
): Promise<0 | 1> {
  try {
    const { values, positionals } = parseCommand(args, options)
    if (values.help) {
      console.log(help)
      return 0
    }
    const [action, ...more] = positionals
    if (more.length > 0 || (action !== undefined && !isAction(action))) {
      throw new UsageError('installation takes adopt, release or nothing; --help says more.')
    }
    const told = withPair(dataDirOf(env, values.data), (pair) => {
      if (action !== undefined) actions[action](pair, now)
      return describe(pair)
    })
    console.log(told)
    return 0
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof CannotAudit)) throw error
    console.error(error.message)
    return 1
  }
}
