import { commandLine } from '@encargo/program'
import type { Environment } from '@encargo/service-kit/run/config'
import { runCommand, UsageError } from '../lib/command-line.ts'
import { dataHelp, dataOptions } from '../lib/data-arg.ts'
import { shopOf } from '../lib/shop.ts'
import { type Installation, installationOf, withPair } from './pair.ts'
import { withServers } from './servers.ts'

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

const actions = ['adopt', 'release'] as const
const isAction = (name: string): name is (typeof actions)[number] =>
  actions.some((action) => action === name)

async function describe(installation: Installation): Promise<string> {
  const { pedidos, inventario } = await installation.belonging()
  const whose =
    inventario === null
      ? "inventario's stock is nobody's yet"
      : inventario === pedidos
        ? "inventario's stock is for it"
        : `inventario's stock is for another pedidos, ${inventario}`
  const { active, unclaimed } = await installation.active()
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
    const work = async (installation: Installation) => {
      if (action !== undefined) await installation[action](now)
      return await describe(installation)
    }
    const { dataDir, servers } = shopOf(env, data)
    const told = servers
      ? await withServers(servers, work)
      : await withPair(dataDir, (pair) => work(installationOf(pair)))
    console.log(told)
  })
}
