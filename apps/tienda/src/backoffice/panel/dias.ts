import { useMemo } from 'react'
import { useLengua } from '../../textos/idioma.ts'

/** A day `YYYY-MM-DD` as the reader writes it; it has no time, and so no time zone either. */
export function useDia() {
  const { region } = useLengua()
  return useMemo(() => {
    const corto = new Intl.DateTimeFormat(region, {
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    })
    const largo = new Intl.DateTimeFormat(region, { dateStyle: 'full', timeZone: 'UTC' })
    return {
      corto: (dia: string) => corto.format(new Date(dia)),
      largo: (dia: string) => largo.format(new Date(dia)),
    }
  }, [region])
}
