import { auditRoutes } from '@encargo/service-kit/http/audit-routes'
import { appOptions, service, type ServiceOptions } from '@encargo/service-kit/http/service'
import { Elysia } from 'elysia'
import { acciones } from '../domain/auditoria.ts'
import { articulosRoutes } from './articulos.ts'
import type { Deps } from './deps.ts'
import { edicionRoutes } from './edicion.ts'
import { imagenesRoutes } from './imagenes.ts'
import { impuestosRoutes } from './impuestos.ts'
import { productosRoutes } from './productos.ts'
import { surtidoRoutes } from './surtido.ts'

export type ProductosDeps = Omit<ServiceOptions, 'name' | 'description'> & Deps

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
    .use(impuestosRoutes(base, deps))
    .use(surtidoRoutes(base, deps))
    .use(auditRoutes(base, { listar: deps.store.auditoria, acciones }))
}

export type ProductosApp = ReturnType<typeof createApp>
