import type { Obligation } from '@encargo/service-kit/obligations/obligation'
import type { Deuda } from '@encargo/service-kit/obligations/port'
import { type Static, Type } from '@sinclair/typebox'
import { type Intencion, propositos } from '../../domain/pedido.ts'
import { caminos, desenlace, type Respuesta, type Respuestas } from '../../domain/transiciones.ts'
import type { Deps } from '../deps.ts'

const tipo = 'terminar-pedido'
const Datos = Type.Object({
  numero: Type.Integer(),
  proposito: Type.Union(propositos.map((uno) => Type.Literal(uno))),
  actor: Type.String(),
  motivo: Type.Union([Type.String(), Type.Null()]),
})

interface EnMarcha {
  readonly numero: number
  readonly id: string
  readonly intencion: Intencion
}

/** What an order with a purpose owes. */
export function finDe({ numero, id, intencion }: EnMarcha): Deuda<Static<typeof Datos>> {
  const { proposito, actor, motivo, intentos } = intencion
  return { tipo, clave: id, datos: { numero, proposito, actor, motivo }, intentos }
}

/** Tells inventario of an order's purpose, then writes how it ended. */
export const terminarPedido = ({ store, reservas, clock }: Deps) =>
  ({
    tipo,
    datos: Datos,
    peer: 'inventario',
    async attempt({ clave: id, datos }, { call, chronicle, soFar }) {
      const { numero, proposito, actor } = datos
      const pedir = (que: keyof Respuestas) =>
        chronicle.step<Respuesta>(
          `inventario: ${que}`,
          () => reservas[que](id, call),
          (respuesta) => respuesta,
        )
      const respuesta = await pedir(caminos[proposito].pide)
      // Nothing is reserved, as after a restore. Releasing it keeps it so.
      if (respuesta === 'inexistente') await pedir('liberar')
      const fin = desenlace(datos, respuesta)
      const ahora = clock.epochMs()
      const corrida = { operacion: proposito, actor, ...soFar(fin.estado) }
      await store.terminar({ numero, proposito, ...fin, ahora, corrida })
      return 'done'
    },
  }) satisfies Obligation<typeof Datos>
