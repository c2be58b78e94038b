import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDatabase, removeDatabase } from '@encargo/storage/copy'
import { auditData } from '../scripts/audit/audit.ts'
import { openShop } from '../scripts/audit/test-shop.ts'
import { helpOption, runCommand, Sentence, wholeNumber } from '../scripts/lib/command-line.ts'
import { type Servers, serversOf } from '../scripts/lib/shop.ts'
import { type Moved, moveToFolder, moveToServer } from '../scripts/move/move.ts'
import { fillOrders } from './fill/fill.ts'

const help = `Usage: DATABASE_URL=... bun bench/move.ts [orders]

How long a shop stands still that is moved to a database server and back: one with so many orders
(100,000 unless told otherwise) in a folder of its own, and in a database that is made on that server.`

const products = 50
const customers = 1_000

/** A shop with a past, its services stopped. */
async function fill(folder: string, count: number): Promise<void> {
  const shop = await openShop(folder)
  const buyers: string[] = []
  for (let n = 0; n < customers; n++) buyers.push(await shop.cliente())
  const goods: { id: string; sku: string; nombre: string; precio: number }[] = []
  for (let n = 0; n < products; n++) {
    const id = await shop.producto(count * 10)
    goods.push({ id, sku: `SKU-${id}`, nombre: 'Café de altura', precio: 500 })
  }
  await shop.close()
  const past = { count, products: goods, customers: buyers, now: Date.now() }
  await fillOrders(folder, past, () => {})
  const again = await openShop(folder)
  await again.follow()
  await again.close()
}

const seconds = (ms: number) => (ms / 1_000).toFixed(1)

function told(what: string, { rows, copyMs, ms }: Moved): string {
  const rate = Math.round(rows / (copyMs / 1_000)).toLocaleString('en')
  const copy = `${rows.toLocaleString('en')} rows copied in ${seconds(copyMs)} s (${rate} a second)`
  return `${what}: ${copy}; compared and audited, ${seconds(ms)} s in all`
}

async function measure(folder: string, servers: Servers, count: number): Promise<void> {
  const [there, back] = [join(folder, 'there'), join(folder, 'back')]
  await fill(there, count)
  const plain = { servers, force: false }
  console.log(told('to the server', await moveToServer({ ...plain, dataDir: there })))
  console.log(told('to a folder', await moveToFolder({ ...plain, dataDir: back })))
  const { clean, ms } = await auditData(back)
  console.log(
    `audit of what came back: ${clean ? 'clean' : 'NOT CLEAN'}, ${(ms / 1_000).toFixed(1)} s`,
  )
}

const command = {
  help,
  options: helpOption,
  names: { most: 1, takes: 'bench/move.ts takes a number of orders' },
} as const

process.exitCode = await runCommand(Bun.argv.slice(2), command, async (_, [orders = '100000']) => {
  const count = wholeNumber('orders', orders, 1, 10_000_000)
  const beside = serversOf(process.env)?.pedidos.url
  if (beside === undefined) throw new Sentence('Set DATABASE_URL to a database of the server.')
  const name = `encargo_move_${process.pid}`
  const folder = mkdtempSync(join(tmpdir(), 'encargo-move-bench-'))
  try {
    const servers = serversOf({ DATABASE_URL: await makeDatabase(beside, name) })
    if (servers) await measure(folder, servers, count)
  } finally {
    await removeDatabase(beside, name)
    rmSync(folder, { recursive: true, force: true })
  }
})
