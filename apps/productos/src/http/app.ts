import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import type { Catalogo, Imagenes } from '../ports.ts'
import type { Surtido } from '../domain/surtido.ts'
import { articulosRoutes } from './articulos.ts'
import { edicionRoutes } from './edicion.ts'
import { imagenesRoutes } from './imagenes.ts'
import { productosRoutes } from './productos.ts'
import { surtidoRoutes } from './surtido.ts'

export interface ProductosDeps extends Omit<ServiceOptions, 'name' | 'description'> {
  readonly catalogo: Catalogo
  readonly imagenes: Imagenes
  readonly surtido: Surtido
  readonly now: () => Date
  readonly newId: () => string
}

/** The catalogue service. Acts on nothing but what it is given, so one process can hold several. */
export function createApp(deps: ProductosDeps) {
  const base = service({
    ...deps,
    name: 'productos',
    description: 'El catálogo: qué se vende, cómo es y a qué precio.',
  })
  return new Elysia({ ...appOptions })
    .use(base)
    .use(articulosRoutes(base, deps))
    .use(productosRoutes(base, deps))
    .use(edicionRoutes(base, deps))
    .use(imagenesRoutes(base, deps))
    .use(surtidoRoutes(base, deps))
}

export type ProductosApp = ReturnType<typeof createApp>
