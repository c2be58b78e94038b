import { apuntar } from '@encargo/service-kit/audit/log'
import { saldar } from '@encargo/service-kit/obligations/statements'
import { type Engine, type Script, statement } from '@encargo/storage'
import { apunteDe } from '../domain/auditoria.ts'
import { esperaDinero } from '@encargo/service-kit/values/cobros'
import * as deberes from '../domain/deberes.ts'
import { hechoDe } from '../domain/hecho.ts'
import { proximaConsulta } from '../domain/plazo.ts'
import type { CobroEntero } from '../domain/registro.ts'
import type {
  Apertura,
  CobrosStore,
  Contada,
  Creado,
  Cuando,
  Desistimiento,
  NuevoCobro,
} from '../ports/cobros.ts'
import { anotarClave, deClave } from './claves.ts'
import { escribirCaptura } from './capturas.ts'
import { escribirNovedad, sentenciasDeOtros } from './conciliacion.ts'
import { columnasCobro, type FilaCobro, guardar, sentencias } from './filas.ts'
import {
  atender,
  cerrada,
  crecido,
  debe,
  type Entero,
  existente,
  leerEntero,
  sinPedido,
  sucede,
} from './registro.ts'

const sentenciasDeBusqueda = {
  porReferencia: statement<FilaCobro, [proveedor: string, referencia: string]>(
    `SELECT ${columnasCobro} FROM cobros WHERE proveedor = ?1 AND referencia = ?2`,
  ),
}

function* crear(nuevo: NuevoCobro): Script<Creado> {
  const { cobro, clave, ahora } = nuevo
  const antes = yield* deClave(clave, ahora)
  if (antes === 'distinta') return { tipo: 'distinta' }
  if (antes) return { tipo: 'repetido', cobro: yield* existente(antes.cobroId) }
  yield* sentencias.crear.run(
    cobro.id,
    cobro.pedidoId,
    cobro.numero,
    cobro.clienteId,
    cobro.creadoPor,
    cobro.metodo,
    cobro.proveedor,
    cobro.momento,
    cobro.importe,
    cobro.moneda,
    cobro.volverA,
    cobro.expiraEn,
    cobro.apartarHasta,
    ahora,
  )
  yield* debe(deberes.abrir, cobro.id, nuevo, { proximaEn: nuevo.proximaEn })
  yield* anotarClave(clave, cobro.id, ahora)
  if (nuevo.por)
    yield* apuntar(apunteDe('cobro-creado', cobro.id, nuevo.por, `importe ${cobro.importe}`))
  return { tipo: 'creado', cobro: yield* existente(cobro.id) }
}

const deudaDeAbrir = (clave: string) => ({ tipo: deberes.abrir, clave, datos: {}, intentos: 0 })

function* abrir(apertura: Apertura): Script<CobroEntero> {
  const { cobroId, sesion, ahora, consultable } = apertura
  const cobro = yield* existente(cobroId)
  yield* saldar(deudaDeAbrir(cobroId))
  if (cobro.estado !== 'creado') return yield* nombrar(cobro, apertura)
  const { referencia } = sesion
  const fase = {
    estado: 'abierto',
    referencia,
    url: sesion.url ?? null,
    volverA: null,
    expiraEn: sesion.expiraEn ?? cobro.expiraEn,
    contada: Math.max(cobro.contada, cobro.version),
  } as const
  const abierto = crecido(cobro, fase, ahora)
  const despues = yield* atender(abierto, apertura.ordenes, apertura)
  const consultarEn = proximaConsulta(despues, { consultable, vuelve: false }, ahora)
  const listo: Entero = { ...despues, consultarEn }
  yield* guardar(listo)
  yield* debe(deberes.contar, cobroId, apertura)
  yield* sucede(hechoDe('cobro.abierto', listo), listo, ahora)
  return listo
}

