import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Cesta } from '../../cesta/cesta.ts'
import { useMoneda } from '../../datos/moneda.ts'
import { useFormato } from '../../textos/formato.ts'
import { useTextos } from '../../textos/idioma.ts'
import { Notice } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { textoDeSinCupon } from './cotizacion.ts'
import { cestaPosible, type Resultado, totalVisto } from './comprar.ts'

interface ContratiempoProps {
  readonly resultado: Resultado
  readonly cesta: Cesta
  readonly enviando: boolean
  /** What comes on top of the lines: shipping, less what a coupon takes off, in minor units. */
  readonly ademas?: number
  /** Sold at the counter, where there is no basket to go back to. */
  readonly enMostrador?: boolean
}

/** What has changed at the shop meanwhile, and the one press that agrees with it. */
export function Contratiempo(props: ContratiempoProps) {
  const { resultado, cesta, enviando, ademas = 0, enMostrador = false } = props
  const t = useTextos()
  const { dinero } = useFormato()
  const moneda = useMoneda()
  const nombreDe = (id: string) => cesta.find(({ productoId }) => productoId === id)?.nombre ?? id
  const posible = cestaPosible(cesta, resultado)
  const total = dinero(totalVisto(posible) + ademas, moneda)
  const seguir = (texto: string) =>
    posible.length > 0 ? (
      <Button type="submit" size="large" busy={enviando} className="mt-4 w-full">
        {texto}
      </Button>
    ) : (
      <p className="mt-3 font-medium">{t.compra.nadaQueda}</p>
    )
  const aviso = (titulo: string, texto: string, boton: ReactNode, contenido?: ReactNode) => (
    <Notice tone="warning" title={titulo} urgent>
      <p>{texto}</p>
      {contenido}
      {boton}
      {!enMostrador && (
        <Link to="/cesta" className="mt-3 inline-block font-medium underline underline-offset-4">
          {t.compra.volverACesta}
        </Link>
      )}
    </Notice>
  )
  switch (resultado.tipo) {
    case 'hecho':
      return null
    case 'precio':
      return aviso(
        t.compra.precioCambio,
        t.compra.precioCambioTexto,
        seguir(t.compra.aceptarPrecio(total)),
        <Lista
          filas={resultado.cambios.map(({ productoId, precioEsperado, precioActual }) => [
            nombreDe(productoId),
            t.compra.antesAhora(dinero(precioEsperado, moneda), dinero(precioActual, moneda)),
          ])}
        />,
      )
    case 'stock':
      return aviso(
        t.compra.faltan,
        t.compra.faltanTexto,
        seguir(t.compra.aceptarFaltas(total)),
        <Lista
          filas={resultado.faltantes.map(({ productoId, solicitado, disponible }) => [
            nombreDe(productoId),
            t.compra.pedisteHay(solicitado, disponible),
          ])}
        />,
      )
    case 'retirado':
      return aviso(
        t.compra.yaNoSeVende,
        t.compra.yaNoSeVendeTexto,
        seguir(t.compra.seguirSin(total)),
        <Lista filas={[...resultado.ids].map((id) => [nombreDe(id), t.cesta.yaNoSeVende])} />,
      )
    case 'total': {
      const ahora = dinero(resultado.cotizacion.total, moneda)
      const cambio = t.compra.antesAhora(dinero(resultado.antes, moneda), ahora)
      return aviso(
        t.compra.totalCambio,
        t.compra.totalCambioTexto,
        seguir(t.compra.aceptarPrecio(ahora)),
        <Lista filas={[[t.cesta.total, cambio]]} />,
      )
    }
    case 'cupon':
      return aviso(
        t.compra.sinCupon,
        textoDeSinCupon(t, resultado.problema),
        seguir(t.compra.seguirSinCupon(total)),
      )
    case 'incierto':
      return aviso(t.compra.incierto, t.compra.inciertoTexto, seguir(t.reintentar))
  }
}

function Lista({ filas }: { readonly filas: readonly (readonly [string, string])[] }) {
  return (
    <ul className="mt-3 flex flex-col gap-1">
      {filas.map(([nombre, que]) => (
        <li key={nombre}>
          <span className="font-medium">{nombre}</span>
          <span>{`: ${que}`}</span>
        </li>
      ))}
    </ul>
  )
}
