import { fieldProblem } from '@encargo/service-kit/http/schemas'
import { rechazar, rechazos } from '@encargo/service-kit/http/problems'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { huellaDe } from '@encargo/service-kit/values/idempotency'
import { Elysia, status } from 'elysia'
import { contarYa } from '../app/contar.ts'
import { cuando } from '../app/deps.ts'
import type { CasosDeUso } from '../app/index.ts'
import { capturarCobro } from '../app/capturar.ts'
import type { Capturado } from '../ports/cobros.ts'
import { autorDe } from './autor.ts'
import { CobroVisto, ConClave, ConCobro, Recibido } from './cobros-schemas.ts'
import { recibidoDe } from './recibido.ts'
import { verCobro } from './cobros-views.ts'
import { claveDistinta, referenciaRepetida, sinCobro } from './refusals.ts'

const respuestas = {
  200: CobroVisto,
  201: CobroVisto,
  ...rechazos(
    'no-encontrado',
    'importe-excedido',
    'cobro-no-admite',
    'referencia-repetida',
    'idempotencia-distinta',
  ),
}

const noAMano = () =>
  rechazar('cobro-no-admite', {
    detail: 'Ese cobro no se recibe a mano: su dinero lo anota el proveedor.',
  })

function negar(hecho: Exclude<Capturado, { tipo: 'hecho' }>) {
  switch (hecho.tipo) {
    case 'no-encontrado':
      return sinCobro()
    case 'no-manual':
      return noAMano()
    case 'demasiado':
      return rechazar('importe-excedido', {
        detail: 'Un solo cobro no puede llegar a tanto. Revisa el importe.',
      })
    case 'excedido':
      return rechazar('importe-excedido', {
        detail: `Sería ${hecho.exceso} más de lo que el cobro pide. Con aceptarExceso se anota igual.`,
      })
    case 'referencia-repetida':
      return referenciaRepetida()
    case 'distinta':
      return claveDistinta()
  }
}

/** Money that people received by hand, and taking what a provider holds. */
export const capturasRoutes = (base: ReturnType<typeof service>, { deps, cumplidor }: CasosDeUso) =>
  new Elysia({ ...appOptions }).use(base).post(
    '/cobros/:id/capturas',
    async ({ params: { id: cobroId }, body, headers, identidad, request, call }) => {
      const { ahora, traza } = cuando(deps, call)
      const texto = headers['idempotency-key']
      const { importe, referencia, recibidoEn } = body
      if (identidad.tipo === 'servicio') {
        const cobro = await deps.store.cobro(cobroId)
        if (!cobro) return sinCobro()
        if (cobro.proveedor === 'manual') return noAMano()
        const captura = { importe, clave: texto ?? deps.uuid() }
        return status(
          200,
          verCobro(await capturarCobro(deps, cumplidor, cobro, captura, call), identidad),
        )
      }
      if (referencia === undefined) throw fieldProblem('referencia', 'hace falta')
      const clave = texto && {
        usuarioId: identidad.id,
        clave: texto,
        huella: huellaDe(`POST /cobros/${cobroId}/capturas`, body),
      }
      const hecho = await deps.store.capturar({
        cobroId,
        importe,
        referencia,
        recibidoEn: recibidoDe('recibidoEn', recibidoEn, ahora) ?? ahora,
        aceptarExceso: body.aceptarExceso === true,
        clave: clave || undefined,
        por: { ...autorDe(identidad, request), ahora },
        ahora,
        traza,
      })
      if (hecho.tipo !== 'hecho') return negar(hecho)
      await contarYa(cumplidor, hecho.cobro, call)
      return status(201, verCobro(hecho.cobro, identidad))
    },
    {
      acceso: 'cerrar-cobros',
      params: ConCobro,
      headers: ConClave,
      body: Recibido,
      response: respuestas,
      detail: {
        tags: ['dinero'],
        summary: 'Anotar dinero recibido a mano, o tomar el retenido',
        description:
          'El personal anota efectivo, transferencia y lo demás que no cobra un proveedor; también una parte, y también si llegó tarde. Cada `referencia` vale una vez. Una cuenta de servicio con `pagos:mandar` toma así lo que un proveedor retiene de un cobro `autorizado`: una vez para cada clave.',
      },
    },
  )
