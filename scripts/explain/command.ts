import type { Database } from 'bun:sqlite'
import { commandLine } from '@encargo/program'
import type { Environment } from '@encargo/service-kit/run/config'
import { pagoDe } from '../../apps/pedidos/src/domain/cobranza/de-pedido.ts'
import { cannotRead, readAll } from '../audit/databases.ts'
import { judge } from '../audit/judge.ts'
import { runCommand, Sentence } from '../lib/command-line.ts'
import { dataHelp, dataOptions } from '../lib/data-arg.ts'
import { shopOf, shown } from '../lib/shop.ts'
import { withOrder } from './of-server.ts'
import { printStory } from './print.ts'
import { currentOf, idOf, namesOf, pairOf, readRecord } from './read.ts'
import { storyOf } from './story.ts'

const help = `Usage: ${commandLine('explain')} <pedidoId or number> [--data DIR] [--json]

The story of one order from the services' own records, in the order in which it happened: who wanted
what, each step and each attempt with its outcome and time, what it did to which stock, and what became of its
money: charges, what their providers told, what went back, and what is left to do.

${dataHelp}

Exit code 0: the story. 1: nobody knows this order, or the data can't be read.`

const command = {
  help,
  options: { ...dataOptions, json: { type: 'boolean', default: false } },
  names: { least: 1, most: 1, takes: "explain takes one order's id or number" },
} as const

/** The story as text or JSON, or undefined when nothing knows this order. */
function explainFrom(client: Database, named: string, json: boolean): string | undefined {
  const id = idOf(client, named)
  const record = id === undefined ? null : readRecord(client, id)
  if (!record) return undefined
  const story = storyOf(record)
  const now = Date.now()
  const verdict = judge(pairOf(record), { now, aliveUntil: now, lastChange: now })
  if (!json) return printStory(record, story, verdict, namesOf(client))
  // The rank only sorts.
  const happenings = story.map(({ rank: _rank, ...one }) =>
    Object.assign(one, { at: new Date(one.at).toISOString() }),
  )
  const { historia, conClave, descarte, dinero } = record
  const reserva = currentOf(record)
  const pedido = historia?.pedido ?? null
  const pago = pedido && pagoDe(pedido)
  return JSON.stringify(
    { id, pedido, conClave, reserva, descarte, pago, dinero, happenings, verdict },
    null,
    2,
  )
}

function explainIn(dataDir: string, named: string, json: boolean): string | undefined {
  try {
    return readAll(dataDir, (client) => explainFrom(client, named, json))
  } catch (error) {
    throw cannotRead(dataDir, error)
  }
}

/** Answers the exit code. */
export async function explain(args: readonly string[], env: Environment): Promise<number> {
  return await runCommand(args, command, async ({ data, json }, [named = '']) => {
    const shop = shopOf(env, data)
    const tell = (folder: string) => explainIn(folder, named, json)
    const story = shop.servers ? await withOrder(shop.servers, named, tell) : tell(shop.dataDir)
    if (story === undefined) throw new Sentence(`There is no order ${named} in ${shown(shop)}.`)
    console.log(story)
  })
}
