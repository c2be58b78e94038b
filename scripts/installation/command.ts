import { commandLine } from '@encargo/program'
import type { Environment } from '@encargo/service-kit/run/config'
import { runCommand, UsageError } from '../lib/command-line.ts'
import { dataDirOf, dataHelp, dataOptions } from '../lib/data-arg.ts'
import { activeReservations, adopt, belonging, type Pair, release, withPair } from './pair.ts'

const help = `Usage: ${commandLine('installation')} [adopt | release] [--data DIR]

Says whether inventario's stock is for the orders of the pedidos beside it, and how many reservations
have no order there.

  adopt     From now on it is: after pedidos.db or inventario.db was lost for good and begun anew. While
            the two do not agree, inventario refuses pedidos, and nothing is sold or let go.
  release   Reservations made up to now that have no order may go. pedidos asks for this when they are
            many, in its log and in /readyz (reservasSinPedido): first make sure that no other
            pedidos.db has those orders.

Both work while the services run, and count within a minute.

${dataHelp}`

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

const takes = 'installation takes adopt, release or nothing'
const command = { help, options: dataOptions, names: { most: 1, takes } } as const

/** Answers the exit code. */
export async function runInstallation(
  args: readonly string[],
  env: Environment,
  now: number = Date.now(),
): Promise<number> {
  return await runCommand(args, command, async ({ data }, [action]) => {
    if (action !== undefined && !isAction(action)) {
      throw new UsageError(`${takes}; --help says more.`)
    }
    const told = withPair(dataDirOf(env, data), (pair) => {
      if (action !== undefined) actions[action](pair, now)
      return describe(pair)
    })
    console.log(told)
  })
}
