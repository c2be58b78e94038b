import {
  cerrado,
  ConId,
  consulta,
  Instante,
  limitePorDefecto,
  pagina,
  paginacion,
  texto,
} from '@encargo/service-kit/http/schemas'
import { decodeCursor, toPagina } from '@encargo/service-kit/http/pagination'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Type } from '@sinclair/typebox'
import { Elysia, status } from 'elysia'
import type { Deps } from '../app/deps.ts'
import type { Nota } from '../domain/nota.ts'
import { sinPedido } from './refusals.ts'

const NotaVista = Type.Object(
  {
    id: Type.Integer({ minimum: 1 }),
    texto: Type.String({ examples: ['Pasa a recogerlo su hermano'] }),
    actor: Type.String({ examples: ['0198c0de-7f00-7000-8000-00000000002a'] }),
    en: Instante,
  },
  { title: 'Nota' },
)
const NotaNueva = cerrado({ texto: texto(1000, 1, 'Pasa a recogerlo su hermano') }, 'NotaNueva')
const Lugar = Type.Integer({ minimum: 1 })
const lista = { 200: pagina(NotaVista), ...rechazos('no-encontrado') }
const anotada = {
  200: NotaVista,
  201: NotaVista,
  ...rechazos('no-encontrado', 'cliente-inactivo'),
}

const verNota = ({ en, ...nota }: Nota) => ({ ...nota, en: new Date(en).toISOString() })
const tags = ['pedidos']

/** What staff tell each other of an order; its customer sees none of it. */
export const notasRoutes = (base: ReturnType<typeof service>, { store, clock }: Deps) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/pedidos/:id/notas',
      async ({ params, query: { limite = limitePorDefecto, cursor } }) => {
        const pedido = await store.porId(params.id)
        if (!pedido) return sinPedido()
        const antesDe = cursor === undefined ? undefined : decodeCursor(Lugar, cursor)
        const notas = await store.notas({ numero: pedido.numero, antesDe, limite })
        return toPagina(notas, limite, verNota, ({ id }) => id)
      },
      {
        acceso: 'personal',
        params: ConId,
        query: consulta(paginacion),
        response: lista,
        detail: {
          tags,
          summary: 'Las notas del personal sobre un pedido, de la más nueva a la más antigua',
          description: 'El cliente no las ve. Se borran con sus datos.',
        },
      },
    )
    .post(
      '/pedidos/:id/notas',
      async ({ params, body, identidad }) => {
        const pedido = await store.porId(params.id)
        if (!pedido) return sinPedido()
        const quien = { actor: identidad.id, ahora: clock.epochMs() }
        const hecha = await store.anotar({ numero: pedido.numero, texto: body.texto, ...quien })
        switch (hecha.tipo) {
          case 'anotada':
            return status(201, verNota(hecha.nota))
          case 'repetida':
            return status(200, verNota(hecha.nota))
          case 'cliente-borrado':
            return rechazar('cliente-inactivo', {
              detail: 'El cliente borró sus datos: de sus pedidos no se guarda nada más.',
            })
        }
      },
      {
        acceso: 'personal',
        params: ConId,
        body: NotaNueva,
        response: anotada,
        detail: {
          tags,
          summary: 'Anotar algo sobre un pedido',
          description:
            'Para el personal. Repetir lo último que uno mismo anotó responde 200 y no anota nada.',
        },
      },
    )
