import { commandLine } from '@encargo/program'
import type { Environment } from '@encargo/service-kit/run/config'
import { createExterno } from '../../apps/pagos/src/clients/externo/proveedor.ts'
import { machineClock } from '@encargo/service-kit/async/clock'
import { silentLogger } from '@encargo/service-kit/run/logger'
import { ProveedorNoDisponible, ProveedorRechaza } from '../../apps/pagos/src/ports/proveedor.ts'
import { helpOption, runCommand, Sentence, UsageError } from '../lib/command-line.ts'
import type { Caso } from './banco.ts'
import { abrirBancoExterno, imprescindibles, type Lejano, opcionales } from './banco-externo.ts'
import { casos, probar } from './casos.ts'
import { protocolo } from './casos/protocolo.ts'
import { CasoFallido, llamada } from './comprobar.ts'

const help = `Usage: ${commandLine('probar-proveedor')} URL [--secret whsec_…] [--only TEXT]

Tries on a payment provider of your own, which answers at URL, all that Encargo relies on, each on charges
of its own, and says of each what was expected and what was seen. The program has to let itself be tried:
docs/payments.md says how. Never where money is real.

  --secret  what it is called with; without it, PROVEEDOR_EXTERNO_SECRET
  --only    only the cases in whose sentence this stands

Exit code 0: it was right about everything. 1: it was not, or can't be tried.`

const command = {
  help,
  options: { ...helpOption, secret: { type: 'string' }, only: { type: 'string' } },
  names: { least: 1, most: 1, takes: "probar-proveedor takes the program's address" },
} as const

const palabras: Readonly<Record<keyof typeof opcionales, string>> = {
  rechazos: 'declined attempts',
  vales: 'vouchers',
  disputas: 'disputes',
  reembolsosFallidos: 'refunds that fail later',
  avisos: 'notices',
}

function direccion(texto: string): string {
  const url = URL.canParse(texto) ? new URL(texto) : undefined
  if (url && /^https?:$/.test(url.protocol)) return texto
  throw new UsageError(`The address has to begin with http:// or https://, got ${texto}.`)
}

function exigirSecreto(texto: string | undefined): string {
  if (texto === undefined) {
    throw new UsageError('The secret is missing: --secret, or PROVEEDOR_EXTERNO_SECRET.')
  }
  if (/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/.test(texto)) return texto
  throw new UsageError('The secret has to be whsec_ and 24 to 64 bytes in base64.')
}

/** Which cases the program leaves untried, and that it lets itself be tried at all. @throws Sentence */
async function presentado({ url, secreto, fetch }: Lejano): Promise<string[]> {
  const mundo = { fetch, logger: silentLogger, clock: machineClock }
  const externo = createExterno({ url, secretos: [secreto] }, mundo)
  const { nombre, pruebas = [] } = await externo.presentarse(llamada()).catch((error: unknown) => {
    if (!(error instanceof ProveedorNoDisponible || error instanceof ProveedorRechaza)) throw error
    const que = 'did not describe itself'
    throw new Sentence(`${url} ${que}: ${error.message}. docs/payments.md says how.`)
  })
  const falta = (nombres: readonly string[]) => nombres.filter((uno) => !pruebas.includes(uno))
  const faltan = falta(imprescindibles)
  if (faltan.length > 0) {
    const hooks = faltan.map((uno) => `prueba.${uno}`).join(', ')
    throw new Sentence(`${nombre} can't be tried: it does not offer ${hooks} among its "pruebas".`)
  }
  const sinProbar = (Object.keys(opcionales) as (keyof typeof opcionales)[]).flatMap((que) => {
    const suyas = falta(opcionales[que]).map((uno) => `prueba.${uno}`)
    return suyas.length > 0 ? [`Not tried: ${palabras[que]}, without ${suyas.join(', ')}.`] : []
  })
  return [`${nombre}, at ${url}`, ...sinProbar]
}

/** What was wrong, in lines; undefined: nothing. */
async function intentar(caso: Caso, lejano: Lejano): Promise<string | undefined> {
  try {
    await probar(caso, () => abrirBancoExterno(lejano))
    return undefined
  } catch (error) {
    const dicho =
      error instanceof CasoFallido ? error.message : `expected an answer, saw ${String(error)}`
    return dicho.replaceAll('\n', '\n        ')
  }
}

/** Answers the exit code. */
export async function probarProveedor(
  args: readonly string[],
  env: Environment,
  { fetch: suyo, print }: Pick<Lejano, 'fetch'> & { print: (line: string) => void } = {
    fetch,
    print: (line) => console.log(line),
  },
): Promise<number> {
  return await runCommand(args, command, async ({ secret, only = '' }, [texto = '']) => {
    const secreto = exigirSecreto(secret ?? env['PROVEEDOR_EXTERNO_SECRET'])
    const lejano = { url: direccion(texto), secreto, fetch: suyo }
    for (const linea of await presentado(lejano)) print(linea)
    const elegidos = [...casos, ...protocolo(lejano)].filter(({ nombre }) => nombre.includes(only))
    if (elegidos.length === 0) throw new UsageError(`No case says "${only}".`)
    let fallos = 0
    for (const caso of elegidos) {
      const mal = await intentar(caso, lejano)
      print(`${mal === undefined ? 'ok    ' : 'WRONG '}  ${caso.nombre}`)
      if (mal === undefined) continue
      fallos += 1
      print(`        ${mal}`)
    }
    print(`${elegidos.length - fallos} passed, ${fallos} failed`)
    return fallos === 0 ? 0 : 1
  })
}
