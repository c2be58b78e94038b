import { appOptions, type service } from '@encargo/service-kit/http/service'
import { ConIfMatch } from '@encargo/service-kit/http/schemas'
import { etag, ifMatchAllows } from '@encargo/service-kit/http/versions'
import { rechazos } from '@encargo/service-kit/http/problems'
import type { Static } from '@sinclair/typebox'
import { Elysia } from 'elysia'
import type { CasosDeUso } from '../app/index.ts'
import { muestra } from '../app/muestra.ts'
import { tiposAviso } from '../domain/aviso.ts'
import type { Ajustados } from '../ports/avisos.ts'
import { autorDe } from './autor.ts'
import {
  AjustesDados,
  AjustesPublicos,
  AjustesVistos,
  ConsultaMuestra,
  Muestra,
} from './avisos-schemas.ts'
import { versionDistinta } from './refusals.ts'

const tags = ['ajustes']
const uno = { 200: AjustesVistos, ...rechazos() }
const cambio = { 200: AjustesVistos, ...rechazos('version-distinta') }

function verAjustes({ ajustes, version }: Ajustados): Static<typeof AjustesVistos> {
  const { personal, tipos, instruccionesPago, idioma } = ajustes
  const todos = Object.fromEntries(tiposAviso.map((tipo) => [tipo, tipos[tipo] ?? true]))
  return {
    personal: [...personal],
    // One of each kind, by the line above.
    tipos: todos as Record<(typeof tiposAviso)[number], boolean>,
    instruccionesPago: { ...instruccionesPago },
    idioma,
    version,
  }
}

/** What the shop sets about its mails. */
export const ajustesRoutes = (base: ReturnType<typeof service>, { deps, cartas }: CasosDeUso) =>
  new Elysia({ ...appOptions })
    .use(base)
    .get(
      '/ajustes/avisos',
      async ({ set }) => {
        const ajustados = await deps.store.ajustes()
        set.headers.etag = etag(ajustados.version)
        return verAjustes(ajustados)
      },
      {
        acceso: 'personal',
        response: uno,
        detail: { tags, summary: 'Qué correos envía la tienda, y a quién de ella' },
      },
    )
    .put(
      '/ajustes/avisos',
      async ({ body, headers, identidad, request, set }) => {
        const ajustados = await deps.store.ponerAjustes({
          ajustes: body,
          admite: (version) => ifMatchAllows(headers['if-match'], version),
          por: autorDe(identidad, request),
          ahora: deps.clock.epochMs(),
        })
        if (!ajustados) return versionDistinta('Esto')
        set.headers.etag = etag(ajustados.version)
        return verAjustes(ajustados)
      },
      {
        acceso: 'admin',
        headers: ConIfMatch,
        body: AjustesDados,
        response: cambio,
        detail: {
          tags,
          summary: 'Cambiar qué correos envía la tienda',
          description:
            'Se escriben todos los campos. Con `If-Match` responde 412 si otra persona los cambió antes. Queda en el registro de auditoría.',
        },
      },
    )
    .get(
      '/ajustes/avisos/muestra',
      async ({ query }) => {
        const { asunto, texto, html, reparos } = await muestra(deps, cartas, query)
        return { asunto, texto, html, reparos: [...reparos] }
      },
      {
        acceso: 'personal',
        query: ConsultaMuestra,
        response: { 200: Muestra, ...rechazos() },
        detail: {
          tags,
          summary: 'Un correo como saldría ahora',
          description:
            'Con las plantillas de la tienda (`DATA_DIR/plantillas/<tipo>.<idioma>.txt` y `.html`), sobre un pedido inventado. No envía nada.',
        },
      },
    )
    .get(
      '/ajustes/publicos',
      async () => {
        const { ajustes } = await deps.store.ajustes()
        return { instruccionesPago: { ...ajustes.instruccionesPago } }
      },
      {
        publico: true,
        response: { 200: AjustesPublicos, ...rechazos() },
        detail: { tags, summary: 'Lo que la tienda dice a quien compra: cómo se paga' },
      },
    )
