import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { gestion } from './ruta-gestion.ts'

const bajo = () => gestion

const panel = createRoute({
  getParentRoute: bajo,
  path: '/',
  component: lazyRouteComponent(() => import('./panel/panel-page.tsx'), 'PanelPage'),
})

export const rutasGestion = [panel] as const
