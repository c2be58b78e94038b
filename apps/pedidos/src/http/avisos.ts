import { appOptions, type service } from '@encargo/service-kit/http/service'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { ConId, limitePorDefecto } from '@encargo/service-kit/http/schemas'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { type Static, Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Deps } from '../app/deps.ts'
import type { Aviso } from '../domain/aviso.ts'
import {
  AvisosDePedido,
  AvisoVisto,
  ConAviso,
  ConsultaAvisos,
  PaginaAvisos,
} from './avisos-schemas.ts'
import { sinPedido } from './refusals.ts'

const tags = ['correos']
const Cursor = Type.Integer({ minimum: 1 })
const iso = (ms: number) => new Date(ms).toISOString()

function verAviso(aviso: Aviso): Static<typeof AvisoVisto> {
  const { id, tipo, numero: pedido, estado, intentos, fallo, creadoEn, terminadoEn } = aviso
  const termino = terminadoEn === null ? null : iso(terminadoEn)
  return {
    id,
    tipo,
    pedido,
    estado,
    intentos,
    fallo,
    creadoEn: iso(creadoEn),
    terminadoEn: termino,
  }
}

const sinAviso = () =>
  rechazar('no-encontrado', { detail: 'Este pedido no tiene ningún correo con ese id.' })

/** The mails about orders, for staff. */
export const avisosRoutes = (base: ReturnType<typeof service>, { store, clock }: Deps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/pedidos/:id/avisos',
      async ({ params }) => {
        const pedido = await store.porId(params.id)
        if (!pedido) return sinPedido()
        return { datos: (await store.avisosDe(pedido.numero)).map(verAviso) }
      },
      {
        acceso: 'personal',
        params: ConId,
        response: { 200: AvisosDePedido, ...rechazos('no-encontrado') },
        detail: { tags, summary: 'Los correos de un pedido, del más antiguo al más nuevo' },
      },
    )
    .post(
      '/pedidos/:id/avisos/:aviso/reenviar',
      async ({ params }) => {
        const pedido = await store.porId(params.id)
        if (!pedido) return sinPedido()
        const suyos = await store.avisosDe(pedido.numero)
        const aviso = suyos.find(({ id }) => id === Number(params.aviso))
        const otro = aviso && (await store.repetirAviso(aviso.id, clock.epochMs()))
        return otro ? status(202, verAviso(otro)) : sinAviso()
      },
      {
        acceso: 'personal',
        params: ConAviso,
        response: { 202: AvisoVisto, ...rechazos('no-encontrado') },
        detail: {
          tags,
          summary: 'Enviar otra vez un correo',
          description:
            'Con lo que el pedido dice ahora, como un correo nuevo. Si uno igual espera a enviarse, es ese.',
        },
      },
    )
    .get(
      '/avisos',
      async ({ query }) => {
        const { estado, cursor, limite = limitePorDefecto } = query
        const antesDe = cursor === undefined ? undefined : decodeCursor(Cursor, cursor)
        const avisos = await store.listarAvisos({ estado, antesDe, limite })
        return toPagina(avisos, limite, verAviso, ({ id }) => id)
      },
      {
        acceso: 'personal',
        query: ConsultaAvisos,
        response: { 200: PaginaAvisos, ...rechazos() },
        detail: {
          tags,
          summary: 'Los correos que no han salido, lo más nuevo primero',
          description:
            '`fallido`: el servidor los rechazó para siempre, como a una dirección que no existe. `por-enviar`: esperan su turno, o a que el servidor vuelva.',
        },
      },
    )
