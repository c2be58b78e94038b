import type { AuthApp } from '@encargo/auth'
import { accountToken } from '@encargo/service-kit/peer/account'
import { exigir, late, paginaDe, porPagina } from '@encargo/service-kit/peer/answers'
import { ask, shape } from '@encargo/service-kit/peer/peer'
import { maxIds } from '@encargo/service-kit/http/schemas'
import type { PeerLink } from '@encargo/service-kit/peer/peer-link'
import type { ServiceToken } from '@encargo/service-kit/peer/service-token'
import { Type } from '@sinclair/typebox'
import { Batcher, type Tiempo } from './batcher.ts'
import { leerCara } from './cara.ts'
import type { Cliente } from '../domain/compra.ts'
import type { Clientes } from '../ports/peers.ts'
import { client, conToken } from './peer.ts'

// An auth of before knew nothing of confirmations: all its accounts count as confirmed.
const sonEstados = shape(
  Type.Object({
    datos: Type.Array(
      Type.Object({
        id: Type.String(),
        activo: Type.Boolean(),
        confirmado: Type.Optional(Type.Boolean()),
      }),
    ),
  }),
)
const sonIds = paginaDe(Type.Object({ id: Type.String({ minLength: 1 }) }))

/** The token of pedidos' own service account, for the calls that need one. */
export function createServiceToken(link: PeerLink, secret: string): ServiceToken {
  const auth = client<AuthApp>(link)
  return accountToken(link, { id: 'pedidos', secret }, (request) => auth.token.post(request))
}

/** auth's users, of whom the look-ups of one moment are one call, and who was erased. */
export function createClientes(link: PeerLink, token: ServiceToken, tiempo: Tiempo): Clientes {
  const auth = client<AuthApp>(link)
  const usuarios = new Batcher<string, Cliente>({
    maxKeys: maxIds,
    tiempo,
    async load(ids, call) {
      const query = { ids: ids.join(',') }
      const answer = await conToken(link, token, call, (headers) =>
        ask('auth', auth.usuarios.estados.get({ query, headers }), sonEstados),
      )
      const { datos } = exigir('auth', answer)
      return new Map(
        datos.map(({ id, activo, confirmado = true }) => [id, { id, activo, confirmado }]),
      )
    },
  })
  return {
    buscar: async (id, call) => (await usuarios.get([id], call, late('auth'))).get(id),
    async hallar(q, call) {
      const query = { q, limite: porPagina }
      const answer = await conToken(link, token, call, (headers) =>
        ask('auth', auth.usuarios.get({ query, headers }), sonIds),
      )
      return exigir('auth', answer).datos.map(({ id }) => id.toLowerCase())
    },
    zona: async (call) => (await leerCara(auth, call)).zonaHoraria,
    cara: (call) => leerCara(auth, call),
    async borrados(cursor, call) {
      const query = { limite: porPagina, ...(cursor === undefined ? {} : { cursor }) }
      const answer = await conToken(link, token, call, (headers) =>
        ask('auth', auth.usuarios.borrados.get({ query, headers }), sonIds),
      )
      const { datos, siguiente } = exigir('auth', answer)
      return { ids: datos.map(({ id }) => id.toLowerCase()), siguiente: siguiente ?? undefined }
    },
  }
}
