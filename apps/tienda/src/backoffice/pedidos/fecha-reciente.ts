import { useMemo } from 'react'
import { useLengua } from '../../textos/idioma.ts'

const corta = { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' } as const

/** A moment of these days as the reader writes it; the year only where it is another. */
export function useFechaReciente(): (iso: string) => string {
  const { region } = useLengua()
  return useMemo(() => {
    const deEste = new Intl.DateTimeFormat(region, corta)
    const deOtro = new Intl.DateTimeFormat(region, { ...corta, year: 'numeric' })
    const este = new Date().getFullYear()
    return (iso) => {
      const fecha = new Date(iso)
      return (fecha.getFullYear() === este ? deEste : deOtro).format(fecha)
    }
  }, [region])
}
