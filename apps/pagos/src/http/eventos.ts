import { rechazos } from '@encargo/service-kit/http/problems'
import { fieldProblem, limitePorDefecto } from '@encargo/service-kit/http/schemas'
import { appOptions, type service } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import type { CasosDeUso } from '../app/index.ts'
import { tiposHecho } from '../domain/hecho.ts'
import { ConsultaEventos, PaginaEventos } from './cobros-schemas.ts'

/** @throws ProblemError 422 */
function tiposDe(texto: string | undefined): string[] | undefined {
  const tipos = texto?.split(',')
  const mal = tipos?.find((tipo) => !tiposHecho.some((uno) => uno === tipo))
  if (mal !== undefined) throw fieldProblem('tipos', `debe ser de ${tiposHecho.join(', ')}`)
  return tipos
}

/** What happened here, for programs that follow it. */
export const eventosRoutes = (base: ReturnType<typeof service>, { deps }: CasosDeUso) =>
  new Elysia({ ...appOptions }).use(base).get(
    '/eventos',
    async ({ query: { cursor = '0', limite = limitePorDefecto, tipos } }) => {
      const despuesDe = Number(cursor)
      const eventos = await deps.store.eventos({ despuesDe, tipos: tiposDe(tipos), limite })
      const datos = eventos.slice(0, limite).map(({ en, datos: suyos, ...uno }) => ({
        ...uno,
        datos: { ...suyos },
        en: new Date(en).toISOString(),
      }))
      const ultimo = datos.at(-1)
      return {
        datos,
        siguiente: eventos.length > limite && ultimo ? String(ultimo.secuencia) : null,
      }
    },
    {
      acceso: 'leer-eventos',
      query: ConsultaEventos,
      response: { 200: PaginaEventos, ...rechazos() },
      detail: {
        tags: ['eventos'],
        summary: 'Lo que pasó, en el orden en que pasó',
        description:
          'Desde el principio, o después del `cursor`, que es la `secuencia` del último que se tiene. Sin datos de nadie: ids, estados e importes.',
      },
    },
  )
