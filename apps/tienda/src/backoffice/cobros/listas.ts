import { queryOptions } from '@tanstack/react-query'
import { cliente, con, pedir } from '../../api.ts'
import { definidos } from '../../datos/filtros.ts'
import { buscada, type Cursor, enPaginas, type Opciones } from '../../datos/listas.ts'

// The lists that staff work off about money.

const limite = 50

export const asuntos = [
  'por-cobrar',
  'por-devolver',
  'devolucion-fallida',
  'en-disputa',
  'vencido',
  'por-asegurar',
] as const
export type Asunto = (typeof asuntos)[number]

const pedirSaldos = (asunto: Asunto | undefined, cursor: Cursor, opciones: Opciones) => {
  const query = { limite, ...definidos({ asunto }), ...cursor }
  return pedir(cliente().pedidos.saldos.get({ query, ...opciones }))
}
export type Saldo = Awaited<ReturnType<typeof pedirSaldos>>['datos'][number]

/** Orders whose money somebody has to look at. */
export const opcionesSaldos = (asunto: Asunto | undefined) =>
  enPaginas(
    ['pagos', 'saldos', asunto ?? ''],
    (cursor, opciones) => pedirSaldos(asunto, cursor, opciones),
    buscada,
  )

export const estadosCobro = [
  'abierto',
  'en-proceso',
  'autorizado',
  'cobrado',
  'cerrado',
  'creado',
] as const
type EstadoCobro = (typeof estadosCobro)[number]

const pedirCobros = (estado: EstadoCobro, cursor: Cursor, opciones: Opciones) =>
  pedir(cliente().pagos.cobros.get({ query: { estado, limite, ...cursor }, ...opciones }))
export type CobroDeLista = Awaited<ReturnType<typeof pedirCobros>>['datos'][number]

export const opcionesCobrosEn = (estado: EstadoCobro) =>
  enPaginas(
    ['pagos', 'cobros', estado],
    (cursor, opciones) => pedirCobros(estado, cursor, opciones),
    buscada,
  )

export const estadosReembolso = ['fallido', 'enviado', 'por-enviar', 'hecho'] as const
type EstadoReembolso = (typeof estadosReembolso)[number]

const pedirReembolsos = (estado: EstadoReembolso, cursor: Cursor, opciones: Opciones) =>
  pedir(cliente().pagos.reembolsos.get({ query: { estado, limite, ...cursor }, ...opciones }))
export type ReembolsoDeLista = Awaited<ReturnType<typeof pedirReembolsos>>['datos'][number]

export const opcionesReembolsos = (estado: EstadoReembolso) =>
  enPaginas(
    ['pagos', 'reembolsos', estado],
    (cursor, opciones) => pedirReembolsos(estado, cursor, opciones),
    buscada,
  )

export const estadosAviso = ['pendiente', 'ajeno', 'hecho'] as const
type EstadoAviso = (typeof estadosAviso)[number]

const pedirAvisos = (estado: EstadoAviso, cursor: Cursor, opciones: Opciones) =>
  pedir(cliente().pagos.avisos.get({ query: { estado, limite, ...cursor }, ...opciones }))
export type AvisoDeLista = Awaited<ReturnType<typeof pedirAvisos>>['datos'][number]

/** What providers told, and what has come of it. */
export const opcionesAvisos = (estado: EstadoAviso) =>
  enPaginas(
    ['pagos', 'avisos', estado],
    (cursor, opciones) => pedirAvisos(estado, cursor, opciones),
    buscada,
  )

export const reintentarAviso = (id: string) =>
  pedir(cliente().pagos.avisos({ id }).reintentar.post())

export const estadosAjeno = ['pendiente', 'resuelto'] as const
type EstadoAjeno = (typeof estadosAjeno)[number]

const pedirAjenos = (estado: EstadoAjeno, signal: AbortSignal) =>
  pedir(cliente().pagos.ajenos.get({ query: { resueltos: estado === 'resuelto' }, ...con(signal) }))
export type Ajeno = Awaited<ReturnType<typeof pedirAjenos>>['datos'][number]

/** Money that belongs to no charge. */
export const opcionesAjenos = (estado: EstadoAjeno) =>
  queryOptions({
    queryKey: ['pagos', 'ajenos', estado],
    queryFn: async ({ signal }) => (await pedirAjenos(estado, signal)).datos,
  })

/** Says that a person settled it, and how. */
export const resolverAjeno = (id: string, resolucion: string) =>
  pedir(cliente().pagos.ajenos.resolver.post({ id, resolucion }))
