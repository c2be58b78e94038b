import type { AuthStore } from '../../../apps/auth/src/ports/store.ts'
import type { People } from './auth-people.ts'
import { type Chance, Known } from './chance.ts'
import { type Maker, operation } from './operation.ts'

/** What people keep: where they have things sent, and whom invoices are made out to. */
export function libretaOf({ below, of, once, id, text }: Chance, people: People) {
  const { usuario, sesiones, recent } = people
  const suyas = new Known<{ readonly id: string; readonly usuarioId: string }>()
  const direccion = () => ({
    nombre: text(2),
    calle: `Larga ${below(30)}`,
    ...(once(3) ? { referencia: text(2) } : {}),
    ciudad: of('Cuenca', 'Quito'),
    pais: 'EC',
  })
  const titular = (usuarioId: string) => {
    const sesionId = once(4) ? recent(sesiones.all)?.id : undefined
    return { id: usuarioId, ...(sesionId === undefined ? {} : { sesionId }) }
  }
  const una = () => recent(suyas.all) ?? { id: id(), usuarioId: usuario() }

  const anadir: Maker<AuthStore> = () => {
    const nueva = { id: id(), direccion: direccion(), predeterminada: once(3) }
    const de = titular(usuario())
    return operation('libreta.anadir', (store) => store.libreta.anadir({ de, ...nueva }), {
      learn: ({ tipo }) =>
        tipo === 'anadida' && suyas.add({ id: nueva.id, usuarioId: de.id }, nueva.id),
    })
  }
  const cambiar: Maker<AuthStore> = () => {
    const { id: cual, usuarioId } = una()
    const cambios = { calle: `Corta ${below(9)}`, referencia: of(null, text(1)) }
    const cambio = { de: titular(usuarioId), id: cual, cambios, predeterminada: once(2) }
    return operation('libreta.cambiar', (store) => store.libreta.cambiar(cambio))
  }
  const quitar: Maker<AuthStore> = () => {
    const { id: cual, usuarioId } = una()
    const de = titular(usuarioId)
    return operation('libreta.quitar', (store) => store.libreta.quitar({ de, id: cual }))
  }
  const poner: Maker<AuthStore> = () => {
    const identificacion = { pais: 'EC', tipo: 'pasaporte', numero: `P${below(99)}` } as const
    const facturaciones = once(4) ? [] : [{ identificacion, razonSocial: text(3) }]
    const de = titular(usuario())
    return operation('libreta.ponerFacturaciones', (store) =>
      store.libreta.ponerFacturaciones({ de, facturaciones }),
    )
  }
  const direcciones: Maker<AuthStore> = () => {
    const { usuarioId } = una()
    return operation('libreta.direcciones', (store) => store.libreta.direcciones(usuarioId))
  }
  const facturaciones: Maker<AuthStore> = () => {
    const de = usuario()
    return operation('libreta.facturaciones', (store) => store.libreta.facturaciones(de))
  }
  return { writes: [anadir, cambiar, quitar, poner], reads: [direcciones, facturaciones] }
}
