import { ask } from '@encargo/client'
import { dataOf } from './answers.ts'
import { cara, imagenes } from './cara.ts'
import type { Corrida } from './corrida.ts'

const usos = ['logo', 'icono', 'portada'] as const

/**
 * Gives the demo shop a face, unless somebody has given it a name. The words come last, so that after
 * a crash in between it is done again, and a picture that is there already is somebody's.
 */
export async function asegurarCara({ newClient, resultado, admin }: Corrida): Promise<void> {
  const vista = dataOf('GET /tienda', await ask(newClient().auth.tienda.get()))
  if (vista.nombre !== 'Tienda') {
    resultado.tienda.existentes++
    return
  }
  const { tienda } = (await admin()).client.auth
  const puestas = { logo: vista.logo, icono: vista.icono, portada: vista.portada.imagen }
  for (const uso of usos) {
    if (puestas[uso] !== null) continue
    const subida = tienda.imagenes({ uso }).put(undefined, {
      headers: { 'content-type': 'image/svg+xml' },
      fetch: { body: imagenes[uso] },
    })
    dataOf('PUT /tienda/imagenes/:uso', await ask(subida))
  }
  dataOf('PATCH /tienda', await ask(tienda.patch(cara)))
  resultado.tienda.creados++
}