/** It has gone on while its session was asked for: with a name its provider can be asked about it. */
function* nombrar(cobro: Entero, apertura: Apertura): Script<CobroEntero> {
  const { ahora, consultable, sesion } = apertura
  const url = esperaDinero(cobro) ? (cobro.url ?? sesion.url ?? null) : null
  if (cobro.referencia !== null && cobro.url === url) return cobro
  const nombrado = { ...cobro, referencia: cobro.referencia ?? sesion.referencia, url }
  const consultarEn = proximaConsulta(nombrado, { consultable, vuelve: false }, ahora)
  yield* guardar({ ...nombrado, consultarEn })
  // Nobody has been told of the session of one that was closed, which is to be closed all the same.
  if (cobro.estado === 'cerrado') yield* debe(deberes.cerrar(cobro.proveedor), cobro.id, apertura)
  return { ...nombrado, consultarEn }
}

function* desistir(peticion: Desistimiento): Script<CobroEntero> {
  const { cobroId, causa, rechazo, ahora, contar } = peticion
  const cobro = yield* existente(cobroId)
  yield* saldar(deudaDeAbrir(cobroId))
  if (cobro.estado !== 'creado') return cobro
  const ultimoRechazo = rechazo?.slice(0, 100) ?? null
  const fase = { estado: 'cerrado', causa, ultimoRechazo, volverA: null } as const
  const cerrado = crecido(cobro, fase, ahora)
  const despues = contar
    ? { ...cerrado, contada: Math.max(cobro.contada, cobro.version) }
    : { ...cerrado, contada: cerrado.version }
  yield* guardar(despues)
  if (contar) yield* debe(deberes.contar, cobroId, peticion)
  yield* sucede(hechoDe('cobro.cerrado', despues, { causa }), despues, ahora)
  if (peticion.por) yield* apuntar(apunteDe('cobro-cerrado', cobroId, peticion.por, causa))
  return despues
}

function* contado(peticion: Contada): Script<void> {
  const { cobroId, version, ordenes, deuda } = peticion
  const cobro = yield* existente(cobroId)
  const despues = yield* atender(cobro, ordenes, peticion)
  const contada = Math.max(cobro.contada, Math.min(version, despues.version))
  if (contada !== cobro.contada || despues.version !== cobro.version) {
    yield* guardar({ ...despues, contada })
  }
  // What has grown meanwhile is still to be told.
  if (contada === despues.version) yield* cerrada(deuda)
}

function* olvidado(
  peticion: Cuando & { readonly cobroId: string; readonly deuda: Parameters<typeof sinPedido>[1] },
): Script<void> {
  yield* sinPedido(yield* existente(peticion.cobroId), peticion.deuda, peticion)
}

/** Charges: how they are made, opened and told, and what their providers say. */
export function createCobros(engine: Engine): CobrosStore {
  const { porReferencia } = sentenciasDeBusqueda
  engine.prepare(
    ...Object.values(sentencias),
    ...Object.values(sentenciasDeOtros),
    ...Object.values(sentenciasDeBusqueda),
  )
  return {
    cobro: (id) => engine.read(() => leerEntero(id)),
    deClave: (clave, ahora) =>
      engine.read(function* () {
        const antes = yield* deClave(clave, ahora)
        return antes === undefined || antes === 'distinta' ? antes : yield* existente(antes.cobroId)
      }),
    porReferencia: (proveedor, referencia) => engine.ask(porReferencia.get(proveedor, referencia)),
    crear: (nuevo) => engine.write(() => crear(nuevo)),
    abrir: (apertura) => engine.write(() => abrir(apertura)),
    desistir: (peticion) => engine.write(() => desistir(peticion)),
    conciliar: (novedad) => engine.write(() => escribirNovedad(novedad)),
    capturar: (captura) => engine.write(() => escribirCaptura(captura)),
    contado: (peticion) => engine.write(() => contado(peticion)),
    sinPedido: (peticion) => engine.write(() => olvidado(peticion)),
  }
}
