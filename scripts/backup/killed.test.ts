import { afterAll, expect, test } from 'bun:test'
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serviceNames } from '@encargo/service-kit/run/config'
import { startSentence } from '@encargo/service-kit/run/run'
import { unfinishedRestore } from '@encargo/service-kit/run/data-dir'
import { ensureServiceSecrets } from '@encargo/service-kit/identity/service-accounts'
import { start as startAuth } from '../../apps/auth/src/main.ts'
import { start as startInventario } from '../../apps/inventario/src/main.ts'
import { start as startPagos } from '../../apps/pagos/src/main.ts'
import { start as startPedidos } from '../../apps/pedidos/src/main.ts'
import { start as startProductos } from '../../apps/productos/src/main.ts'
import { addKey, keyFolder } from '../../apps/auth/src/security/key-folder.ts'
import { auditData } from '../audit/audit.ts'
import { fillShop, temporaryFolder } from '../audit/test-shop.ts'
import { backup } from './backup.ts'
import { restore } from './restore.ts'

const { folder, remove } = temporaryFolder('killed')
afterAll(remove)

const starts = {
  auth: startAuth,
  productos: startProductos,
  inventario: startInventario,
  pedidos: startPedidos,
  pagos: startPagos,
}

/** What each service says to being started there, without ever being let to. */
async function refusals(dataDir: string): Promise<(string | undefined)[]> {
  return await Promise.all(
    serviceNames.map(async (name) => {
      const env = { DATA_DIR: dataDir, [`${name.toUpperCase()}_PORT`]: '0', LOG_LEVEL: 'error' }
      return await starts[name](env).then(
        async (running) => {
          await running.stop()
          return undefined
        },
        (error: unknown) => startSentence(error),
      )
    }),
  )
}

/** Every file of a folder with what is in it, without the marks of restores and services. */
function contentOf(dataDir: string): Record<string, string> {
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(dataDir.length + 1))
    .filter((path) => !/^(?:\.restoring|replaced)-|-(?:kept|lock)$/.test(path))
    .sort()
  return Object.fromEntries(
    files.map((path) => [path, Bun.hash(readFileSync(join(dataDir, path))).toString()]),
  )
}

/** A folder of a shop with secrets of its own. */
async function shop(name: string): Promise<string> {
  const dataDir = join(folder, name)
  await fillShop(dataDir)
  await ensureServiceSecrets(dataDir)
  await addKey(keyFolder(dataDir), name, Date.now())
  return dataDir
}

async function killAt(step: number, from: string, dataDir: string): Promise<string> {
  const command = [
    process.execPath,
    join(import.meta.dir, 'killed.ts'),
    from,
    dataDir,
    String(step),
  ]
  const child = Bun.spawn(command, { stdout: 'pipe', stderr: 'inherit' })
  return (await new Response(child.stdout).text()).trim()
}

test('a restore that is killed at any of its steps is whole or not at all', async () => {
  const [old, other] = [await shop('old'), await shop('new')]
  const kept = join(folder, 'kept')
  await backup({ dataDir: other, into: kept, version: 'test' })
  const before = contentOf(old)
  const seen: string[] = []
  for (let step = 1; ; step++) {
    const dataDir = join(folder, `killed-${step}`)
    cpSync(old, dataDir, { recursive: true })
    const name = await killAt(step, kept, dataDir)
    if (name === '') break
    seen.push(name)
    const half = existsSync(unfinishedRestore(dataDir))
    if (half) {
      const told = await refusals(dataDir)
      for (const sentence of told) expect(sentence).toContain('a restore to')
      for (const sentence of told) expect(sentence).toContain('run bun run restore again')
    } else {
      expect([name, contentOf(dataDir)]).toEqual([name, before])
    }
    // Killed in undoing as well, once, where there is something to undo.
    if (half) await killAt(1, kept, dataDir)
    const { movedTo } = await restore({ from: kept, dataDir, force: true, unverified: false })
    expect([name, contentOf(movedTo ?? '')]).toEqual([name, before])
    expect(Object.keys(contentOf(dataDir)).sort()).toEqual([
      'auth.db',
      'claves/new.json',
      'credenciales.json',
      'inventario.db',
      'pagos.db',
      'pedidos.db',
      'productos.db',
    ])
    expect((await auditData(dataDir, { wait: () => Promise.resolve() })).clean).toBe(true)
    expect(readdirSync(dataDir).filter((one) => one.startsWith('.restoring'))).toEqual([])
  }
  expect(seen).toContain('staged')
  expect(seen.filter((name) => name.startsWith('move '))).toHaveLength(7)
  expect(seen.filter((name) => name.startsWith('put '))).toHaveLength(7)
  expect(seen.at(-1)).toBe('finish')
}, 120_000)
