import type { LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { BoxIcon } from '../ui/icons.tsx'
import { usePorMirar } from './cobros/por-mirar.ts'
import type { useTextosMarco } from './textos/marco.ts'
import {
  CardIcon,
  ChartIcon,
  CouponIcon,
  LogIcon,
  MailIcon,
  MoneyIcon,
  PeopleIcon,
  PercentIcon,
  ShelfIcon,
  ShopIcon,
  TagIcon,
  TruckIcon,
} from './ui/icons.tsx'

interface Seccion {
  readonly to: NonNullable<LinkProps['to']>
  readonly texto: keyof typeof useTextosMarco.es.seccion
  readonly icono: ReactNode
  /** Only its own address counts as being there, as it is the beginning of the others'. */
  readonly exacta?: true
  /** Operators have nothing to do there. */
  readonly deAdmin?: true
  /** How much waits there for somebody, as a hook. */
  readonly cuenta?: () => string | undefined
}

/** Where one can go in the back office, in this order. */
export const secciones: readonly Seccion[] = [
  { to: '/gestion', texto: 'panel', icono: <ChartIcon />, exacta: true },
  { to: '/gestion/pedidos', texto: 'pedidos', icono: <BoxIcon /> },
  { to: '/gestion/cobros', texto: 'cobros', icono: <MoneyIcon />, cuenta: usePorMirar },
  { to: '/gestion/productos', texto: 'productos', icono: <TagIcon /> },
  { to: '/gestion/existencias', texto: 'existencias', icono: <ShelfIcon /> },
  { to: '/gestion/usuarios', texto: 'usuarios', icono: <PeopleIcon /> },
  { to: '/gestion/envios', texto: 'envios', icono: <TruckIcon /> },
  { to: '/gestion/metodos-pago', texto: 'metodosPago', icono: <CardIcon /> },
  { to: '/gestion/cupones', texto: 'cupones', icono: <CouponIcon /> },
  { to: '/gestion/avisos', texto: 'avisos', icono: <MailIcon /> },
  { to: '/gestion/impuestos', texto: 'impuestos', icono: <PercentIcon /> },
  { to: '/gestion/tienda', texto: 'tienda', icono: <ShopIcon />, deAdmin: true },
  { to: '/gestion/auditoria', texto: 'auditoria', icono: <LogIcon /> },
]
