import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { textosDe } from './busqueda.ts'
import { gestion } from './ruta-gestion.ts'

// The back office's pages of products and stock. Their places in the navigation stand in
// navegacion.tsx.

const bajo = () => gestion

const productos = createRoute({
  getParentRoute: bajo,
  path: '/productos',
  validateSearch: textosDe('q', 'categoria', 'archivados', 'orden'),
  component: lazyRouteComponent(() => import('./productos/productos-page.tsx'), 'ProductosPage'),
})
const nuevo = createRoute({
  getParentRoute: bajo,
  path: '/productos/nuevo',
  component: lazyRouteComponent(() => import('./productos/nuevo-page.tsx'), 'NuevoProductoPage'),
})
const producto = createRoute({
  getParentRoute: bajo,
  path: '/productos/$id',
  component: lazyRouteComponent(
    () => import('./productos/producto-page.tsx'),
    'ProductoGestionPage',
  ),
})
const existencias = createRoute({
  getParentRoute: bajo,
  path: '/existencias',
  validateSearch: textosDe('q', 'bajo', 'orden'),
  component: lazyRouteComponent(
    () => import('./existencias/existencias-page.tsx'),
    'ExistenciasPage',
  ),
})
const existencia = createRoute({
  getParentRoute: bajo,
  path: '/existencias/$id',
  component: lazyRouteComponent(
    () => import('./existencias/existencia-page.tsx'),
    'ExistenciaPage',
  ),
})
const importar = createRoute({
  getParentRoute: bajo,
  path: '/importar',
  validateSearch: textosDe('de'),
  component: lazyRouteComponent(() => import('./csv/importar-page.tsx'), 'ImportarPage'),
})

export const rutasCatalogo = [
  productos,
  nuevo,
  producto,
  existencias,
  existencia,
  importar,
] as const
