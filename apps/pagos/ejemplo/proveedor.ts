// A payment provider of one's own: it answers what Encargo asks as docs/payments.md says, and what it knows
// is in one SQLite file, and the shopper pays at a page of its own. `banco.ts` stands for the bank.
//
//   SECRETO=whsec_... AVISOS=https://shop.example/avisos/externo bun apps/pagos/ejemplo/proveedor.ts
//
// With PRUEBAS=1 it also lets `bun run probar-proveedor` pay: not for where money is real.

import { Database } from 'bun:sqlite'
import { Webhook } from 'standardwebhooks'
import * as banco from './banco.ts'
import { esActo, pagina } from './pagina.ts'

/** All that is said in `data`; which of it, `type` tells. */
interface Datos extends banco.Cobro {
  readonly clave: string
  readonly desde: string
  readonly cursor?: string
}

export interface Ajustes {
  readonly secreto: string
  /** Where Encargo takes notices. */
  readonly avisos?: () => string | undefined
  readonly archivo?: string | undefined
  readonly pruebas?: boolean
}

const tablas = [
  'cobros (referencia TEXT PRIMARY KEY, cobroId TEXT UNIQUE, cambio TEXT, datos TEXT)',
  'avisos (id TEXT PRIMARY KEY, referencia TEXT, cuerpo TEXT, hecho INTEGER)',
]

