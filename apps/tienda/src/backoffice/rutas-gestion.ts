import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { textosDe } from './busqueda.ts'
import { gestion } from './ruta-gestion.ts'

const bajo = () => gestion

const panel = createRoute({
  getParentRoute: bajo,
  path: '/',
  validateSearch: textosDe('dias'),
  component: lazyRouteComponent(() => import('./panel/panel-page.tsx'), 'PanelPage'),
})
const pedidos = createRoute({
  getParentRoute: bajo,
  path: '/pedidos',
  validateSearch: textosDe('estado', 'clienteId', 'desde', 'hasta', 'q'),
  component: lazyRouteComponent(() => import('./pedidos/tablero-page.tsx'), 'TableroPage'),
})
const pedido = createRoute({
  getParentRoute: bajo,
  path: '/pedidos/$id',
  component: lazyRouteComponent(() => import('./pedidos/pedido-page.tsx'), 'PedidoPage'),
})
const venta = createRoute({
  getParentRoute: bajo,
  path: '/pedidos/venta',
  component: lazyRouteComponent(() => import('./venta/venta-page.tsx'), 'VentaPage'),
})
const usuarios = createRoute({
  getParentRoute: bajo,
  path: '/usuarios',
  validateSearch: textosDe('q', 'rol', 'activo', 'cedula'),
  component: lazyRouteComponent(() => import('./usuarios/usuarios-page.tsx'), 'UsuariosPage'),
})
const usuario = createRoute({
  getParentRoute: bajo,
  path: '/usuarios/$id',
  component: lazyRouteComponent(() => import('./usuarios/usuario-page.tsx'), 'UsuarioPage'),
})
const auditoria = createRoute({
  getParentRoute: bajo,
  path: '/auditoria',
  validateSearch: textosDe('accion', 'actorId', 'sujetoId'),
  component: lazyRouteComponent(() => import('./auditoria/auditoria-page.tsx'), 'AuditoriaPage'),
})

export const rutasGestion = [panel, pedidos, pedido, venta, usuarios, usuario, auditoria] as const
