import { sinAjustes } from '../../../apps/pedidos/src/domain/ajustes.ts'
import { estadosAviso } from '../../../apps/pedidos/src/domain/aviso.ts'
import type { Chance } from './chance.ts'
import { type Maker, operation } from './operation.ts'
import type { Store } from './pedidos-store.ts'

interface De {
  readonly numero: () => number
  readonly moment: () => number
}

const deNumero =
  <T>(
    name: string,
    ask: (store: Store, uno: number) => Promise<T>,
    cual: () => number,
  ): Maker<Store> =>
  () => {
    const uno = cual()
    return operation(name, (store) => ask(store, uno))
  }

/** Mails about some orders, how they went, and how the shop wants them. */
export function avisos({ below, of, once }: Chance, { numero, moment }: De) {
  const id = () => 1 + below(30)
  const anotarAviso: Maker<Store> = () => {
    const cual = id()
    const estado = of(...estadosAviso)
    const fallo = estado === 'enviado' ? null : of('EENVELOPE 550', 'apagado')
    const deuda = { tipo: 'avisar', clave: `${cual}`, datos: {}, intentos: 0 }
    const resultado = { id: cual, estado, fallo, ahora: moment() }
    return operation('anotarAviso', (store) => store.anotarAviso(resultado, deuda))
  }
  const repetirAviso: Maker<Store> = () => {
    const [cual, en] = [id(), moment()]
    return operation('repetirAviso', (store) => store.repetirAviso(cual, en))
  }
  const avisarPorVencer: Maker<Store> = () => {
    const desde = { expiraEn: once(2) ? 0 : moment(), numero: numero() }
    const lote = { desde, ahora: moment(), limite: 1 + below(9) }
    return operation('avisarPorVencer', (store) => store.avisarPorVencer(lote))
  }
  const ponerAjustes: Maker<Store> = () => {
    const vista = below(5)
    const ajustes = {
      ...sinAjustes,
      personal: of([], ['caja@bazar.example']),
      tipos: of({}, { enviado: false }),
    }
    const quien = { por: { actorId: 'jefa' }, ahora: moment() }
    const cambio = { ajustes, ...quien, admite: (version: number) => version >= vista }
    return operation('ponerAjustes', (store) => store.ponerAjustes(cambio))
  }
  const avisarBajas: Maker<Store> = () => {
    const productoId = `p${below(6)}`
    const escasas = once(3) ? [] : [{ productoId, nombre: 'Café', quedan: below(4) }]
    const bajas = { escasas, repuestas: once(3) ? [`p${below(6)}`] : [], ahora: moment() }
    return operation('avisarBajas', (store) => store.avisarBajas(bajas))
  }
  return {
    // Alone, as each numbers what it makes by what is there.
    alone: [anotarAviso, repetirAviso, avisarPorVencer, avisarBajas, ponerAjustes],
    reads: [
      deNumero('materiaDeAviso', (store, uno) => store.materiaDeAviso(uno), id),
      deNumero('avisosDe', (store, uno) => store.avisosDe(uno), numero),
      deNumero(
        'listarAvisos',
        (store, uno) => store.listarAvisos({ estado: 'por-enviar', antesDe: uno, limite: 7 }),
        id,
      ),
      deNumero('ajustes', (store) => store.ajustes(), id),
      deNumero('existenciasAvisadas', (store) => store.existenciasAvisadas(), id),
    ] satisfies Maker<Store>[],
  }
}