export function crearProveedor({ secreto, avisos, archivo, pruebas = false }: Ajustes) {
  const firmante = new Webhook(secreto)
  const db = new Database(archivo ?? ':memory:')
  for (const tabla of tablas) db.run(`CREATE TABLE IF NOT EXISTS ${tabla}`)

  function buscar(columna: 'referencia' | 'cobroId', valor: string): banco.Cobro | undefined {
    const sql = `SELECT datos FROM cobros WHERE ${columna} = ?`
    const fila = db.query<{ datos: string }, [string]>(sql).get(valor)
    return fila ? (JSON.parse(fila.datos) as banco.Cobro) : undefined
  }
  function leer(referencia: string): banco.Cobro {
    const cobro = buscar('referencia', referencia)
    if (cobro) return cobro
    throw new banco.Rechazo('no-encontrado', `there is no charge ${referencia}`)
  }

  /** A change and the notice of it are on disk before anybody hears of either. */
  function guardar(cobro: banco.Cobro): banco.Cobro {
    const { referencia, cobroId } = cobro
    const timestamp = new Date().toISOString()
    const aviso = { type: 'cobro.cambiado', timestamp, data: { referencia } }
    const fila = [referencia, cobroId, timestamp, JSON.stringify(cobro)]
    db.transaction(() => {
      db.run('INSERT OR REPLACE INTO cobros VALUES (?, ?, ?, ?)', fila)
      const suyo = [`msg_${Bun.randomUUIDv7()}`, referencia, JSON.stringify(aviso)]
      db.run('INSERT INTO avisos VALUES (?, ?, ?, 0)', suyo)
    })()
    return cobro
  }
  const cambiar = (referencia: string, acto: (cobro: banco.Cobro) => void): object => {
    const cobro = leer(referencia)
    const antes = JSON.stringify(cobro)
    acto(cobro)
    return banco.verdad(antes === JSON.stringify(cobro) ? cobro : guardar(cobro))
  }

  const firmar = ({ id, cuerpo }: { id: string; cuerpo: string }) => ({
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': firmante.sign(id, new Date(), cuerpo),
  })
  const avisosDe = (donde: string, ...valores: string[]) =>
    db
      .query<{ id: string; cuerpo: string }, string[]>(`SELECT * FROM avisos WHERE ${donde}`)
      .all(...valores)
  /** Tells Encargo what it has not acknowledged yet. It asks by itself as well: this is only sooner. */
  async function avisar(): Promise<void> {
    const url = avisos?.()
    if (url === undefined) return
    for (const uno of avisosDe('hecho = 0 ORDER BY id LIMIT 50')) {
      const { ok } = await fetch(url, { method: 'POST', body: uno.cuerpo, headers: firmar(uno) })
      if (ok) db.run('UPDATE avisos SET hecho = 1 WHERE id = ?', [uno.id])
    }
  }

  const operaciones: Readonly<Record<string, (datos: Datos, origen: string) => object>> = {
    'cobro.abrir'(datos, origen) {
      const cobro = buscar('cobroId', datos.cobroId) ?? guardar(banco.abrir(datos))
      const { referencia, expiraEn } = cobro
      return { referencia, url: `${origen}/pagar/${referencia}`, expiraEn }
    },
    'cobro.consultar': ({ referencia }) => banco.verdad(leer(referencia)),
    'cobro.cerrar': ({ referencia }) => cambiar(referencia, banco.cerrar),
    'cobro.capturar': ({ referencia, importe, clave }) =>
      cambiar(referencia, (cobro) => banco.capturar(cobro, importe, clave)),
    'cobro.reembolsar': ({ referencia, importe, clave }) =>
      cambiar(referencia, (cobro) => banco.reembolsar(cobro, importe, clave)),
    'cobros.listar'({ desde, cursor = '' }) {
      const sql = `SELECT referencia FROM cobros WHERE cambio >= ? AND referencia > ?
        ORDER BY referencia LIMIT 100`
      const filas = db.query<{ referencia: string }, string[]>(sql).all(desde, cursor)
      const referencias = filas.map(({ referencia }) => referencia)
      return { referencias, siguiente: filas.length === 100 ? referencias.at(-1) : undefined }
    },
  }

  function prueba(nombre: string, datos: Datos): object {
    if (nombre === 'sesiones') return { sesiones: buscar('cobroId', datos.cobroId) ? 1 : 0 }
    if (nombre === 'avisos') {
      const suyos = avisosDe('referencia = ? ORDER BY id', datos.referencia)
      return { avisos: suyos.map((uno) => ({ headers: firmar(uno), cuerpo: uno.cuerpo })) }
    }
    return cambiar(datos.referencia, banco.pruebas[nombre] ?? (() => undefined))
  }

  const descripcion = {
    protocolo: 1,
    nombre: 'Banco de ejemplo',
    puede: {
      redirigir: true,
      autorizar: true,
      cerrar: true,
      reembolsarParte: true,
      consultar: true,
      listar: true,
    },
    plazo: { minimo: 300, maximo: 30 * 86_400 },
    ...(pruebas ? { pruebas: ['sesiones', 'avisos', ...Object.keys(banco.pruebas)] } : {}),
  }

  function atender(cuerpo: string, origen: string): object {
    if (cuerpo === '') return descripcion
    const { type, data } = JSON.parse(cuerpo) as { type: string; data: Datos }
    if (pruebas && type.startsWith('prueba.')) return prueba(type.slice('prueba.'.length), data)
    const operacion = operaciones[type]
    if (!operacion) throw new banco.Rechazo('tipo-desconocido', `what is ${type}?`)
    return operacion(data, origen)
  }

  async function pagar(request: Request, referencia: string): Promise<Response> {
    const cobro = leer(referencia)
    const estado = banco.estadoDe(cobro)
    if (request.method !== 'POST') return pagina(cobro, estado, pruebas)
    const acto = new URLSearchParams(await request.text()).get('acto') ?? 'pagar'
    if (!esActo(acto) || (!pruebas && acto !== 'pagar' && acto !== 'volver')) {
      throw new banco.Rechazo('acto', `what is ${String(acto)}?`)
    }
    if (acto !== 'volver') cambiar(referencia, banco.pruebas[acto] ?? banco.pagar)
    // Who was declined may try again, and a voucher's number is to be seen.
    const sigue = acto === 'rechazar' || acto === 'imprimirVale' || cobro.volverA === undefined
    return Response.redirect(sigue ? request.url : (cobro.volverA ?? request.url), 303)
  }

  async function contestar(request: Request): Promise<Response> {
    const url = new URL(request.url)
    const [, referencia] = /^\/pagar\/([\w-]+)$/.exec(url.pathname) ?? []
    try {
      if (referencia !== undefined) return await pagar(request, referencia)
      const cuerpo = await request.text()
      try {
        firmante.verify(cuerpo, Object.fromEntries(request.headers), { jsonParse: false })
      } catch {
        return Response.json({ codigo: 'firma', mensaje: 'it is not signed' }, { status: 401 })
      }
      return Response.json(atender(cuerpo, url.origin))
    } catch (error) {
      if (!(error instanceof banco.Rechazo)) throw error
      const { codigo, message: mensaje } = error
      return Response.json({ codigo, mensaje }, { status: 422 })
    } finally {
      avisar().catch(() => undefined)
    }
  }
  return {
    fetch: contestar,
    avisar,
    /** Something befalls the charge that Encargo calls so, as with `prueba.…`. */
    ocurre(cobroId: string, que: string): void {
      const cobro = buscar('cobroId', cobroId)
      if (cobro) cambiar(cobro.referencia, banco.pruebas[que] ?? (() => undefined))
    },
  }
}

if (import.meta.main) {
  const { SECRETO = '', AVISOS, ARCHIVO, PRUEBAS, PORT = '8090' } = process.env
  const proveedor = crearProveedor({
    secreto: SECRETO,
    avisos: () => AVISOS,
    archivo: ARCHIVO ?? 'proveedor.sqlite',
    pruebas: PRUEBAS === '1',
  })
  const { url } = Bun.serve({ port: Number(PORT), fetch: proveedor.fetch })
  setInterval(() => proveedor.avisar().catch(() => undefined), 60_000)
  console.log(`answers at ${url.href}`)
}
